package dev.proreus.workspace.watch;

import com.google.protobuf.ByteString;
import dev.proreus.workspace.Limits;
import java.util.ArrayList;
import java.util.List;

/** Events on their way into one message: whole revisions, closed at a revision's border once it is large enough. */
final class Message {
    private final List<ByteString> events = new ArrayList<>(4);
    private long bytes;
    private long through = Feed.NOTHING;

    /** Takes revisions from a feed until there is none, or the message is large enough. */
    static Message from(Feed feed) {
        Message message = new Message();
        while (message.bytes <= Limits.WATCH_BATCH_BYTES && message.take(feed)) {}
        return message;
    }

    void add(ByteString event) {
        events.add(event);
        bytes += event.size();
    }

    boolean isEmpty() {
        return events.isEmpty();
    }

    /** Returns the last revision in the message; it is not empty. */
    long through() {
        return through;
    }

    /** Returns the events, for somebody else to keep. */
    List<ByteString> events() {
        return events;
    }

    private boolean take(Feed feed) {
        int whole = events.size();
        long wholeBytes = bytes;
        long revision = feed.appendNext(this);
        if (revision < 0 || bytes > Limits.WATCH_MESSAGE_BYTES) {
            if (revision >= 0 && whole == 0) {
                throw new IllegalStateException("revision " + revision + " has " + bytes
                        + " bytes of events, and a message holds " + Limits.WATCH_MESSAGE_BYTES);
            }
            events.subList(whole, events.size()).clear();
            bytes = wholeBytes;
            return false;
        }
        feed.advance();
        through = revision;
        return true;
    }
}
