package dev.proreus.cli;

import java.io.Console;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The screen that the process has, if any. Its size is asked of {@code stty}, at most every two seconds, since it
 * changes with the window. Not thread-safe.
 */
final class Screen {
    private static final int USUAL_ROWS = 24;
    private static final long ASKED_EVERY_NANOS = Duration.ofSeconds(2).toNanos();
    private static final long ANSWER_MILLIS = 500;

    private final LongSupplier nanoTime;
    private int rows;
    private long asked;

    Screen(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Returns whether the input and the output are a terminal. */
    @SuppressWarnings("SystemConsoleNull") // what it means on either side of Java 22 is dealt with
    static boolean isTerminal() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            // From Java 22 on there is always a console, and this method tells whether it is a terminal.
            return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException e) {
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }

    /** Returns how many rows the screen has now. */
    int rows() {
        if (rows == 0 || nanoTime.getAsLong() - asked > ASKED_EVERY_NANOS) {
            rows = ask();
            asked = nanoTime.getAsLong();
        }
        return rows;
    }

    private static int ask() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(ProcessBuilder.Redirect.INHERIT)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!stty.waitFor(ANSWER_MILLIS, TimeUnit.MILLISECONDS)) {
                stty.destroyForcibly();
                return USUAL_ROWS;
            }
            String answer = new String(stty.getInputStream().readNBytes(32), StandardCharsets.US_ASCII);
            return answer.matches("[1-9][0-9]{0,4} [0-9]+\\s*")
                    ? Integer.parseInt(answer.substring(0, answer.indexOf(' ')))
                    : USUAL_ROWS;
        } catch (IOException e) {
            return USUAL_ROWS;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return USUAL_ROWS;
        }
    }
}
