package dev.proreus.workspace.tree;

import dev.proreus.workspace.Place;
import dev.proreus.workspace.Reason;
import dev.proreus.workspace.RefusedException;
import dev.proreus.workspace.Termination;
import dev.proreus.workspace.WorkspacePath;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All published workspaces, by path and by id. Any thread may read; only the thread that writes a batch adds and
 * removes, and another one forgets what was removed.
 *
 * <p>Paths sort so that what lies below one is contiguous: its path and a colon are the prefix of them all.
 *
 * <p>Where a subtree is removed only its top is marked, since a commit must not take long however much goes with it:
 * nobody finds any of that any more. It stays in the maps until whoever reclaims its rows has it forgotten.
 */
public final class WorkspaceTree {
    private final ConcurrentSkipListMap<String, Workspace> byPath = new ConcurrentSkipListMap<>();
    private final ConcurrentMap<Long, Workspace> byId = new ConcurrentHashMap<>();
    private final AtomicLong historyBytes = new AtomicLong();
    private final ConcurrentMap<Long, Workspace> terminating = new ConcurrentHashMap<>();

    /**
     * Returns the workspace at a path.
     *
     * @throws RefusedException with {@link Reason#WORKSPACE_NOT_FOUND} where there is none
     */
    public Workspace at(WorkspacePath path) {
        Workspace found = find(path);
        if (found == null) {
            throw notFound(path);
        }
        return found;
    }

    /** Returns the workspace at a path, or null where there is none. */
    public @Nullable Workspace find(WorkspacePath path) {
        return live(byPath.get(path.text()));
    }

    private static @Nullable Workspace live(@Nullable Workspace workspace) {
        return workspace == null || workspace.gone() ? null : workspace;
    }

    /** Returns the refusal that says that a path names no workspace. */
    public static RefusedException notFound(WorkspacePath path) {
        return RefusedException.because(
                        Reason.WORKSPACE_NOT_FOUND,
                        "workspace " + path + " does not exist: create it, or list workspaces to see those that do")
                .with("workspace", path);
    }

    /** Returns the workspace of an internal id, or null where none is live. */
    public @Nullable Workspace byId(long id) {
        return live(byId.get(id));
    }

    /**
     * Returns where a workspace lies, or null where that is unknown; known after it was removed until it is forgotten,
     * so that its last events can still be told apart.
     */
    public @Nullable Place place(long id) {
        Workspace known = byId.get(id);
        return known == null ? null : known.place();
    }

    /** Returns the workspace and its ancestors, nearest first, the root last. */
    public List<Workspace> lineage(Workspace workspace) {
        List<Workspace> lineage = new ArrayList<>();
        WorkspacePath path = workspace.path();
        while (true) {
            Workspace next = find(path);
            if (next != null) {
                lineage.add(next);
            }
            if (path.parent().isEmpty()) {
                return lineage;
            }
            path = path.parent().get();
        }
    }

    /** Returns how a workspace is being deleted, by itself or with the nearest one above it; null where it is not. */
    public @Nullable Termination termination(Workspace workspace) {
        Termination own = workspace.termination();
        if (own != null) {
            return own;
        }
        if (terminating.isEmpty()) {
            return null;
        }
        for (Workspace each : lineage(workspace)) {
            Termination above = each.termination();
            if (above != null) {
                return above;
            }
        }
        return null;
    }

    /**
     * Lists workspaces below one, ordered by path.
     *
     * @param recursive whether everything below it, itself included, is wanted instead of its children alone
     * @param afterPath where to go on, exclusive; empty for the start
     * @param max most workspaces to return
     */
    public List<Workspace> below(WorkspacePath path, boolean recursive, String afterPath, int max) {
        List<Workspace> found = new ArrayList<>();
        Workspace self = find(path);
        if (recursive && self != null && path.text().compareTo(afterPath) > 0) {
            found.add(self);
        }
        String prefix = path.text() + ":";
        NavigableMap<String, Workspace> rest = byPath.subMap(prefix, false, path.text() + ";", false);
        if (afterPath.compareTo(prefix) > 0) {
            rest = rest.tailMap(afterPath, false);
        }
        for (Workspace each : rest.values()) {
            if (found.size() >= max) {
                break;
            }
            if (!each.gone() && (recursive || each.path().depth() == path.depth() + 1)) {
                found.add(each);
            }
        }
        return found;
    }

    /**
     * Adds a workspace; only on the thread that writes a batch.
     *
     * @return the live one that was at its path; null where there was none, as there must not be
     */
    public @Nullable Workspace add(Workspace workspace) {
        Place place = workspace.place();
        workspace.enterBelow(place.depth() > 1 ? byId(place.ancestor(1)) : null);
        historyBytes.addAndGet(workspace.historyBytes());
        byId.put(workspace.id(), workspace);
        Workspace before = byPath.put(workspace.path().text(), workspace);
        noteTermination(workspace);
        raiseFloors(workspace, workspace.progress().floorSequence());
        return live(before);
    }

    /** Removes a workspace with all that lies below it. Only on the thread that writes a batch. */
    public void removeSubtree(long id) {
        Workspace top = byId(id);
        if (top != null) {
            top.markGone();
            terminating.values().removeIf(Workspace::gone);
        }
    }

    /**
     * Forgets a workspace that was removed, once its last changes have been published; one that was not stays. By one
     * thread at a time, which need not be the committer's.
     */
    public void forget(long id) {
        Workspace workspace = byId.get(id);
        if (workspace != null && workspace.gone()) {
            historyBytes.addAndGet(-workspace.historyBytes());
            byId.remove(id);
            // Another may have come to the same path meanwhile.
            byPath.remove(workspace.path().text(), workspace);
        }
    }

    /** Shows how far a workspace has come; only on the thread that writes a batch. */
    public void publish(Workspace workspace, Workspace.Progress progress) {
        historyBytes.addAndGet(progress.historyBytes() - workspace.historyBytes());
        boolean rises = progress.floorSequence() > workspace.progress().floorSequence();
        boolean ends = workspace.termination() != null;
        workspace.publish(progress);
        if (ends || progress.termination() != null) {
            noteTermination(workspace);
        }
        if (rises) {
            raiseFloors(workspace, progress.floorSequence());
        }
    }

    /** Shows a floor to the workspace and all above it; it stays known there when the workspace goes. */
    private void raiseFloors(Workspace workspace, long sequence) {
        if (sequence > 0) {
            lineage(workspace).forEach(each -> each.raiseSubtreeFloor(sequence));
        }
    }

    private void noteTermination(Workspace workspace) {
        if (workspace.termination() == null) {
            terminating.remove(workspace.id());
        } else {
            terminating.put(workspace.id(), workspace);
        }
    }

    /** Returns the workspaces that are being deleted by themselves, as they are at each look. */
    public Collection<Workspace> terminating() {
        return Collections.unmodifiableCollection(terminating.values());
    }

    /** Returns the floor of a workspace of an internal id, or null where none is live. */
    public @Nullable Long floor(long id) {
        Workspace workspace = byId(id);
        return workspace == null ? null : (Long) workspace.floor();
    }

    /**
     * Returns the bytes of history above the floors of all workspaces together, with those that were removed and are
     * not forgotten yet: their rows still take room.
     */
    public long historyBytes() {
        return historyBytes.get();
    }

    /** Gives every workspace to an action, in no order. */
    public void forEach(Consumer<Workspace> action) {
        for (Workspace each : byId.values()) {
            if (!each.gone()) {
                action.accept(each);
            }
        }
    }
}
