package dev.proreus.guarantees;

/**
 * What a watch asks for.
 *
 * @param workspace path of the workspace
 * @param type the resource type
 * @param name one object by name; empty for all
 * @param labelSelector which objects by labels; empty for all
 * @param fieldSelector which objects by fields; empty for all
 * @param latest whether it asks for the newest state of each object, and not for every change
 * @param previous whether it asks for the state before
 * @param start where it starts
 * @param after for a start after a revision, that revision
 * @param audit whether it reads the final history, which the others are judged by
 */
public record Interest(
        String workspace,
        String type,
        String name,
        String labelSelector,
        String fieldSelector,
        boolean latest,
        boolean previous,
        Start start,
        long after,
        boolean audit) {
    /** Where a watch starts. */
    public enum Start {
        /** With the state as it is. */
        INITIAL,
        /** After a revision. */
        AFTER,
        /** With what comes from now on. */
        NOW
    }

    /** Returns the watch of a type of a workspace that wants every change from the state on. */
    public static Interest inEvery(String workspace, String type) {
        return new Interest(workspace, type, "", "", "", false, false, Start.INITIAL, 0, false);
    }

    /** Returns the same, started after a revision. */
    public Interest startedAfter(long revision) {
        return new Interest(
                workspace, type, name, labelSelector, fieldSelector, latest, previous, Start.AFTER, revision, audit);
    }

    /** Returns the same, of one name. */
    public Interest named(String one) {
        return new Interest(workspace, type, one, labelSelector, fieldSelector, latest, previous, start, after, audit);
    }

    /** Returns the same, of what a label selector matches. */
    public Interest labelled(String selector) {
        return new Interest(workspace, type, name, selector, fieldSelector, latest, previous, start, after, audit);
    }

    /** Returns the same, for the newest state of each object. */
    public Interest inLatest() {
        return new Interest(workspace, type, name, labelSelector, fieldSelector, true, previous, start, after, audit);
    }

    /** Returns the same, with the state before. */
    public Interest withPrevious() {
        return new Interest(workspace, type, name, labelSelector, fieldSelector, latest, true, start, after, audit);
    }

    /** Returns the same, as what reads the final history. */
    public Interest asAudit() {
        return new Interest(workspace, type, name, labelSelector, fieldSelector, latest, previous, start, after, true);
    }
}
