package dev.proreus.workspace.watch;

import com.google.protobuf.ByteString;
import java.util.List;

/**
 * Events that travel as one message.
 *
 * @param events each an encoded {@code WatchEvent} with field tag 1 and length, shared with other sinks; a message is
 *     their concatenation. The list itself is the sink's to keep, but not the bytes
 * @param workspaces the path of each event's workspace where the subscription covers a subtree; else empty
 * @param bookmark position of a bookmark that stands after the events, or {@link #NO_BOOKMARK}
 */
public record WatchMessage(List<ByteString> events, List<String> workspaces, long bookmark) {
    /** There is no bookmark in the message. */
    public static final long NO_BOOKMARK = -1;

    /** Returns whether a bookmark stands after the events. */
    public boolean hasBookmark() {
        return bookmark != NO_BOOKMARK;
    }
}
