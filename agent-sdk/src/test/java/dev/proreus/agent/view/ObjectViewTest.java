package dev.proreus.agent.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proreus.agent.AgentObject;
import dev.proreus.agent.Fields;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ObjectViewTest {
    private final ObjectView view = new ObjectView();

    @Test
    void aSnapshotCountsWholeAtItsClosingBookmark() {
        view.beginSnapshot();
        assertThat(view.deliver(List.of(present("a", "u1", 1, 5, 0))).triggered())
                .isEmpty();
        assertThat(view.size()).isZero();
        assertThat(view.position()).isEmpty();

        Changes changes = view.bookmark(new Position(9, "inc"), true);

        assertThat(changes.triggered()).containsExactly("a");
        assertThat(view.position()).contains(new Position(9, "inc"));
        assertThat(view.get("a").orElseThrow().resourceVersion()).isEqualTo(5);
    }

    @Test
    void aSnapshotThatIsCutLeavesTheViewAndThePosition() {
        snapshot(9, "inc", present("a", "u1", 1, 5, 0));
        view.beginSnapshot();
        view.deliver(List.of(present("b", "u2", 1, 12, 0)));
        view.abandonSnapshot();

        assertThat(view.position()).contains(new Position(9, "inc"));
        assertThat(view.get("a")).isPresent();
        assertThat(view.get("b")).isEmpty();
        assertThat(view.deliver(List.of(present("b", "u2", 1, 12, 0))).triggered())
                .containsExactly("b");
    }

    @Test
    void whatASnapshotDoesNotNameIsGone() {
        snapshot(9, "inc", present("a", "u1", 1, 5, 0), present("b", "u2", 1, 6, 0), present("c", "u3", 1, 7, 0));

        Changes changes = snapshot(
                20, "inc", present("b", "u2", 1, 6, 0), present("c", "u4", 1, 15, 0), present("d", "u5", 1, 16, 0));

        assertThat(changes.gone()).containsExactlyInAnyOrder("a", "c");
        assertThat(changes.triggered()).containsExactlyInAnyOrder("c", "d");
        assertThat(changes.newHistory()).isFalse();
    }

    @Test
    void aNewHistoryTriggersAll() {
        snapshot(9, "inc", present("a", "u1", 1, 5, 0));
        view.reported("a", "u1", Fields.of(Map.of("position", 4)), 30);

        Changes changes = snapshot(8, "other", present("a", "u1", 1, 5, 1));

        assertThat(changes.newHistory()).isTrue();
        assertThat(changes.triggered()).containsExactly("a");
        assertThat(position("a")).isEqualTo(1);
        assertThat(view.position()).contains(new Position(8, "other"));
        assertThat(view.isBehindOwnReports()).isFalse();
    }

    @Test
    void onlyAnotherGenerationTriggers() {
        snapshot(9, "inc", present("a", "u1", 1, 5, 0));

        assertThat(view.deliver(List.of(present("a", "u1", 1, 10, 3))).triggered())
                .isEmpty();
        assertThat(position("a")).isEqualTo(3);
        assertThat(view.deliver(List.of(present("a", "u1", 2, 11, 3))).triggered())
                .containsExactly("a");
    }

    @Test
    void onlyABookmarkMovesThePosition() {
        snapshot(9, "inc", present("a", "u1", 1, 5, 0));

        view.deliver(List.of(present("a", "u1", 2, 11, 3)));

        assertThat(view.position()).contains(new Position(9, "inc"));
        view.bookmark(new Position(12, "inc"), false);
        assertThat(view.position()).contains(new Position(12, "inc"));
    }

    @Test
    void anOlderEventThanOnesOwnReportBringsTheSpecOnly() {
        snapshot(9, "inc", present("a", "u1", 1, 5, 0));
        view.reported("a", "u1", Fields.of(Map.of("position", 4)), 12);

        Changes changes = view.deliver(List.of(present("a", "u1", 2, 11, 0)));

        assertThat(changes.triggered()).containsExactly("a");
        assertThat(view.get("a").orElseThrow().generation()).isEqualTo(2);
        assertThat(position("a")).isEqualTo(4);
        assertThat(view.get("a").orElseThrow().resourceVersion()).isEqualTo(12);
        assertThat(view.isBehindOwnReports()).isTrue();
        view.deliver(List.of(present("a", "u1", 2, 13, 6)));
        assertThat(position("a")).isEqualTo(6);
        view.bookmark(new Position(13, "inc"), false);
        assertThat(view.isBehindOwnReports()).isFalse();
    }

    @Test
    void aReportThatWasOvertakenByAnEventChangesNothing() {
        snapshot(9, "inc", present("a", "u1", 1, 5, 0));
        view.deliver(List.of(present("a", "u1", 2, 14, 6)));

        view.reported("a", "u1", Fields.of(Map.of("position", 4)), 12);
        view.reported("a", "other", Fields.of(Map.of("position", 5)), 99);

        assertThat(position("a")).isEqualTo(6);
    }

    @Test
    void aSnapshotKeepsAReportThatIsNewer() {
        snapshot(9, "inc", present("a", "u1", 1, 5, 0));
        view.reported("a", "u1", Fields.of(Map.of("position", 4)), 25);

        Changes changes = snapshot(20, "inc", present("a", "u1", 1, 5, 0));

        assertThat(changes.triggered()).isEmpty();
        assertThat(position("a")).isEqualTo(4);
    }

    @Test
    void goneAndComeAgainUnderAnotherUidIsBoth() {
        snapshot(9, "inc", present("a", "u1", 1, 5, 0));

        Changes changes = view.deliver(List.of(new ViewEvent.Gone("a", "u1", 10), present("a", "u2", 1, 11, 0)));

        assertThat(changes.gone()).containsExactly("a");
        assertThat(changes.triggered()).containsExactly("a");
        assertThat(view.deliver(List.of(new ViewEvent.Gone("a", "u1", 12))).gone())
                .isEmpty();
        assertThat(view.deliver(List.of(new ViewEvent.Gone("a", "u2", 13))).gone())
                .containsExactly("a");
        assertThat(view.size()).isZero();
    }

    @Test
    void whatComesTwiceCountsOnce() {
        snapshot(9, "inc", present("a", "u1", 1, 5, 0));
        view.deliver(List.of(present("a", "u1", 2, 11, 0)));

        assertThat(view.deliver(List.of(present("a", "u1", 1, 5, 0))).triggered())
                .isEmpty();
        assertThat(view.get("a").orElseThrow().generation()).isEqualTo(2);
    }

    @Test
    void aKnownObjectIsKept() {
        snapshot(9, "inc", present("a", "u1", 1, 5, 3), present("b", "u2", 1, 6, 0));

        Changes changes = snapshot(20, "inc", new ViewEvent.Known("a", "u1", 1, 5));

        assertThat(changes.gone()).containsExactly("b");
        assertThat(changes.triggered()).isEmpty();
        assertThat(position("a")).isEqualTo(3);
    }

    private Changes snapshot(long revision, String incarnation, ViewEvent... events) {
        view.beginSnapshot();
        view.deliver(List.of(events));
        return view.bookmark(new Position(revision, incarnation), true);
    }

    private long position(String name) {
        return view.get(name).orElseThrow().status().integer("position");
    }

    private static ViewEvent present(String name, String uid, long generation, long version, int position) {
        return new ViewEvent.Present(
                new AgentObject(
                        "root:acme",
                        "robots",
                        name,
                        uid,
                        generation,
                        version,
                        Map.of(),
                        Fields.empty(),
                        Fields.of(Map.of("position", position))),
                version);
    }
}
