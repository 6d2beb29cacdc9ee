package dev.proreus.cli.failure;

/** How a command ended, for scripts; part of the tool's contract. */
public enum ExitCode {
    /** It did what it was asked to. */
    DONE(0),
    /** It failed for a reason that no other code names. */
    FAILED(1),
    /** The command line is wrong. */
    USAGE(2),
    /** The object, type or workspace does not exist. */
    NOT_FOUND(3),
    /** It did not happen in time. */
    TIMEOUT(4),
    /** Somebody else was there before: another version, another field manager, another object of that name. */
    CONFLICT(5);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    /** Returns what the process exits with. */
    public int number() {
        return number;
    }
}
