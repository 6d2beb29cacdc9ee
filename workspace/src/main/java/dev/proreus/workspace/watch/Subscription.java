package dev.proreus.workspace.watch;

/** One running watch. Methods may be called from any thread and take effect on the subscription's loop. */
public interface Subscription {
    /** Says that the transport can take a message again. */
    void ready();

    /** Asks for a bookmark at the newest revision published now, after everything up to it. */
    void requestBookmark();

    /** Ends the subscription without a word to its sink. */
    void cancel();
}
