package dev.proreus.workspace;

import java.util.Optional;

/**
 * The place of a workspace in the tree, such as {@code root:acme:berlin}: parts that are DNS-1123 labels, joined by
 * {@code :}, the first always {@code root}.
 *
 * @param text the whole path
 */
public record WorkspacePath(String text) {
    /** The top of the tree. */
    public static final WorkspacePath ROOT = new WorkspacePath("root");

    /**
     * Parses a path.
     *
     * @throws RefusedException with {@link Reason#BAD_REQUEST} where it is empty or malformed
     */
    public static WorkspacePath parse(String text) {
        if (text.isEmpty()) {
            throw RefusedException.because(
                    Reason.BAD_REQUEST, "workspace is empty: name one, such as root:acme (ListWorkspaces shows them)");
        }
        String wrong = violation(text.split(":", -1));
        if (!wrong.isEmpty()) {
            throw RefusedException.because(
                            Reason.BAD_REQUEST,
                            "workspace path '" + Names.shown(text) + "' is malformed: it " + wrong
                                    + "; a path is root, or root: and names joined by ':', such as root:acme:berlin")
                    .with("workspace", Names.shown(text));
        }
        return new WorkspacePath(text);
    }

    private static String violation(String[] parts) {
        if (!parts[0].equals("root")) {
            return "does not begin with root";
        }
        if (parts.length > Limits.TREE_DEPTH) {
            return "has " + parts.length + " parts; at most " + Limits.TREE_DEPTH + " are allowed";
        }
        for (int i = 1; i < parts.length; i++) {
            String wrong = parts[i].isEmpty() ? "is empty" : Names.violationOfLabel(parts[i]);
            if (!wrong.isEmpty()) {
                return "has a part, number " + (i + 1) + ", that " + wrong;
            }
        }
        return "";
    }

    /** Returns the path of a child; {@code name} is a DNS-1123 label. */
    public WorkspacePath child(String name) {
        return new WorkspacePath(text + ":" + name);
    }

    /** Returns the path of the parent; empty for the root. */
    public Optional<WorkspacePath> parent() {
        int colon = text.lastIndexOf(':');
        return colon < 0 ? Optional.empty() : Optional.of(new WorkspacePath(text.substring(0, colon)));
    }

    /** Returns the last part. */
    public String name() {
        return text.substring(text.lastIndexOf(':') + 1);
    }

    /** Returns the number of parts, 1 for the root. */
    public int depth() {
        return (int) text.chars().filter(c -> c == ':').count() + 1;
    }

    @Override
    public String toString() {
        return text;
    }
}
