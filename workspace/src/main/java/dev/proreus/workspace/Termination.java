package dev.proreus.workspace;

import java.time.Instant;

/**
 * States that a workspace and all below it are being deleted. What agents finish goes on: reports, removals of
 * finalizers, deletions; nothing new is taken in.
 *
 * @param asked when the deletion was asked for
 * @param graceEnd until when it can be taken back, exclusive; from then on it waits for finalizers alone
 */
public record Termination(Instant asked, Instant graceEnd) {
    /** Returns whether it can no longer be taken back. */
    public boolean isFinal(Instant now) {
        return !now.isBefore(graceEnd);
    }
}
