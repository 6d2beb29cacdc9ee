package dev.proreus.workspace.watch;

import dev.proreus.workspace.RefusedException;

/**
 * One subscription, as its loop and what the loop dispatches to know it. All on the loop. What throws is that
 * subscription's failure alone: whoever called goes on with {@link #fail}.
 */
interface Watcher {
    /** Acts on what other threads said to it. */
    void receive();

    /** Takes that its ring feed has something for it. */
    void wanted();

    /** Takes that claims moved, which may be what its filter asks about. */
    void claimsMoved();

    /** Takes that the ring dropped entries before its loop walked them. */
    void passedOver();

    /** Takes that time has passed. */
    void tick();

    /**
     * Gives its sink all that it can take now.
     *
     * @return whether it waits for what is published and not dispatched yet, with nothing else to give
     */
    boolean pump();

    /** Ends at the next pump, after what the ring still has for it and its sink can take. */
    void endWith(RefusedException why);

    /** Ends at the next pump, without anything before: there is a change of which it does not know what it is to it. */
    void breakOff(Throwable why);

    /** Ends at once, and tells its sink why; does not throw. */
    void fail(Throwable why);

    /** Returns the internal id of the resource type that it is of. */
    int typeId();

    /** Returns whether it had something to give at the last tick, and its sink took nothing. */
    boolean isHeld();

    /** Returns whether it has to be listed for the next pump, which it is then. */
    boolean becomesDirty();
}
