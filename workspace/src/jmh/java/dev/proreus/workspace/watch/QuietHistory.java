package dev.proreus.workspace.watch;

import dev.proreus.workspace.History;
import dev.proreus.workspace.Place;
import dev.proreus.workspace.Scope;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** A history that nobody has to read, since every watch of the benchmark starts at the head and keeps up. */
final class QuietHistory implements History, Heads {
    private final Place place = new Place("root", SampleChanges.WORKSPACE);
    private long head;

    void raise(long revision) {
        head = revision;
    }

    @Override
    public long published(long workspaceId) {
        return head;
    }

    @Override
    public long floor(long workspaceId) {
        return 0;
    }

    @Override
    public long subtreeFloor(long topId) {
        return 0;
    }

    @Override
    public long publishedSequence() {
        return head;
    }

    @Override
    public Place place(long workspaceId) {
        return place;
    }

    @Override
    public boolean isDefined(int typeId) {
        return true;
    }

    @Override
    public Log log(Scope scope, long afterExclusive, long throughInclusive, int maxRows) {
        throw unexpected();
    }

    @Override
    public Log versions(
            long workspaceId,
            int typeId,
            String name,
            long afterExclusive,
            long throughInclusive,
            boolean origins,
            int maxRows) {
        throw unexpected();
    }

    @Override
    public States states(
            long workspaceId,
            int typeId,
            @Nullable String name,
            @Nullable String afterName,
            long atRevision,
            int maxObjects,
            int maxBytes) {
        throw unexpected();
    }

    @Override
    public SortedMap<Long, Long> revisions(Scope.Subtree scope, long sequence) {
        throw unexpected();
    }

    private static IllegalStateException unexpected() {
        return new IllegalStateException("a watch fell behind: what was measured is not live dispatch");
    }
}
