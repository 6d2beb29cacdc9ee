package dev.proreus.workspace.simulation;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** One thread of a simulated process: it runs when it has the turn, until it waits or has used its steps up. */
final class Actor extends Thread {
    private final Actors actors;
    private final Runnable work;
    private volatile boolean mine;
    private volatile Stand stand = Stand.READY;
    private int stepsLeft;
    private @Nullable Throwable failure;

    /** Where an actor stands. */
    enum Stand {
        /** It goes on as soon as it has the turn. */
        READY,
        /** It waits for another one's word. */
        WAITING,
        /** It has ended. */
        OVER
    }

    Actor(Actors actors, String name, Runnable work) {
        super(name);
        this.actors = actors;
        this.work = work;
        setDaemon(true);
    }

    @Override
    public void run() {
        try {
            awaitTurn();
            work.run();
        } catch (Killed e) {
            stand = Stand.OVER;
        } catch (RuntimeException | Error e) {
            failure = e;
        } finally {
            stand = Stand.OVER;
            actors.back();
        }
    }

    boolean isReady() {
        return stand == Stand.READY && getState() != State.NEW;
    }

    boolean isOver() {
        return stand == Stand.OVER || getState() == State.NEW;
    }

    void wakeUp() {
        stand = Stand.READY;
    }

    /** Returns what it ended by; null where that was nothing unusual. */
    @Nullable
    Throwable failure() {
        return failure;
    }

    /** Gives it the turn, for so many steps; called by {@link Actors}. */
    void turn(int steps) {
        stepsLeft = steps;
        mine = true;
        LockSupport.unpark(this);
    }

    /** Takes a step; called by the actor itself. */
    void step() {
        if (stepsLeft-- <= 0) {
            pause(Stand.READY);
        }
    }

    /** Gives the turn back, and goes on when it has it again; called by the actor itself. */
    void pause(Stand how) {
        stand = how;
        actors.back();
        awaitTurn();
    }

    private void awaitTurn() {
        while (!mine) {
            LockSupport.park(this);
        }
        mine = false;
        if (actors.dying()) {
            throw new Killed();
        }
    }

    /** Ends an actor whose process was killed, wherever it stands. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1;

        Killed() {
            super("the process was killed", null, false, false);
        }
    }
}
