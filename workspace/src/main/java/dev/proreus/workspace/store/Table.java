package dev.proreus.workspace.store;

/**
 * One of the store's tables: an ordered map of its own, written in the same atomic batches as the others.
 *
 * <p>{@code store.keys.Keys} draws the keys of each. Labels are stored and never change.
 */
public enum Table {
    /** Store, applied mark, workspaces and resource types: few rows, read as a whole at the start. */
    META("meta"),
    /** The newest state of each object without its body: what a write is judged by. */
    HEAD("head"),
    /** Every state of every object, newest first. */
    VERSION("ver"),
    /** What each command changed, one row per revision of a workspace. */
    LOG("log"),
    /** What each commit batch holds, one row per batch in commit order. */
    SEQUENCE("seq"),
    /** Reserved for objects by the values of declared fields; empty so far, and a row in it is damage. */
    INDEX("idx"),
    /** Answers to requests that carried an id. */
    DEDUP("dedup");

    private final String label;

    Table(String label) {
        this.label = label;
    }

    /** Returns the short name that the table has on disk and in messages. */
    public String label() {
        return label;
    }
}
