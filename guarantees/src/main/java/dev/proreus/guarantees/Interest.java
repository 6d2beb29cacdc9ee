package dev.proreus.guarantees;

/**
 * What a watch asks for.
 *
 * @param workspace path of the workspace
 * @param subtree whether it asks for all workspaces below it too
 * @param type the resource type
 * @param name one object by name; empty for all
 * @param labelSelector which objects by labels; empty for all
 * @param fieldSelector which objects by fields; empty for all
 * @param latest whether it asks for the newest state of each object, and not for every change
 * @param previous whether it asks for the state before
 * @param start where it starts
 * @param after for a start after a revision, that revision
 * @param token for a start after a bookmark of a subtree, the bookmark's token
 * @param audit whether it reads the final history, which the others are judged by
 */
public record Interest(
        String workspace,
        boolean subtree,
        String type,
        String name,
        String labelSelector,
        String fieldSelector,
        boolean latest,
        boolean previous,
        Start start,
        long after,
        String token,
        boolean audit) {
    /** Where a watch starts. */
    public enum Start {
        /** With the state as it is. */
        INITIAL,
        /** After a revision, or a bookmark of a subtree. */
        AFTER,
        /** With what comes from now on. */
        NOW
    }

    /** Returns the watch of a type of a workspace that wants every change from the state on. */
    public static Interest inEvery(String workspace, String type) {
        return new Interest(workspace, false, type, "", "", "", false, false, Start.INITIAL, 0, "", false);
    }

    /** Returns the same, started with the state as it is. */
    public Interest startedWithState() {
        return started(Start.INITIAL, 0, "");
    }

    /** Returns the same, started after a revision. */
    public Interest startedAfter(long revision) {
        return started(Start.AFTER, revision, "");
    }

    /** Returns the same, started after a bookmark of a subtree. */
    public Interest startedAfter(String bookmark) {
        return started(Start.AFTER, 0, bookmark);
    }

    /** Returns the same, started at now. */
    public Interest startedNow() {
        return started(Start.NOW, 0, "");
    }

    private Interest started(Start how, long revision, String bookmark) {
        return new Interest(
                workspace,
                subtree,
                type,
                name,
                labelSelector,
                fieldSelector,
                latest,
                previous,
                how,
                revision,
                bookmark,
                audit);
    }

    /** Returns the same, of one workspace and nothing below it. */
    public Interest within(String path) {
        return of(path, false, name, labelSelector);
    }

    /** Returns the same, of all workspaces below it too. */
    public Interest overSubtree() {
        return of(workspace, true, name, labelSelector);
    }

    /** Returns the same, of one name. */
    public Interest named(String one) {
        return of(workspace, subtree, one, labelSelector);
    }

    /** Returns the same, of what a label selector matches. */
    public Interest labelled(String selector) {
        return of(workspace, subtree, name, selector);
    }

    private Interest of(String path, boolean below, String one, String labels) {
        return new Interest(
                path, below, type, one, labels, fieldSelector, latest, previous, start, after, token, audit);
    }

    /** Returns the same, for the newest state of each object. */
    public Interest inLatest() {
        return wanting(true, previous, audit);
    }

    /** Returns the same, with the state before. */
    public Interest withPrevious() {
        return wanting(latest, true, audit);
    }

    /** Returns the same, as what reads the final history. */
    public Interest asAudit() {
        return wanting(latest, previous, true);
    }

    private Interest wanting(boolean newest, boolean before, boolean all) {
        return new Interest(
                workspace, subtree, type, name, labelSelector, fieldSelector, newest, before, start, after, token, all);
    }

    /** Returns whether a workspace is among those asked for. */
    public boolean covers(String path) {
        return path.equals(workspace) || (subtree && path.startsWith(workspace + ":"));
    }
}
