package dev.proreus.server.tenancy;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.proreus.server.rpc.Checks;
import dev.proreus.workspace.RefusedException;
import dev.proreus.workspace.WorkspacePath;
import java.util.Base64;

/**
 * Where a list of workspaces goes on. It is bound to what was listed, since a page of another list would leave out
 * workspaces without a word; it holds nothing that its reader has not seen.
 *
 * @param path what is listed below
 * @param recursive whether everything below it is listed
 * @param after the last path of the page before; empty for the first page
 */
record PageToken(WorkspacePath path, boolean recursive, String after) {
    private static final String CHILDREN = "c ";
    private static final String EVERYTHING = "e ";

    /** Reads the token of a request, which lists {@code path}. */
    static PageToken parse(String token, WorkspacePath path, boolean recursive) {
        PageToken first = new PageToken(path, recursive, "");
        if (token.isEmpty()) {
            return first;
        }
        String text = decoded(token);
        if (!text.startsWith(first.prefix())) {
            throw refusal();
        }
        WorkspacePath after = path(text.substring(first.prefix().length()));
        boolean inside = after.text().startsWith(path.text() + ":") || (recursive && after.equals(path));
        if (!inside) {
            throw refusal();
        }
        return first.next(after);
    }

    /** Returns the token of the page after one that ends with {@code last}. */
    PageToken next(WorkspacePath last) {
        return new PageToken(path, recursive, last.text());
    }

    /** Returns the token as clients are given it. */
    String text() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString((prefix() + after).getBytes(UTF_8));
    }

    private String prefix() {
        return (recursive ? EVERYTHING : CHILDREN) + path.text() + " ";
    }

    private static String decoded(String token) {
        try {
            return new String(Base64.getUrlDecoder().decode(token), UTF_8);
        } catch (IllegalArgumentException e) {
            throw refusal();
        }
    }

    private static WorkspacePath path(String text) {
        try {
            return WorkspacePath.parse(text);
        } catch (RefusedException e) {
            throw refusal();
        }
    }

    private static RefusedException refusal() {
        return Checks.refusal(
                "page_token",
                "is none that this list gave; start again without one, with the same workspace and recursive");
    }
}
