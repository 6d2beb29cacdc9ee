package dev.proreus.workspace.simulation;

import dev.proreus.guarantees.Lifetime;
import dev.proreus.workspace.ChangeKind;
import dev.proreus.workspace.TypeIds;
import dev.proreus.workspace.store.rows.LogRow;
import dev.proreus.workspace.store.rows.WorkspaceRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Reads the ends of workspaces off the batches on the disk. None comes before the grace that was asked for is over, or
 * while finalizers are left, unless somebody asked for it by force.
 */
final class Endings {
    private final World world;
    private final Map<Long, WorkspaceRow> workspaces;
    private final List<Departures.End> all = new ArrayList<>();
    private final Map<String, Long> revisions = new HashMap<>();
    private final Map<Long, Long> sequences = new HashMap<>();
    private final List<Last> inBatch = new ArrayList<>();

    /** The end of a workspace in the batch that is being read. */
    private record Last(long sequence, Instant time, String uid) {}

    /** @param workspaces the rows as they stand, which whoever reads the batches keeps up to date */
    Endings(World world, Map<Long, WorkspaceRow> workspaces) {
        this.world = world;
        this.workspaces = workspaces;
    }

    List<Departures.End> all() {
        return all;
    }

    /** Takes a commit of a workspace. */
    void commit(long id, long revision, LogRow row) {
        for (LogRow.Write write : row.writes()) {
            if (write.typeId() == TypeIds.WORKSPACES && write.kind() == ChangeKind.DELETED) {
                String uid = write.uid().toString();
                all.add(new Departures.End(row.sequence(), id, uid));
                revisions.put(uid, revision);
                inBatch.add(new Last(row.sequence(), row.time(), uid));
            }
        }
    }

    /** Looks at what a batch left, all of which has been taken. */
    void afterBatch() {
        Map<Long, Last> ended = new TreeMap<>();
        for (Last last : inBatch) {
            workspaces.forEach((id, row) -> {
                if (row.identity().uid().toString().equals(last.uid)) {
                    ended.put(id, last);
                    sequences.put(id, last.sequence);
                }
            });
        }
        inBatch.clear();
        ended.forEach((id, last) -> lawful(id, Objects.requireNonNull(workspaces.get(id)), last));
    }

    private void lawful(long id, WorkspaceRow row, Last last) {
        List<Removals.Ask> asks = world.removals().asks().stream()
                .filter(each -> each.isOf(row.identity().uid()))
                .toList();
        long finalizers = workspaces.entrySet().stream()
                .filter(each -> isWithin(each.getKey(), id) && endOf(each.getKey()) >= last.sequence)
                .mapToLong(each -> each.getValue().counts().finalizers())
                .sum();
        boolean forced = asks.stream().anyMatch(Removals.Ask::isForced);
        if (asks.stream().noneMatch(each -> each.isOver(last.time)) || (finalizers > 0 && !forced)) {
            world.violated(
                    "Deletions",
                    world.workspaceNames().of(id, workspaces),
                    "an end when the grace is over and no finalizer is left",
                    "its end at " + last.time + " with " + finalizers + " finalizers");
        }
        if (!(row.life() instanceof WorkspaceRow.Gone gone) || gone.sequence() != last.sequence) {
            world.violated("Deletions", "workspace " + id, "a row that says that it is gone", row.life() + "");
        }
    }

    /** Returns whether a workspace lies in the subtree of another. */
    boolean isWithin(long id, long top) {
        WorkspaceRow row = workspaces.get(id);
        return id == top || (row != null && isWithin(row.identity().parentId(), top));
    }

    /**
     * Returns at which sequence a workspace ended, by itself or with one above; the greatest number where it did not.
     */
    long endOf(long id) {
        WorkspaceRow row = workspaces.get(id);
        long own = sequences.getOrDefault(id, Long.MAX_VALUE);
        return row == null ? own : Math.min(own, endOf(row.identity().parentId()));
    }

    /** Writes down which workspaces there were. */
    void record() {
        workspaces.forEach((id, row) -> {
            String uid = row.identity().uid().toString();
            String name = world.workspaceNames().of(id, workspaces);
            world.scribe().recording().add(new Lifetime(name, uid, revisions.getOrDefault(uid, 0L)));
        });
    }
}
