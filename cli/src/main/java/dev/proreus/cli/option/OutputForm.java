package dev.proreus.cli.option;

import java.util.Locale;

/** In what form a verb shows what it found. */
public enum OutputForm {
    /** Columns, for people. */
    TABLE,
    /** Documents that one keeps in Git. */
    YAML,
    /** JSON, for programs. */
    JSON,
    /** Names alone, each in a line, for other commands. */
    NAME;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
