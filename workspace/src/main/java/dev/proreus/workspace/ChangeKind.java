package dev.proreus.workspace;

/** What a commit did to one object. */
public enum ChangeKind {
    /** The object is new. */
    ADDED,
    /** The object changed. */
    MODIFIED,
    /** The object is gone. */
    DELETED
}
