package dev.proreus.agent;

/**
 * What an author writes: brings the world one step closer to an object's spec and says how far it got.
 *
 * <p>It is given the newest state and never learns which event led to the call, so it must work from the whole state:
 * it may be called when nothing has changed, and states between two calls may have been skipped.
 *
 * <p>Called on the agent's workers: never twice at once for one object, at once for several objects. It may block. An
 * interrupt means that the agent stops.
 */
@FunctionalInterface
public interface Reconciler {
    /**
     * Reconciles an object.
     *
     * @return how far it got; it becomes the object's conditions and status
     * @throws Exception where it failed: the object gets Ready=False with the exception's message, and the call is
     *     repeated later, again and again with growing delays
     */
    Result reconcile(AgentObject object, ReconcileContext context) throws Exception;
}
