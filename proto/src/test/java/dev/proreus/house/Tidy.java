package dev.proreus.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The rules about the shape of a source file, over its text. */
final class Tidy {

    static final int FILE_LINES_MAX = 500;
    static final int METHOD_LINES_MAX = 70;
    static final int LINE_CHARS_MAX = 120;

    /** Names that say how a type is seen by its author and not what it is. */
    private static final Pattern BANNED_TYPE =
            Pattern.compile("\\b(?:class|interface|enum|record)\\s+(\\w+(?:Impl|Utils?|Helper|Manager))\\b");

    private static final Pattern PROMISE = Pattern.compile("\\b(TODO|FIXME|XXX)\\b(?!\\(#\\d+\\))");

    private Tidy() {}

    /** A line for each fault of a file, named relative to the repository. */
    static List<String> check(Path repository, Path file) {
        return check(repository.relativize(file).toString(), read(file));
    }

    static List<String> check(String name, String text) {
        List<String> faults = new ArrayList<>();
        List<String> lines = text.lines().toList();
        if (lines.size() > FILE_LINES_MAX && name.endsWith(".java")) {
            faults.add(name + ": " + lines.size() + " lines, " + FILE_LINES_MAX + " is the most");
        }
        for (int i = 0; i < lines.size(); i++) {
            checkLine(name + ":" + (i + 1), lines.get(i), faults);
        }
        if (name.endsWith(".java")) {
            checkCode(name, JavaText.withoutCommentsAndLiterals(text), faults);
        }
        return faults;
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void checkLine(String where, String line, List<String> faults) {
        if (line.indexOf('\t') >= 0) {
            faults.add(where + ": a tab");
        }
        if (line.length() > LINE_CHARS_MAX) {
            faults.add(where + ": " + line.length() + " characters, " + LINE_CHARS_MAX + " is the most");
        }
        Matcher promise = PROMISE.matcher(line);
        if (promise.find()) {
            faults.add(where + ": " + promise.group(1) + " without an issue, which is written " + promise.group(1)
                    + "(#12)");
        }
    }

    private static void checkCode(String name, String code, List<String> faults) {
        Matcher banned = BANNED_TYPE.matcher(code);
        while (banned.find()) {
            faults.add(name + ": " + banned.group(1) + " ends in a word that says nothing");
        }
        for (JavaText.Member member : JavaText.members(code)) {
            if (member.lines() > METHOD_LINES_MAX) {
                faults.add(name + ":" + member.firstLine() + ": " + member.name() + " has " + member.lines()
                        + " lines, " + METHOD_LINES_MAX + " is the most");
            }
        }
    }
}
