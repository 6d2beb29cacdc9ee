package dev.proreus.server.tenancy;

import com.google.protobuf.ByteString;
import dev.proreus.workspace.token.HistoryLine;
import dev.proreus.workspace.token.Seal;
import dev.proreus.workspace.tree.Workspace;
import dev.proreus.workspace.type.SystemTypes;

/**
 * Where a list of workspaces goes on; clients carry it as a sealed token, bound to what was listed, since a page of
 * another list would leave out workspaces without a word.
 *
 * @param top the workspace that is listed below
 * @param recursive whether everything below it is listed
 * @param after the last path of the page before; empty for the first page
 */
record PagePosition(Workspace top, boolean recursive, String after) {
    /** Returns the position of a request that lists below {@code top}; refuses the token of another list. */
    static PagePosition of(Seal seal, String token, Workspace top, boolean recursive) {
        PagePosition first = new PagePosition(top, recursive, "");
        return token.isEmpty()
                ? first
                : new PagePosition(
                        top,
                        recursive,
                        first.historyLine()
                                .open(seal, "page_token", token, first.asked())
                                .toStringUtf8());
    }

    /** Returns the token of the page after one that ends with {@code last}. */
    String tokenAfter(Seal seal, Workspace last) {
        return historyLine().seal(seal, ByteString.copyFromUtf8(last.path().text()), asked());
    }

    private HistoryLine historyLine() {
        return new HistoryLine(
                top.path().text(),
                top.incarnation(),
                SystemTypes.WORKSPACES.names().full(),
                SystemTypes.WORKSPACES.uid());
    }

    private String asked() {
        return recursive ? "workspaces below" : "workspaces in";
    }
}
