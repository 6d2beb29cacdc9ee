package dev.proreus.cli.output;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;

/**
 * Where a command's words go: its output, its errors, and what the other end of the output can do. Confined to one
 * thread at a time; {@link LiveArea} brings its own lock.
 */
public final class Terminal {
    private final PrintWriter out;
    private final PrintWriter err;
    private final boolean live;
    private final boolean colours;
    private final IntSupplier rows;

    /**
     * Makes a terminal.
     *
     * @param live whether the output is a terminal, which can be painted again in place
     * @param rows how many rows it has now; asked only where it is live
     */
    public Terminal(PrintWriter out, PrintWriter err, boolean live, boolean colours, IntSupplier rows) {
        this.out = out;
        this.err = err;
        this.live = live;
        this.colours = colours;
        this.rows = rows;
    }

    /** Returns whether the environment wants colours on a terminal: NO_COLOR is unset and TERM is not dumb. */
    public static boolean wantsColours(Map<String, String> environment) {
        return environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !environment.getOrDefault("TERM", "").equals("dumb");
    }

    public boolean live() {
        return live;
    }

    int rows() {
        return rows.getAsInt();
    }

    /** Returns the writer of the output, for those who write on their own. */
    public PrintWriter out() {
        return out;
    }

    /** Returns the writer of errors. */
    public PrintWriter err() {
        return err;
    }

    /** Prints a line of output. */
    public void line(String text) {
        out.print(text + "\n");
    }

    /** Prints output as it is, without a line's end. */
    public void text(String text) {
        out.print(text);
    }

    /** Prints a line beside the output, for people. */
    public void notice(String text) {
        out.flush();
        err.print(text + "\n");
        err.flush();
    }

    /** Prints a failure's lines: the first one as an error, the others below it. */
    public void failure(List<String> lines) {
        out.flush();
        err.print(styled(Style.BAD, "error:") + " "
                + String.join("\n", lines.stream().map(Terminal::printable).toList()) + "\n");
        err.flush();
    }

    /** Sends on what was printed. Returns false where nobody reads any more, such as after {@code | head}. */
    public boolean flush() {
        return !out.checkError();
    }

    /** Returns the text in a style, or as it is where colours are not wanted. */
    public String styled(Style style, String text) {
        return colours && style != Style.PLAIN ? "\u001b[" + style.code + "m" + text + "\u001b[0m" : text;
    }

    /** Returns the text without control characters, so that an object's words cannot command the terminal. */
    public static String printable(String text) {
        return text.codePoints().noneMatch(Terminal::commands)
                ? text
                : text.codePoints()
                        .map(c -> commands(c) ? '\uFFFD' : c)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString();
    }

    private static boolean commands(int codePoint) {
        return Character.getType(codePoint) == Character.CONTROL || Character.getType(codePoint) == Character.FORMAT;
    }

    /** How a word stands out. */
    public enum Style {
        PLAIN(""),
        STRONG("1"),
        FAINT("2"),
        GOOD("32"),
        BUSY("33"),
        BAD("31");

        private final String code;

        Style(String code) {
            this.code = code;
        }

        /** Returns the style of a word of health or of a condition's status. */
        public static Style ofHealth(String word) {
            return switch (word) {
                case "Healthy", "True" -> GOOD;
                case "Progressing" -> BUSY;
                case "Degraded", "False" -> BAD;
                case "Unknown" -> FAINT;
                default -> PLAIN;
            };
        }
    }
}
