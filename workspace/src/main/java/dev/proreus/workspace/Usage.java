package dev.proreus.workspace;

/**
 * How much something holds, or by how much it grows: a difference may be negative.
 *
 * @param objects count of objects; child workspaces and agents are objects of their parent and home
 * @param bytes of the objects' newest states, as they are sent
 * @param finalizers on the objects
 */
public record Usage(long objects, long bytes, long finalizers) {
    /** Nothing. */
    public static final Usage NONE = new Usage(0, 0, 0);

    /** Returns as much less as this is more. */
    public Usage negated() {
        return new Usage(-objects, -bytes, -finalizers);
    }

    /** Returns both together. */
    public Usage plus(Usage more) {
        return new Usage(objects + more.objects, bytes + more.bytes, finalizers + more.finalizers);
    }
}
