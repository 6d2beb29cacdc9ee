package dev.proreus.workspace.watch;

import dev.proreus.workspace.BodyRoom;
import dev.proreus.workspace.ChangeView;
import dev.proreus.workspace.History;
import dev.proreus.workspace.Place;
import dev.proreus.workspace.Reason;
import dev.proreus.workspace.RefusedException;
import dev.proreus.workspace.Scope;
import dev.proreus.workspace.TermHashes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** One pass over the log of a scope, forward, for all subscriptions that stand at about the same place. */
final class Scan {
    /*
     * State: everything up to `position` has been offered to the members. A member is a read that has not been answered
     * yet, with what it has taken so far; it may stand above `position`, and then waits for the scan to come by. It is
     * answered once it is full, the scan has reached its target, or it has waited for some slices, and leaves. Whoever
     * wants more then asks again.
     *
     * Cost: a row of the log is read and decoded once for all members, bodies that one of them reads are read some
     * at a time and held no longer than those, and an event is encoded once. Members are found by the terms that they
     * need, so that a row costs those whom it may concern and those who can be found by nothing.
     *
     * Memory: bodies that are read for one member alone lie in a room, which goes with its answer and comes back when
     * that was given. Those that more of them share have memory of their own, since nobody knows who is last.
     *
     * Slices: a scan runs in slices of a bounded number of rows, so that others get their turn. It starts with few,
     * since a member that wants everything is full soon, and goes on with more and more.
     *
     * Threads: run() on one at a time. join() and canJoin() only between slices; CatchUp's lock sees to both.
     */

    /** Rows of the first slice: about what fills a share with small objects. */
    private static final int ROWS_FIRST = 64;

    /** Rows of a slice: some milliseconds of work. */
    private static final int ROWS_MAX = 1_024;

    /**
     * Slices for which a member may wait, some 60,000 rows: what it has is not held back for longer, and its client
     * learns how far it has come before the floor overtakes it.
     */
    private static final int SLICES_MAX = 64;

    /** Changes whose bodies are read together: about as many small ones as one share holds. */
    private static final int AHEAD = 64;

    /** How far behind the head of a group one may stand to be carried along: past it the rows between are a waste. */
    private static final long WINDOW = 1_024;

    private final Scope scope;
    private final LongFunction<@Nullable Place> places;
    private final BodyRooms rooms;
    private final List<Member> members = new ArrayList<>();
    private final List<Member> joined = new ArrayList<>();
    private final Map<Long, List<Member>> byTerm = new HashMap<>();
    private final List<Member> others = new ArrayList<>();
    private boolean started;
    private long position;
    private int rows = ROWS_FIRST;

    Scan(HistoryRead.OfChanges first, LongFunction<@Nullable Place> places, BodyRooms rooms) {
        this.scope = first.spec().scope();
        this.places = places;
        this.rooms = rooms;
        this.position = first.after();
        join(first);
    }

    Scope scope() {
        return scope;
    }

    /** Returns whether a read can be answered by this scan without much detour. */
    boolean canJoin(HistoryRead.OfChanges read) {
        long ahead = read.after() - position;
        return ahead <= WINDOW && ahead >= (started ? 0 : -WINDOW);
    }

    void join(HistoryRead.OfChanges read) {
        joined.add(new Member(read));
        if (!started) {
            position = Math.min(position, read.after());
        }
    }

    /** Reads and offers one slice; there is more to do while members are left. */
    Turn run(History history) {
        started = true;
        List<HistoryRead> answered = new ArrayList<>();
        admit(answered);
        position = lowest();
        long target = position;
        for (Member member : members) {
            target = Math.max(target, member.share.through());
        }
        if (target > position) {
            try {
                slice(history, history.log(scope, position, target, rows), target);
            } catch (RefusedException e) {
                refuse(e);
            } catch (RuntimeException | Error e) {
                members.forEach(member -> member.fail(e));
            }
        }
        rows = Math.min(ROWS_MAX, 2 * rows);
        long given = dismiss(answered);
        return new Turn(answered, given, !members.isEmpty());
    }

    private void admit(List<HistoryRead> answered) {
        for (Member member : joined) {
            if (member.read.isStale()) {
                member.read.complete(new Chunk(Chunk.Kind.CHANGES));
                answered.add(member.read);
                continue;
            }
            members.add(member);
            long[] terms = member.share.terms();
            if (terms.length == 0) {
                others.add(member);
            } else {
                byTerm.computeIfAbsent(terms[0], key -> new ArrayList<>(1)).add(member);
            }
        }
        joined.clear();
    }

    private void slice(History history, History.Log log, long target) {
        if (log.reached() <= position || log.reached() > target) {
            throw new IllegalStateException("history was asked for what lies in (" + position + ", " + target + "] of "
                    + scope + " and says that it reached " + log.reached());
        }
        long last = position + 1;
        List<ChangeView> changes = log.changes();
        for (int from = 0; from < changes.size(); from += AHEAD) {
            List<ChangeView> some = changes.subList(from, Math.min(from + AHEAD, changes.size()));
            readAhead(history, some);
            for (ChangeView change : some) {
                long at = scope.positionOf(change);
                if (at < last || at > log.reached()) {
                    throw new IllegalStateException("history gave position " + at + " where one from " + last + " to "
                            + log.reached() + " was due");
                }
                last = at;
                offer(at, change);
            }
            some.forEach(ChangeView::letGo);
        }
        position = log.reached();
    }

