package dev.proreus.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * One module as the rules see it: where it is, what it never touches, and its exceptions, each with its reason.
 *
 * @param directory the module's directory, relative to the root of the repository
 * @param basePackage the package that all of its code is in
 * @param rootStandsAlone whether the base package imports no other package of the module
 * @param neverTouches package patterns of ArchUnit that nothing in the module may depend on
 * @param exceptions where a rule does not hold, and why
 */
public record HouseModule(
        String directory,
        String basePackage,
        boolean rootStandsAlone,
        List<String> neverTouches,
        List<Exemption> exceptions) {

    /** The rules that a module may except a class or a package from. */
    public enum Rule {
        /** Time, chance, threads and waiting for them come in through the constructor. */
        TIME_CHANCE_THREADS,
        /** Nobody waits for a future. */
        WAITING,
        /** Classes of a package form no cycle. */
        CLASS_CYCLES
    }

    /**
     * A place where a rule does not hold.
     *
     * @param rule the rule
     * @param where a class with all that is nested in it, a package, or a package and all below it ({@code a.b..})
     * @param why the reason, for the reader
     */
    public record Exemption(Rule rule, String where, String why) {}

    /** A module whose base package composes the others, as that of a program does. */
    public static HouseModule program(String directory, String basePackage) {
        return new HouseModule(directory, basePackage, false, List.of(), List.of());
    }

    /** A module whose base package holds nouns and ports and imports nothing else of the module. */
    public static HouseModule library(String directory, String basePackage) {
        return new HouseModule(directory, basePackage, true, List.of(), List.of());
    }

    /** Adds what nothing in this module may depend on, as package patterns of ArchUnit. */
    public HouseModule neverTouching(String... patterns) {
        List<String> more = new ArrayList<>(neverTouches);
        more.addAll(List.of(patterns));
        return new HouseModule(directory, basePackage, rootStandsAlone, more, exceptions);
    }

    /** Adds a place where a rule does not hold; see {@link Exemption}. */
    public HouseModule except(Rule rule, String where, String why) {
        List<Exemption> more = new ArrayList<>(exceptions);
        more.add(new Exemption(rule, where, why));
        return new HouseModule(directory, basePackage, rootStandsAlone, neverTouches, more);
    }

    /** The places that are exempt from a rule. */
    List<String> exemptFrom(Rule rule) {
        return exceptions.stream()
                .filter(each -> each.rule() == rule)
                .map(Exemption::where)
                .toList();
    }

    Path mainClasses() {
        return repository().resolve(directory).resolve("target/classes");
    }

    Path mainSources() {
        return repository().resolve(directory).resolve("src/main");
    }

    /** The files below the module's main sources that end in one of the suffixes, in the order of their names. */
    List<Path> mainFiles(String... suffixes) {
        if (!Files.isDirectory(mainSources())) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(mainSources())) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> Stream.of(suffixes)
                            .anyMatch(suffix -> file.getFileName().toString().endsWith(suffix)))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The root of the repository: the nearest directory, from the current one upwards, that has a {@code .mvn}. */
    static Path repository() {
        Path start = Path.of("").toAbsolutePath();
        for (Path here = start; here != null; here = here.getParent()) {
            if (Files.isDirectory(here.resolve(".mvn"))) {
                return here;
            }
        }
        throw new IllegalStateException("no repository around " + start);
    }
}
