package dev.proreus.cli.output;

import dev.proreus.cli.output.Terminal.Style;
import java.util.List;
import java.util.Set;

/**
 * Columns that line up over all rows printed so far: widths only grow, so that a table may be printed page by page and
 * a change line stands below its column.
 */
public final class Columns {
    private static final String GAP = "  ";
    private static final String NOTHING = "-";
    private static final int WIDTH_CHARS_MAX = 80;

    private final Terminal terminal;
    private final List<String> heads;
    private final Set<String> styled;
    private final int[] widths;

    /**
     * Makes columns.
     *
     * @param heads what stands above them
     * @param styled the heads of those whose words are coloured by health
     */
    public Columns(Terminal terminal, List<String> heads, Set<String> styled) {
        this.terminal = terminal;
        this.heads = List.copyOf(heads);
        this.styled = Set.copyOf(styled);
        this.widths = heads.stream().mapToInt(Columns::width).toArray();
    }

    /** Widens the columns to hold the rows, each with one cell a column. */
    public void fit(List<List<String>> rows) {
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], width(shown(row.get(i))));
            }
        }
    }

    /** Widens one column to hold a word that may yet come. */
    public void expect(String head, String word) {
        int i = heads.indexOf(head);
        widths[i] = Math.max(widths[i], width(word));
    }

    /** Returns the line of heads. */
    public String head() {
        return terminal.styled(Style.STRONG, join(heads, false));
    }

    /** Returns the line of a row, after widening the columns to hold it. */
    public String line(List<String> row) {
        fit(List.of(row));
        return join(row, true);
    }

    private String join(List<String> cells, boolean coloured) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String cell = shown(cells.get(i));
            boolean health = coloured && styled.contains(heads.get(i));
            line.append(health ? terminal.styled(Style.ofHealth(cell), cell) : cell);
            if (i < widths.length - 1) {
                line.append(" ".repeat(widths[i] - width(cell))).append(GAP);
            }
        }
        return line.toString();
    }

    private static String shown(String cell) {
        if (cell.isEmpty()) {
            return NOTHING;
        }
        String text = Terminal.printable(cell);
        return width(text) <= WIDTH_CHARS_MAX
                ? text
                : text.substring(0, text.offsetByCodePoints(0, WIDTH_CHARS_MAX - 1)) + "\u2026";
    }

    private static int width(String text) {
        return text.codePointCount(0, text.length());
    }
}
