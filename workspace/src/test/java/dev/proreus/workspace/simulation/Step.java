package dev.proreus.workspace.simulation;

/**
 * One thing that happens in a simulation. It stands for itself, so that a trace still makes sense where others are left
 * out of it.
 *
 * @param kind what happens
 * @param dice decides about the rest of it
 */
record Step(Kind kind, long dice) {
    /** What can happen; how often, in relation to the others, where a seed does not say otherwise. */
    enum Kind {
        /** Some thread of the process runs for a while. */
        TURN(80),
        /** All threads of the process run until there is nothing to do. */
        REST(3),
        /** A client writes one object. */
        WRITE(50),
        /** A client writes several objects at once. */
        BATCH(10),
        /** A client asks what a write would do. */
        DRY_RUN(5),
        /** A client sends a request again under its id. */
        REPEAT(6),
        /** A client reads an object. */
        GET(10),
        /** A client lists objects, or asks for the next page. */
        LIST(12),
        /** A client begins to watch. */
        WATCH(6),
        /** A client goes on watching where another of its watches ended. */
        RESUME(10),
        /** A client takes messages of a watch, or from now on all of them. */
        TAKE(25),
        /** A client asks for a bookmark. */
        BOOKMARK(8),
        /** A client gives up watching. */
        LEAVE(5),
        /** Someone creates or limits a workspace, or deletes an empty one. */
        WORKSPACE(12),
        /** Someone deletes a workspace with what is in it, takes that back, makes it again, or finishes its objects. */
        REMOVE(20),
        /** An agent opens or closes a session, claims, or reports. */
        AGENT(24),
        /** The type is defined anew. */
        DEFINE(2),
        /** Time passes, and watches do what is due. */
        TIME(30),
        /** The clock on the wall jumps. */
        JUMP(2),
        /** The disk will fail. */
        FAULT(1),
        /** The process is killed, with what the disk has not synced, and starts again. */
        CRASH(2),
        /** The process stops as it should, and starts again. */
        RESTART(1);

        private final int weight;

        Kind(int weight) {
            this.weight = weight;
        }

        int weight() {
            return weight;
        }
    }

    @Override
    public String toString() {
        return kind + " " + Long.toHexString(dice);
    }
}
