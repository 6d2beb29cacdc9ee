package dev.proreus.workspace.watch;

import com.google.protobuf.ByteString;
import dev.proreus.workspace.RefusedException;
import java.util.List;

/**
 * The transport's end of a subscription. Every method is called on the subscription's loop, one at a time, and must not
 * block.
 */
public interface WatchSink {
    /** Returns whether the transport can take a message now; where not, it calls {@link Subscription#ready()} later. */
    boolean isReady();

    /**
     * Takes events as one message: whole revisions, in order.
     *
     * @param events each an encoded {@code WatchEvent} with field tag 1 and length, shared with other sinks; a message
     *     is their concatenation. The list itself is the sink's to keep
     */
    void events(List<ByteString> events);

    /** Opens a snapshot that shows {@code revision}; called only where the subscription is framed. */
    void snapshotBegin(long revision);

    /** States that everything up to {@code revision} was given; {@code initialDone} closes a snapshot. */
    void bookmark(long revision, boolean initialDone);

    /**
     * States that nothing comes any more; the last call. Not called after {@link Subscription#cancel()}.
     *
     * @param why a {@link RefusedException} where the client can act on it; anything else is a fault of ours, which
     *     reaches the client as INTERNAL and has been logged by nobody yet
     */
    void ended(RuntimeException why);
}
