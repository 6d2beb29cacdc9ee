package dev.proreus.workspace.watch;

import dev.proreus.workspace.History;
import org.jspecify.annotations.Nullable;

/** A history that nobody has to read, since every watch of the benchmark starts at the head and keeps up. */
final class QuietHistory implements History, Heads {
    private long head;

    void raise(long revision) {
        head = revision;
    }

    @Override
    public long published(long workspaceId) {
        return head;
    }

    @Override
    public Changes changes(
            long workspaceId, int typeId, @Nullable String name, long afterExclusive, long throughInclusive) {
        throw unexpected();
    }

    @Override
    public States states(
            long workspaceId,
            int typeId,
            @Nullable String name,
            @Nullable String afterName,
            long atRevision,
            int maxObjects) {
        throw unexpected();
    }

    private static IllegalStateException unexpected() {
        return new IllegalStateException("a watch fell behind: what was measured is not live dispatch");
    }
}
