package dev.proreus.loadtest.report;

import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The option of every scenario that says in which form its outcome is printed, and the printing. */
public final class Output {
    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything is called
    private CommandSpec spec;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text or json. Default: ${DEFAULT-VALUE}")
    private Format format = Format.text;

    private enum Format {
        text,
        json
    }

    public Output() {}

    /** Prints figures, as text on one line. */
    public void print(Figures figures) {
        print(figures.json(), figures.line());
    }

    /** Prints one of two forms of the same. */
    public void print(String json, String text) {
        PrintWriter out = spec.commandLine().getOut();
        out.print(format == Format.json ? json : text);
        out.flush();
    }
}
