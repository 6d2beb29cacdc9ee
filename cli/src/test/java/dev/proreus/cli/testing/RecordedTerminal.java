package dev.proreus.cli.testing;

import dev.proreus.cli.output.Terminal;
import java.io.PrintWriter;
import java.io.StringWriter;

/** A terminal whose words are kept. */
public final class RecordedTerminal {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Terminal terminal;

    private RecordedTerminal(boolean live, boolean colours, int rows) {
        this.terminal = new Terminal(new PrintWriter(out), new PrintWriter(err), live, colours, () -> rows);
    }

    /** Returns a pipe. */
    public static RecordedTerminal pipe() {
        return new RecordedTerminal(false, false, 0);
    }

    /** Returns a live terminal of so many rows, without colours. */
    public static RecordedTerminal live(int rows) {
        return new RecordedTerminal(true, false, rows);
    }

    /** Returns a live terminal with colours. */
    public static RecordedTerminal coloured() {
        return new RecordedTerminal(true, true, 24);
    }

    public Terminal terminal() {
        return terminal;
    }

    /** Returns all output so far. */
    public String out() {
        terminal.out().flush();
        return out.toString();
    }

    /** Returns all errors so far. */
    public String err() {
        terminal.err().flush();
        return err.toString();
    }
}