    private void readAhead(History history, List<ChangeView> changes) {
        List<ChangeView> wanted = new ArrayList<>(changes.size());
        for (ChangeView change : changes) {
            if (isRead(change)) {
                wanted.add(change);
            }
        }
        if (wanted.size() > 1) {
            history.readAhead(wanted, room());
        }
    }

    private BodyRoom room() {
        return members.size() == 1 ? members.get(0).room(rooms) : BodyRoom.OWN;
    }

    private boolean isRead(ChangeView change) {
        long at = scope.positionOf(change);
        return isRead(others, at, change)
                || (!byTerm.isEmpty()
                        && (isRead(change.termsNow(), at, change) || isRead(change.termsBefore(), at, change)));
    }

    private boolean isRead(TermHashes terms, long at, ChangeView change) {
        if (terms.equals(TermHashes.ANY)) {
            return byTerm.values().stream().anyMatch(some -> isRead(some, at, change));
        }
        boolean read = false;
        for (int i = 0; i < terms.size() && !read; i++) {
            read = isRead(byTerm.getOrDefault(terms.get(i), List.of()), at, change);
        }
        return read;
    }

    private static boolean isRead(List<Member> some, long at, ChangeView change) {
        for (Member member : some) {
            if (!member.isAnswered() && member.share.readsBody(at, change)) {
                return true;
            }
        }
        return false;
    }

    private void offer(long at, ChangeView change) {
        boolean routed = scope instanceof Scope.Subtree;
        SharedEvent event = new SharedEvent(change, routed ? places.apply(change.workspaceId()) : null);
        if (scope.losesWorkspaces(change)) {
            offer(members, at, event);
            return;
        }
        offer(others, at, event);
        if (!byTerm.isEmpty()) {
            offerByTerm(change.termsNow(), change.termsBefore(), at, event);
        }
    }

    private void offerByTerm(TermHashes now, TermHashes before, long at, SharedEvent event) {
        if (now.equals(TermHashes.ANY) || before.equals(TermHashes.ANY)) {
            byTerm.values().forEach(some -> offer(some, at, event));
        } else {
            offer(now, at, event);
            offer(before.without(now), at, event);
        }
    }

    private void offer(TermHashes terms, long at, SharedEvent event) {
        for (int i = 0; i < terms.size(); i++) {
            offer(byTerm.getOrDefault(terms.get(i), List.of()), at, event);
        }
    }

    private static void offer(List<Member> some, long at, SharedEvent event) {
        for (Member member : some) {
            member.offer(at, event);
        }
    }

    /** Returns where the next slice begins: what nobody is left to be told of is not read. */
    private long lowest() {
        long lowest = Long.MAX_VALUE;
        for (Member member : members) {
            lowest = Math.min(lowest, Math.max(position, member.share.after()));
        }
        return members.isEmpty() ? position : lowest;
    }

    /**
     * Tells those who stand where the slice began, since what is refused to them may be there for those above. A
     * workspace that goes while it is read is no refusal to who reads above it: the next slice sees that it has gone.
     */
    private void refuse(RefusedException why) {
        boolean belowFloor = why.reason() == Reason.RESOURCE_VERSION_EXPIRED;
        for (Member member : members) {
            boolean concerned = !belowFloor || member.share.after() <= position;
            if (concerned && !member.read.spec().passesOver(why)) {
                member.fail(why);
            }
        }
    }

    /** Answers those that have all they want or can take, and forgets them; returns how many bytes they were given. */
    private long dismiss(List<HistoryRead> answered) {
        long given = 0;
        for (Iterator<Member> each = members.iterator(); each.hasNext(); ) {
            Member member = each.next();
            member.count(position);
            if (member.isDone(position)) {
                each.remove();
                given += member.answer(position);
                answered.add(member.read);
            }
        }
        others.removeIf(Member::isAnswered);
        byTerm.values().removeIf(some -> {
            some.removeIf(Member::isAnswered);
            return some.isEmpty();
        });
        return given;
    }

    /** A read that waits, and what it has so far. */
    private static final class Member {
        private final HistoryRead.OfChanges read;
        private final Share share;
        private BodyRooms.@Nullable Room room;
        private boolean answered;
        private int slices;

        Member(HistoryRead.OfChanges read) {
            this.read = read;
            this.share = read.share();
        }

        /** A filter that fails is its subscription's business alone. What is gone with its workspace is passed over. */
        void offer(long at, SharedEvent event) {
            if (answered) {
                return;
            }
            try {
                share.offer(at, event);
            } catch (RefusedException e) {
                if (!read.spec().passesOver(e)) {
                    fail(e);
                }
            } catch (RuntimeException | Error e) {
                fail(e);
            }
        }

        /** Returns memory for bodies that nobody else is given. */
        BodyRoom room(BodyRooms rooms) {
            BodyRooms.Room known = room;
            if (known == null) {
                known = rooms.take();
                room = known;
            }
            return known;
        }

        /** Counts a slice that ended at a position; one below where it stands is none of its own. */
        void count(long position) {
            slices += position > share.after() ? 1 : 0;
        }

        boolean isDone(long position) {
            return answered || share.isFull() || share.through() <= position || slices >= SLICES_MAX || read.isStale();
        }

        boolean isAnswered() {
            return answered;
        }

        /** Returns how many bytes the answer has. */
        long answer(long position) {
            if (answered) {
                return 0;
            }
            answered = true;
            try {
                Chunk chunk = share.close(position).within(room);
                read.complete(chunk);
                return chunk.bytes();
            } catch (RuntimeException | Error e) {
                read.fail(e);
                return 0;
            }
        }

        void fail(Throwable why) {
            if (!answered) {
                answered = true;
                read.fail(why);
            }
        }
    }
}
