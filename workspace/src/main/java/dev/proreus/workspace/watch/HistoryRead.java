package dev.proreus.workspace.watch;

import dev.proreus.v1.WatchEvent;
import dev.proreus.workspace.History;
import dev.proreus.workspace.Limits;
import dev.proreus.workspace.ObjectState;
import dev.proreus.workspace.Place;
import dev.proreus.workspace.RefusedException;
import dev.proreus.workspace.Scope;
import java.util.List;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What one subscription wants of history: changes up to a target, or a page of a snapshot. It is answered once, on
 * whatever thread, and then told to who asked, once.
 */
abstract class HistoryRead {
    private final Asker asker;
    private volatile boolean stale;
    private @Nullable Chunk chunk;
    private @Nullable Throwable fault;

    HistoryRead(Asker asker) {
        this.asker = asker;
    }

    /** Who asks. */
    interface Asker {
        /** Takes a read that was answered; on any thread. */
        void arrived(HistoryRead read);
    }

    /** Answers with what was read. */
    final void complete(Chunk answer) {
        chunk = answer;
    }

    /** Answers with what went wrong. */
    final void fail(Throwable why) {
        fault = why;
    }

    /** Tells who asked that it is answered: from then on it is theirs, and so is the chunk. */
    final void tell() {
        asker.arrived(this);
    }

    /** Says, on the loop, that what it reads is no longer wanted. */
    final void discard() {
        stale = true;
    }

    final boolean isStale() {
        return stale;
    }

    /** Returns what was read; throws what went wrong. */
    final Chunk chunk() {
        if (fault instanceof RuntimeException exception) {
            throw exception;
        }
        if (chunk == null) {
            throw new IllegalStateException("history could not be read", fault);
        }
        return chunk;
    }

    /** Changes in (after, through]. */
    static final class OfChanges extends HistoryRead {
        private final WatchSpec spec;
        private final WatchFilter filter;
        private final long after;
        private final long through;

        OfChanges(Asker asker, WatchSpec spec, WatchFilter filter, long after, long through) {
            super(asker);
            this.spec = spec;
            this.filter = filter;
            this.after = after;
            this.through = through;
        }

        WatchSpec spec() {
            return spec;
        }

        WatchFilter filter() {
            return filter;
        }

        long after() {
            return after;
        }

        long through() {
            return through;
        }

        /** Returns an empty share to fill with what is wanted. */
        Share share() {
            return Share.of(spec, filter, after, through);
        }
    }

    /** A page of a snapshot. */
    static final class OfStates extends HistoryRead {
        /** Workspaces looked at for one page: most may be empty, and each is a seek. */
        private static final int PARTS = 64;

        private final WatchSpec spec;
        private final WatchFilter filter;
        private final long position;
        private final SnapshotPosition.Page page;

        /** @param position the one that the snapshot shows */
        OfStates(Asker asker, WatchSpec spec, WatchFilter filter, long position, SnapshotPosition.Page page) {
            super(asker);
            this.spec = spec;
            this.filter = filter;
            this.position = position;
            this.page = page;
        }

        /** Reads the page, on this thread. */
        Chunk read(History history, LongFunction<@Nullable Place> places) {
            Chunk chunk = new Chunk(Chunk.Kind.STATES);
            List<SnapshotPosition.Part> parts = page.parts();
            if (parts.isEmpty() && spec.scope() instanceof Scope.Subtree subtree) {
                parts = history.revisions(subtree, position).entrySet().stream()
                        .map(each -> new SnapshotPosition.Part(
                                each.getKey(), path(places.apply(each.getKey())), each.getValue()))
                        .toList();
            }
            int part = page.part();
            String afterName = page.afterName();
            int last = Math.min(parts.size(), part + PARTS);
            for (; part < last; part++) {
                afterName = read(history, parts.get(part), afterName, chunk);
                if (afterName != null || chunk.bytes() >= Limits.SHARE_BYTES) {
                    part += afterName == null ? 1 : 0;
                    break;
                }
            }
            return chunk.next(part < parts.size() ? new SnapshotPosition.Page(parts, part, afterName) : null);
        }

        /** Reads on in one workspace; returns the name to go on after, or null where that was all. */
        private @Nullable String read(
                History history, SnapshotPosition.Part part, @Nullable String afterName, Chunk chunk) {
            History.States read = states(history, part, afterName, chunk);
            List<ObjectState> states = read.list();
            if (states.isEmpty() && read.more()) {
                throw new IllegalStateException("history gave no state and says that others follow");
            }
            for (ObjectState state : states) {
                if (filter.matches(state.selectable())) {
                    chunk.add(
                            EventBytes.encode(WatchEvent.ADDED_FIELD_NUMBER, state.object(), state.revision()),
                            part.path(),
                            state.revision());
                }
            }
            return read.more() ? states.get(states.size() - 1).name() : null;
        }

        /** Returns states; none where the workspace has gone meanwhile, of which the watch is told later. */
        private History.States states(
                History history, SnapshotPosition.Part part, @Nullable String afterName, Chunk chunk) {
            try {
                return history.states(
                        part.workspaceId(),
                        spec.typeId(),
                        filter.name(),
                        afterName,
                        part.revision(),
                        Limits.PAGE_OBJECTS,
                        (int) Math.max(1, Limits.SHARE_BYTES - chunk.bytes()));
            } catch (RefusedException e) {
                if (spec.passesOver(e)) {
                    return new History.States(List.of(), false);
                }
                throw e;
            }
        }

        private static String path(@Nullable Place place) {
            return place == null ? "" : place.path();
        }
    }
}
