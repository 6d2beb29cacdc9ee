package dev.proreus.workspace.retention;

import dev.proreus.workspace.store.rows.LogRow;
import dev.proreus.workspace.tree.Workspace;
import dev.proreus.workspace.tree.WorkspaceTree;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The store's limit of bytes. Where it is passed, the largest holders are lowered, all to the same level: who holds
 * less than that loses nothing, however noisy the others are.
 */
final class ByteLimit {
    /** The part of the limit that is freed at once, so that not every write asks for the next floors. */
    private static final int FREED_PART = 16;

    private final WorkspaceTree tree;
    private final LogSearch log;
    private final long bytes;

    ByteLimit(WorkspaceTree tree, LogSearch log, long bytes) {
        this.tree = tree;
        this.log = log;
        this.bytes = bytes;
    }

    /** Returns the floors to raise, those of the largest holders first; none where the limit holds. */
    List<Floor> exceeded(int maxWorkspaces) {
        if (tree.historyBytes() <= bytes) {
            return List.of();
        }
        List<Holder> holders = new ArrayList<>();
        tree.forEach(workspace -> holders.add(new Holder(workspace, workspace.historyBytes())));
        holders.sort(Comparator.comparingLong(Holder::bytes).reversed());
        long level = level(holders, bytes - bytes / FREED_PART);
        List<Floor> floors = new ArrayList<>();
        for (Holder holder : holders) {
            if (holder.bytes <= level || floors.size() >= maxWorkspaces) {
                break;
            }
            Floor floor = keeping(holder.workspace, level, log);
            if (floor != null) {
                floors.add(floor);
            }
        }
        return floors;
    }

    /** Returns the most that each may hold for all to fit; {@code holders} are sorted, the largest first. */
    private static long level(List<Holder> holders, long target) {
        long rest = holders.stream().mapToLong(Holder::bytes).sum();
        long lowered = 0;
        for (Holder holder : holders) {
            boolean allAboveFit = rest + lowered * holder.bytes <= target;
            if (allAboveFit) {
                break;
            }
            rest -= holder.bytes;
            lowered++;
        }
        return lowered == 0 ? Long.MAX_VALUE : Math.max(0, (target - rest) / lowered);
    }

    /** Returns the lowest floor above which at most so many bytes are kept, or null where it stands there already. */
    static @Nullable Floor keeping(Workspace workspace, long mostBytes, LogSearch log) {
        Workspace.Progress progress = workspace.progress();
        if (progress.historyBytes() <= mostBytes) {
            return null;
        }
        LogRow head = log.row(workspace.id(), progress.revision());
        if (head == null) {
            return null;
        }
        LogSearch.Found found =
                log.firstWith(workspace.id(), progress.floor(), progress.revision(), head.historyBytes() - mostBytes);
        return found == null ? null : Floor.at(workspace.id(), found.revision(), found.row());
    }

    /** A workspace and what it holds, fixed while holders are compared. */
    private record Holder(Workspace workspace, long bytes) {}
}
