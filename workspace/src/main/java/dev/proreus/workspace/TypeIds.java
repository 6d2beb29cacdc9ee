package dev.proreus.workspace;

/** Internal ids of the resource types that every store has. They are in stored keys, and never change. */
public final class TypeIds {
    /** Resource types themselves. */
    public static final int RESOURCE_TYPES = 1;

    /** Workspaces, as objects of their parent. */
    public static final int WORKSPACES = 2;

    /** Agents. */
    public static final int AGENTS = 3;

    /** The first id that a type defined by users gets. */
    public static final int FIRST_USER_ID = 256;

    private TypeIds() {}
}
