package dev.proreus.guarantees;

/**
 * Names an object.
 *
 * @param workspace path of its workspace
 * @param type its resource type, by the one name that a recording uses for it
 * @param name its name
 */
public record Key(String workspace, String type, String name) {
    /** Returns the key as people read it. */
    @Override
    public String toString() {
        return workspace + " " + type + "/" + name;
    }
}
