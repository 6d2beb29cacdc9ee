package dev.proreus.workspace.watch;

/** Counts what one loop gives in one run, so that the counters that all loops share are touched once. */
final class MessageTally {
    private final WatchMetrics metrics;
    private long messages;
    private long events;
    private long bytes;

    MessageTally(WatchMetrics metrics) {
        this.metrics = metrics;
    }

    void add(Message message) {
        messages++;
        events += message.count();
        bytes += message.bytes();
    }

    void flush() {
        if (messages > 0) {
            metrics.sent(messages, events, bytes);
            messages = 0;
            events = 0;
            bytes = 0;
        }
    }
}
