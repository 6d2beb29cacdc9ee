package dev.proreus.workspace.commit;

/** What a wish comes to, judged against the state that it meets. Nothing has happened yet. */
sealed interface Verdict {

    /**
     * The object is to change.
     *
     * @param mutation its step
     * @param outcome what that does, as its caller is told
     */
    record Change(Mutation mutation, Written.Outcome outcome) implements Verdict {}

    /**
     * The object is already as it is wished to be.
     *
     * @param current the object
     */
    record Same(Stored current) implements Verdict {}
}
