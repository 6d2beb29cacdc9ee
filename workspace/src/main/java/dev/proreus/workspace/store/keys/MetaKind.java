package dev.proreus.workspace.store.keys;

/** The kinds of rows in the table {@code meta}, each a byte of the key. Stored, so never renumbered. */
public enum MetaKind {
    /** The one row about the store itself, under shard 0. */
    STORE(1),
    /** The one row of a shard that says how far the log is applied. */
    APPLIED(2),
    /** A row for each workspace, by its internal id. */
    WORKSPACE(3),
    /** A row for each resource type definition, by its internal id. */
    TYPE(4);

    private final byte code;

    MetaKind(int code) {
        this.code = (byte) code;
    }

    byte code() {
        return code;
    }
}
