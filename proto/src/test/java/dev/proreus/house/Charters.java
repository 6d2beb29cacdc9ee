package dev.proreus.house;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The {@code package-info.java} of a package is its charter: a sentence that says what the package is for, and, where
 * it imports other packages of its module than the root, a sentence that names them, relative to the base package:
 *
 * <pre>May import {@code store} and {@code quota}.</pre>
 *
 * <p>It lists all that it imports and nothing else. The one package that puts the parts together says "May import every
 * other package."
 */
final class Charters {

    private static final Pattern JAVADOC = Pattern.compile("/\\*\\*(.*?)\\*/", Pattern.DOTALL);
    private static final Pattern PACKAGE = Pattern.compile("^package ([\\w.]+);", Pattern.MULTILINE);
    private static final Pattern ARROWS = Pattern.compile("(?:May import|Imports) ((?:[^.{]|\\{@code [\\w.]+})*)\\.");
    private static final Pattern ARROW = Pattern.compile("\\{@code ([\\w.]+)}");

    private static final String EVERYTHING = "May import every other package";

    private Charters() {}

    /**
     * What a package may import, those around it aside.
     *
     * @param everything whether it may import every package of the module
     * @param packages those that it may import, by their full names
     */
    record Arrows(boolean everything, Set<String> packages) {

        static final Arrows NONE = new Arrows(false, Set.of());

        boolean allow(String packageName) {
            return everything || packages.contains(packageName);
        }
    }

    /** What each package of the module may import. */
    static Map<String, Arrows> of(HouseModule module) {
        Map<String, Arrows> arrows = new HashMap<>();
        for (Path file : module.mainFiles("package-info.java")) {
            String text = Tidy.read(file);
            Matcher name = PACKAGE.matcher(text);
            if (name.find()) {
                arrows.put(name.group(1), arrows(module.basePackage(), text));
            }
        }
        return arrows;
    }

    /** What the text of a charter lists. */
    static Arrows arrows(String basePackage, String packageInfo) {
        Set<String> found = new TreeSet<>();
        String charter = javadoc(packageInfo);
        Matcher sentence = ARROWS.matcher(charter);
        while (sentence.find()) {
            Matcher each = ARROW.matcher(sentence.group(1));
            while (each.find()) {
                found.add(basePackage + "." + each.group(1));
            }
        }
        return new Arrows(charter.contains(EVERYTHING), found);
    }

    /** A line for each package among the files that has no charter, or one that says or marks nothing. */
    static List<String> missing(List<Path> javaFiles) {
        Map<Path, String> charters = new TreeMap<>();
        for (Path file : javaFiles) {
            Path directory = file.resolveSibling("");
            charters.putIfAbsent(directory, "");
            if (file.endsWith("package-info.java")) {
                charters.put(directory, Tidy.read(file));
            }
        }
        List<String> faults = new ArrayList<>();
        charters.forEach((directory, text) -> {
            if (text.isEmpty()) {
                faults.add(directory + ": no package-info.java");
            } else {
                faults.addAll(faultsOf(directory.toString(), text));
            }
        });
        return faults;
    }

    static List<String> faultsOf(String where, String packageInfo) {
        List<String> faults = new ArrayList<>();
        if (!packageInfo.contains("@NullMarked")) {
            faults.add(where + ": the package is not @NullMarked");
        }
        if (javadoc(packageInfo).isBlank()) {
            faults.add(where + ": the package-info says nothing");
        }
        return faults;
    }

    /** The Javadoc of a package-info as running text. */
    private static String javadoc(String packageInfo) {
        Matcher comment = JAVADOC.matcher(packageInfo);
        return comment.find() ? comment.group(1).replaceAll("\\s*\\R\\s*\\*?\\s*", " ") : "";
    }
}
