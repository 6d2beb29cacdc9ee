package dev.proreus.loadtest.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proreus.v1.Bookmark;
import dev.proreus.v1.WatchEvent;
import dev.proreus.v1.WatchResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Messages of a watch that are read into one buffer. */
class MessageBufferTest {
    private final MessageBuffer.Filled filled = new MessageBuffer.Filled();
    private final List<String> found = new ArrayList<>();

    @Test
    void eachMessageIsReadWholeWhateverCameBefore() throws IOException {
        read(message(20_000));
        read(message(1));
        assertThat(found).hasSize(20_001 + 2).endsWith("event 1", "bookmark 2");
    }

    @Test
    void theBytesAreTheSameForAllMessagesThatFit() {
        byte[] first = filled.parse(stream(message(1))).bytes();
        assertThat(filled.parse(stream(message(2))).bytes()).isSameAs(first);
    }

    private void read(WatchResponse message) throws IOException {
        new WatchScan().read(filled.parse(stream(message)), new WatchScan.Sink() {
            @Override
            public void event(long revision, int writer, long generation) {
                found.add("event " + revision);
            }

            @Override
            public void bookmark(long revision, boolean initialDone) {
                found.add("bookmark " + revision);
            }
        });
    }

    private static WatchResponse message(int events) {
        WatchResponse.Builder message = WatchResponse.newBuilder();
        for (int i = 1; i <= events; i++) {
            message.addEvents(WatchEvent.newBuilder().setRevision(i));
        }
        return message.setBookmark(Bookmark.newBuilder().setRevision(events + 1))
                .build();
    }

    /** Gives few bytes at a time, as a stream of frames does. */
    private static InputStream stream(WatchResponse message) {
        return new ByteArrayInputStream(message.toByteArray()) {
            @Override
            public synchronized int read(byte[] into, int at, int length) {
                return super.read(into, at, Math.min(length, 1_000));
            }
        };
    }
}
