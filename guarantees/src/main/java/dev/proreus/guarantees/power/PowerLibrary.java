package dev.proreus.guarantees.power;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.TimeUnit;

/** The library that is loaded into a server to take notes of what it makes durable; it is compiled where it is used. */
public final class PowerLibrary {
    private static final String SOURCE = "power.c";
    private static final String COMPILER = "cc";
    private static final long COMPILE_SECONDS = 60;

    private final Path file;

    private PowerLibrary(Path file) {
        this.file = file;
    }

    /**
     * Compiles the library.
     *
     * @param folder where to; made where it is missing
     * @throws NoPowerLibraryException where this machine cannot have it
     */
    public static PowerLibrary compile(Path folder) throws IOException {
        if (!System.getProperty("os.name", "").equals("Linux")) {
            throw new NoPowerLibraryException("loss of power is shown on Linux alone: its library is for glibc");
        }
        Files.createDirectories(folder);
        Path source = folder.resolve(SOURCE);
        try (InputStream packed = PowerLibrary.class.getResourceAsStream(SOURCE)) {
            if (packed == null) {
                throw new IllegalStateException(SOURCE + " is missing beside " + PowerLibrary.class);
            }
            Files.copy(packed, source, StandardCopyOption.REPLACE_EXISTING);
        }
        Path file = folder.toAbsolutePath().resolve("power.so");
        run(COMPILER, "-std=gnu11", "-O1", "-shared", "-fPIC", "-o", file.toString(), source.toString(), "-ldl");
        return new PowerLibrary(file);
    }

    private static void run(String... command) throws IOException {
        Process compiler;
        try {
            compiler = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            throw new NoPowerLibraryException(
                    "loss of power needs a C compiler, and there is no " + COMPILER
                            + " on the PATH: install one, such as gcc",
                    e);
        }
        String said = new String(compiler.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!ended(compiler) || compiler.exitValue() != 0) {
            throw new NoPowerLibraryException("the library that shows loss of power does not compile here:\n" + said);
        }
    }

    private static boolean ended(Process compiler) {
        try {
            return compiler.waitFor(COMPILE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Returns where it is. */
    Path file() {
        return file;
    }
}
