package dev.proreus.loadtest.fanout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.proreus.loadtest.client.Sequence;
import dev.proreus.loadtest.client.WatchScan;
import dev.proreus.v1.Bookmark;
import dev.proreus.v1.Object;
import dev.proreus.v1.ObjectMeta;
import dev.proreus.v1.WatchEvent;
import dev.proreus.v1.WatchResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

/** A check that cannot fail checks nothing: what the run compares is shown to tell good from bad. */
class FanoutCheckTest {
    @Test
    void aSequenceTellsMissingDoubleAndSwappedRevisions() {
        Sequence right = sequence(3, 5, 6, 9);

        assertThat(sequence(3, 5, 6, 9).equalTo(right)).isTrue();
        assertThat(sequence(3, 5, 9).equalTo(right)).isFalse();
        assertThat(sequence(3, 5, 7, 9).equalTo(right)).isFalse();
        assertThat(sequence(3, 6, 5, 9).equalTo(right)).isFalse();
        assertThat(sequence(3, 6, 5, 9).outOfOrder()).isEqualTo(1);
        assertThat(sequence(3, 5, 5, 9).outOfOrder()).isEqualTo(1);
        Sequence closed = sequence(3);
        closed.closeUpTo(5);
        closed.add(5);
        assertThat(closed.outOfOrder()).isEqualTo(1);
    }

    @Test
    void newestStatesTellAllWritesUpToThemOnceABookmarkSaysSo() {
        Told.Latest told = new Told.Latest(2);
        told.event(10, 0, 3);
        assertThat(told.count()).as("before the bookmark").isZero();
        told.event(12, 1, 1);
        told.bookmark(12);
        assertThat(told.count()).isEqualTo(4);
        assertThat(told.isWhole(sequence(7, 8, 10, 12))).isTrue();
        assertThat(told.isWhole(sequence(7, 8, 10, 13)))
                .as("the bookmark is short of it")
                .isFalse();
        assertThat(told.isWhole(sequence(7, 8, 9, 10, 12))).as("one is missing").isFalse();

        told.event(11, 1, 2);
        told.event(14, 0, 3);
        assertThat(told.outOfOrder()).isEqualTo(2);
    }

    @Test
    void aMessageIsReadWithoutItsBodies() throws IOException {
        WatchResponse message = WatchResponse.newBuilder()
                .addEvents(WatchEvent.newBuilder()
                        .setModified(object("writer-12", 7))
                        .setRevision(41))
                .addEvents(
                        WatchEvent.newBuilder().setAdded(object("writer-3", 1)).setRevision(42))
                .setBookmark(Bookmark.newBuilder().setRevision(43).setInitialDone(true))
                .build();
        List<String> read = new ArrayList<>();
        new WatchScan().read(message.toByteArray(), new WatchScan.Sink() {
            @Override
            public void event(long revision, int writer, long generation) {
                read.add(revision + ": " + writer + " at " + generation);
            }

            @Override
            public void bookmark(long revision, boolean initialDone) {
                read.add(revision + ": " + initialDone);
            }
        });

        assertThat(read).containsExactly("41: 12 at 7", "42: 3 at 1", "43: true");
    }

    @Test
    void aPlanSharesTheEventsOut() {
        FanoutPlan plan = new FanoutPlan(10, 2, 10, 3, 0, 0);

        assertThat(List.of(plan.eventsOf(0), plan.eventsOf(1), plan.eventsOf(2)))
                .containsExactly(4, 3, 3);
        assertThatThrownBy(() -> new FanoutPlan(1, 2, 10, 3, 0, 0)).hasMessageContaining("--connections");
        assertThatThrownBy(() -> new FanoutPlan(1_000_000, 2, 1_000_000, 3, 0, 0))
                .hasMessageContaining("at most");
    }

    @Test
    void figuresAreJsonAndAFaultIsSaid() {
        FanoutPlan plan = new FanoutPlan(10, 2, 10, 3, 0, 0);
        FanoutResult good = new FanoutResult(
                plan, 2, 10, 100, 5_000, 20, new Histogram(3), 250, new FanoutResult.Checks(0, 0, 0, null));
        FanoutResult bad = new FanoutResult(
                plan, 2, 10, 99, 5_000, 20, new Histogram(3), 0, new FanoutResult.Checks(1, 0, 1, "a \"watch\" ended"));

        assertThat(good.text())
                .contains("100 of 100: 0 missing, 0 out of order")
                .contains("50 events/s")
                .contains("2.500 us of CPU an event")
                .contains("5.0 events a message");
        assertThat(good.json()).contains("\"eventsPerSecond\": 50,").contains("\"ok\": true");
        assertThat(bad.text())
                .contains("99 of 100: 1 missing")
                .contains("FAULT")
                .contains("a \"watch\" ended");
        assertThat(bad.json())
                .contains("\"failure\": \"a \\\"watch\\\" ended\"")
                .contains("\"ok\": false");
    }

    private static Sequence sequence(long... revisions) {
        Sequence sequence = new Sequence();
        for (long revision : revisions) {
            sequence.add(revision);
        }
        return sequence;
    }

    private static Object object(String name, long generation) {
        return Object.newBuilder()
                .setKind("Fanout")
                .setMetadata(ObjectMeta.newBuilder()
                        .setName(name)
                        .setGeneration(generation)
                        .setUid("u"))
                .build();
    }
}
