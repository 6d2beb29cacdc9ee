package dev.proreus.workspace.canonical;

/** What becomes of a field of metadata where users create an object, update it or apply it. */
public enum WriteRule {
    /** The server alone sets it; what a write gives is left out. */
    SERVER,

    /** It is as the write that created the object gave it; writes after that leave it. */
    AT_CREATION,

    /** It is as the last write gave it; a write that does not give it takes it away. */
    REPLACED,

    /** As {@link #REPLACED}, but Apply leaves what it does not give: others may have added it. */
    REPLACED_WHERE_GIVEN;

    /** Returns whether a write to an object that exists puts what it gives, or nothing, in the place of the field. */
    boolean replaces(boolean apply, boolean given) {
        return this == REPLACED || (this == REPLACED_WHERE_GIVEN && (given || !apply));
    }
}
