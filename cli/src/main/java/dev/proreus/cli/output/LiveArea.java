package dev.proreus.cli.output;

import java.util.ArrayList;
import java.util.List;

/**
 * The last lines of a terminal, painted again in place.
 *
 * <p>State: how many lines stand painted. Each painting is one write: up to the first of them, each line erased and
 * written anew, the rest erased. Lines are cut at the right edge by the terminal itself, and what does not fit its
 * height is left out and counted, since nothing that has scrolled away can be painted again. Thread-safe.
 */
public final class LiveArea {
    private static final String ESCAPE = "\u001b[";
    private static final String NO_WRAP = ESCAPE + "?7l";
    private static final String WRAP = ESCAPE + "?7h";
    private static final String ERASE_LINE = ESCAPE + "2K";
    private static final String ERASE_BELOW = ESCAPE + "J";

    private final Terminal terminal;
    private List<String> painted = List.of();

    /** Makes an empty area below what has been printed; the terminal must be a live one. */
    public LiveArea(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Paints the lines instead of those painted before. Returns false where nobody looks any more. */
    public synchronized boolean paint(List<String> lines) {
        StringBuilder text = new StringBuilder(NO_WRAP).append(toTop());
        List<String> fitting = fitting(lines);
        append(text, fitting);
        painted = fitting;
        return write(text);
    }

    /** Prints lines that stay, above the area. */
    public synchronized boolean above(List<String> lines) {
        StringBuilder text = new StringBuilder(toTop()).append(ERASE_BELOW);
        lines.forEach(line -> text.append(line).append('\n'));
        text.append(NO_WRAP);
        append(text, painted);
        return write(text);
    }

    private void append(StringBuilder text, List<String> lines) {
        lines.forEach(line -> text.append(ERASE_LINE).append(line).append('\n'));
        text.append(ERASE_BELOW).append(WRAP);
    }

    private String toTop() {
        return painted.isEmpty() ? "" : ESCAPE + painted.size() + "F";
    }

    private boolean write(StringBuilder text) {
        terminal.out().print(text);
        return terminal.flush();
    }

    private List<String> fitting(List<String> lines) {
        int most = Math.max(2, terminal.rows() - 1);
        if (lines.size() <= most) {
            return List.copyOf(lines);
        }
        List<String> fitting = new ArrayList<>(lines.subList(0, most - 1));
        fitting.add("... and " + (lines.size() - most + 1) + " more lines");
        return List.copyOf(fitting);
    }
}
