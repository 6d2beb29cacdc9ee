package dev.proreus.guarantees;

/**
 * Names an object.
 *
 * @param workspace path of its workspace
 * @param type its resource type, by the one name that a recording uses for it
 * @param name its name
 */
public record Key(String workspace, String type, String name) {
    /** The type of workspaces themselves, which are objects of the one that they lie in. */
    public static final String WORKSPACES = "workspaces";

    /** Returns the key as people read it. */
    @Override
    public String toString() {
        return workspace + " " + type + "/" + name;
    }
}
