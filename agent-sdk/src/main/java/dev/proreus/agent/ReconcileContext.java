package dev.proreus.agent;

/** What a {@link Reconciler} may want to know besides the object. Valid for one call. */
public interface ReconcileContext {
    /** Returns how many calls for this object have failed since one did not: 0 for the first try. */
    int failures();

    /**
     * Returns the epoch of the agent's newest session, which grows with every session of this agent's name: a fencing
     * token for what the handler acts upon.
     */
    long epoch();

    /**
     * Returns whether all that was reported about the object is durable. Where it is not, such as while the server is
     * away, a report of this call takes the place of one that waits: a handler of which every step shall be seen takes
     * the next one only when this is true.
     */
    boolean reported();

    /**
     * Returns whether this call works on a state that is out of date: the spec has changed or the object is no longer
     * this agent's. A call that takes long may look at it and return early; the object's next call comes at once.
     */
    boolean outdated();
}
