package dev.proreus.agent.view;

import dev.proreus.agent.AgentObject;

/** One change of one object, as a subscription delivers it. */
public sealed interface ViewEvent {
    /** Returns the object's name. */
    String name();

    /** Returns the revision at which it happened. */
    long revision();

    /**
     * The object exists and is the agent's: new, changed, or part of a snapshot.
     *
     * @param object its state
     * @param revision when it came to have it
     */
    record Present(AgentObject object, long revision) implements ViewEvent {
        @Override
        public String name() {
            return object.name();
        }
    }

    /**
     * The object is no longer the agent's: deleted, or given to another driver. It is dropped from the view and nothing
     * is torn down.
     *
     * @param name its name
     * @param uid its uid
     * @param revision when it happened
     */
    record Gone(String name, String uid, long revision) implements ViewEvent {}

    /**
     * Part of a snapshot: the agent holds the object already.
     *
     * @param name its name
     * @param uid its uid
     * @param generation its generation
     * @param revision when it last changed
     */
    record Known(String name, String uid, long generation, long revision) implements ViewEvent {}
}
