package dev.proreus.loadtest.fanout;

import dev.proreus.loadtest.client.Sequence;

/** What one watcher was told of the run's writes, to be held against what was answered. Not for several threads. */
interface Told {
    /** Takes the event of a write: the number that it is among its writer's, from 1. */
    void event(long revision, int writer, long write);

    /** Takes that everything up to a revision was told. */
    void bookmark(long revision);

    /** Returns how many writes it was told of for good, each by itself or by a newer one of the same object. */
    long count();

    /** Returns how many events came after what they belong before. */
    long outOfOrder();

    /** Returns whether that is all it had to be told, where those are the revisions of all writes. */
    boolean isWhole(Sequence answered);

    /** A watcher of every change: it is told of each write, in order. */
    final class Every implements Told {
        private final Sequence revisions = new Sequence();

        @Override
        public void event(long revision, int writer, long write) {
            revisions.add(revision);
        }

        @Override
        public void bookmark(long revision) {
            revisions.closeUpTo(revision);
        }

        @Override
        public long count() {
            return revisions.count();
        }

        @Override
        public long outOfOrder() {
            return revisions.outOfOrder();
        }

        @Override
        public boolean isWhole(Sequence answered) {
            return revisions.equalTo(answered);
        }
    }

    /**
     * A watcher of newest states: an event stands for all writes of its object up to it, once a bookmark says that
     * nothing is left out.
     */
    final class Latest implements Told {
        private final long[] newest;
        private long sum;
        private long bookmarked;
        private long count;
        private long outOfOrder;

        Latest(int writers) {
            newest = new long[writers];
        }

        @Override
        public void event(long revision, int writer, long write) {
            if (revision <= bookmarked || write <= newest[writer]) {
                outOfOrder++;
                return;
            }
            sum += write - newest[writer];
            newest[writer] = write;
        }

        @Override
        public void bookmark(long revision) {
            bookmarked = Math.max(bookmarked, revision);
            count = sum;
        }

        @Override
        public long count() {
            return count;
        }

        @Override
        public long outOfOrder() {
            return outOfOrder;
        }

        @Override
        public boolean isWhole(Sequence answered) {
            return count == answered.count() && bookmarked >= answered.last();
        }
    }
}
