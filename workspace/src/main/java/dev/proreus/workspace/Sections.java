package dev.proreus.workspace;

/** The sections of an object as bits of a mask, which says what a change touched. Stored, so never renumbered. */
public final class Sections {
    /** Labels, annotations and whatever else of metadata people write. */
    public static final int METADATA = 1;

    /** The desired state. */
    public static final int SPEC = 2;

    /** The observed state. */
    public static final int STATUS = 4;

    private Sections() {}
}
