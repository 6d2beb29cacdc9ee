package dev.proreus.cli.object;

import dev.proreus.cli.failure.ExitCode;
import dev.proreus.cli.failure.FailedException;
import dev.proreus.cli.output.Terminal;

/**
 * What became of several things tried one after the other: one that fails is told and does not keep the next from being
 * tried, and the first failure's exit code is the command's.
 */
final class Outcomes {
    private final Terminal terminal;
    private ExitCode exitCode = ExitCode.DONE;

    Outcomes(Terminal terminal) {
        this.terminal = terminal;
    }

    /**
     * Tries one of them and tells its failure.
     *
     * @throws FailedException where those after it would fail likewise
     */
    void attempt(Runnable work) {
        try {
            work.run();
        } catch (FailedException e) {
            if (e.hopeless()) {
                throw e;
            }
            if (exitCode == ExitCode.DONE) {
                exitCode = e.exitCode();
            }
            terminal.failure(e.lines());
        }
    }

    ExitCode exitCode() {
        return exitCode;
    }
}
