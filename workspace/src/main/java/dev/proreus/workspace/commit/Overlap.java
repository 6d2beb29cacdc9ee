package dev.proreus.workspace.commit;

/**
 * How much must be queued while one batch is written for a thread to be woken that builds the next meanwhile; either is
 * enough. Less is left to whoever is free to build anyway.
 *
 * @param commands how many of them
 * @param bytes of their weight together: one command may hold many writes
 */
public record Overlap(int commands, int bytes) {
    /** For whatever comes: batches overlap as often as they can. */
    public static final Overlap ALWAYS = new Overlap(1, 1);

    /** For what takes longer to build than it takes to wake somebody who does: some ten microseconds a command. */
    public static final Overlap WHERE_WORTH_IT = new Overlap(8, 16 << 10);
}
