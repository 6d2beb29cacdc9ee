package dev.proreus.guarantees;

import java.util.regex.Pattern;

/**
 * The life of a workspace, as the final history tells it.
 *
 * <p>A recording calls a workspace by its path; one that is made where another was before is another one, whose name
 * has a mark at the part that came again, such as {@code root:acme#2:berlin}.
 *
 * @param workspace what the recording calls it
 * @param uid its identity
 * @param ended revision of the workspace that it lay in at which it was deleted; 0 where it was not: then it is still
 *     there, or it went with one above it
 */
public record Lifetime(String workspace, String uid, long ended) {
    private static final Pattern MARK = Pattern.compile("#[0-9]+");

    /** Returns what a workspace is called that is the n-th of its name in another one, from 1; the root lies in "". */
    public static String named(String parent, String name, int number) {
        return (parent.isEmpty() ? "" : parent + ":") + name + (number == 1 ? "" : "#" + number);
    }

    /** Returns the path of a workspace by its name. */
    public static String path(String workspace) {
        return MARK.matcher(workspace).replaceAll("");
    }

    /** Returns the name of the workspace that another one lies in; empty for the root. */
    public static String parent(String workspace) {
        return workspace.substring(0, Math.max(0, workspace.lastIndexOf(':')));
    }

    /** Returns its path. */
    public String path() {
        return path(workspace);
    }

    /** Returns the name of the workspace that it lies in; empty for the root. */
    public String parent() {
        return parent(workspace);
    }
}
