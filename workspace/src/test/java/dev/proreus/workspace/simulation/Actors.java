package dev.proreus.workspace.simulation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Date;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The threads of one simulated process. They are real, but one at most runs at any time: the one that the simulation
 * gives a turn, while the simulation waits. A turn ends where the actor waits at the {@link #lock}, or after a number
 * of steps, each an access to the store. So who comes when is the simulation's choice alone, and every run of a seed is
 * the same, with the code that production runs.
 */
final class Actors {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final Thread stage = Thread.currentThread();
    private final List<Actor> all = new ArrayList<>();
    private final BatonLock lock = new BatonLock();
    private volatile boolean back;
    private volatile boolean dying;
    private @Nullable Actor current;

    /** Makes a thread that is one of them. */
    Actor actor(String name, Runnable work) {
        Actor actor = new Actor(this, name, work);
        all.add(actor);
        return actor;
    }

    /** Makes a thread of the committer, as a thread factory does. */
    Thread committer(Runnable work) {
        return actor("committer-" + all.size(), work);
    }

    /** Returns a lock that nobody ever waits for, since one runs at a time; at its conditions actors wait. */
    Lock lock() {
        return lock;
    }

    /** Returns those that can go on, in the order in which they were made. */
    List<Actor> ready() {
        List<Actor> ready = new ArrayList<>(all.size());
        for (Actor actor : all) {
            if (actor.isReady()) {
                ready.add(actor);
            }
        }
        return ready;
    }

    /** Lets an actor run for so many steps, or until it waits. */
    void run(Actor actor, int steps) {
        current = actor;
        back = false;
        actor.turn(steps);
        long begun = System.nanoTime();
        while (!back) {
            LockSupport.parkNanos(this, PATIENCE_NANOS);
            if (!back && System.nanoTime() - begun > PATIENCE_NANOS) {
                IllegalStateException stuck = new IllegalStateException(actor.getName() + " waits for what is no turn");
                stuck.setStackTrace(actor.getStackTrace());
                throw stuck;
            }
        }
        current = null;
        Throwable failure = actor.failure();
        if (failure != null && !dying) {
            throw new IllegalStateException(actor.getName() + " ended", failure);
        }
    }

    /** Takes note that whoever has the turn takes a step, which may be its last for now. */
    void step() {
        Actor actor = current;
        if (actor != null) {
            actor.step();
        }
    }

    /** Gives the turn back to the simulation. */
    void back() {
        back = true;
        LockSupport.unpark(stage);
    }

    boolean dying() {
        return dying;
    }

    /** Ends all of them where they stand. */
    void kill() {
        dying = true;
        for (Actor actor : all) {
            while (!actor.isOver()) {
                run(actor, Integer.MAX_VALUE);
            }
        }
    }

    private final class BatonLock implements Lock {
        @Override
        public void lock() {
            // Whoever runs is alone.
        }

        @Override
        public void lockInterruptibly() {
            // As above.
        }

        @Override
        public boolean tryLock() {
            return true;
        }

        @Override
        public boolean tryLock(long time, TimeUnit unit) {
            return true;
        }

        @Override
        public void unlock() {
            // Nobody waits for it.
        }

        @Override
        public Condition newCondition() {
            return new Turn();
        }
    }

    private final class Turn implements Condition {
        private final Deque<Actor> waiting = new ArrayDeque<>();

        private void pause() {
            Actor actor = current;
            if (actor == null) {
                throw new IllegalStateException("only an actor can wait");
            }
            waiting.add(actor);
            actor.pause(Actor.Stand.WAITING);
        }

        @Override
        public void awaitUninterruptibly() {
            pause();
        }

        @Override
        public void await() {
            pause();
        }

        @Override
        public long awaitNanos(long nanos) {
            throw new UnsupportedOperationException("nobody waits for a time");
        }

        @Override
        public boolean await(long time, TimeUnit unit) {
            throw new UnsupportedOperationException("nobody waits for a time");
        }

        @Override
        public boolean awaitUntil(Date deadline) {
            throw new UnsupportedOperationException("nobody waits for a time");
        }

        @Override
        public void signal() {
            Actor next = waiting.poll();
            if (next != null) {
                next.wakeUp();
            }
        }

        @Override
        public void signalAll() {
            waiting.forEach(Actor::wakeUp);
            waiting.clear();
        }
    }
}
