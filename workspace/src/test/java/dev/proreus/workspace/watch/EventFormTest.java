package dev.proreus.workspace.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.proreus.v1.Delivery;
import dev.proreus.v1.Object;
import dev.proreus.v1.WatchEvent;
import dev.proreus.v1.WatchResponse;
import dev.proreus.workspace.Change;
import dev.proreus.workspace.ChangeKind;
import dev.proreus.workspace.Sections;
import dev.proreus.workspace.Selectable;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EventFormTest {
    private static final ByteString NEW =
            Object.newBuilder().setKind("New").build().toByteString();
    private static final ByteString OLD =
            Object.newBuilder().setKind("Old").build().toByteString();

    @Test
    void formsOfWhatMatchedAndMatches() {
        WatchFilter berlin = new Filters.Assigned("berlin");
        assertThat(form(ChangeKind.ADDED, null, "berlin", berlin)).isEqualTo(EventForm.COMMITTED);
        assertThat(form(ChangeKind.ADDED, null, "paris", berlin)).isEqualTo(EventForm.NONE);
        assertThat(form(ChangeKind.MODIFIED, "berlin", "berlin", berlin)).isEqualTo(EventForm.COMMITTED);
        assertThat(form(ChangeKind.MODIFIED, "paris", "berlin", berlin)).isEqualTo(EventForm.ENTERED);
        assertThat(form(ChangeKind.MODIFIED, null, "berlin", berlin)).isEqualTo(EventForm.ENTERED);
        assertThat(form(ChangeKind.MODIFIED, "berlin", "paris", berlin)).isEqualTo(EventForm.LEFT);
        assertThat(form(ChangeKind.MODIFIED, "berlin", null, berlin)).isEqualTo(EventForm.LEFT);
        assertThat(form(ChangeKind.MODIFIED, "paris", null, berlin)).isEqualTo(EventForm.NONE);
        assertThat(form(ChangeKind.DELETED, "berlin", "berlin", berlin)).isEqualTo(EventForm.COMMITTED);
        assertThat(form(ChangeKind.DELETED, "paris", "paris", berlin)).isEqualTo(EventForm.NONE);
    }

    @Test
    void ownStatusIsNotEchoedUnlessTheObjectMoves() {
        WatchFilter berlin = new Filters.Assigned("berlin");
        Change report = change(ChangeKind.MODIFIED, "berlin", "berlin", Sections.STATUS, 5);
        assertThat(EventForm.of(report, berlin, 5)).isEqualTo(EventForm.NONE);
        assertThat(EventForm.of(report, berlin, 6)).isEqualTo(EventForm.COMMITTED);
        assertThat(EventForm.of(report, berlin, 0)).isEqualTo(EventForm.COMMITTED);
        Change withSpec = change(ChangeKind.MODIFIED, "berlin", "berlin", Sections.STATUS | Sections.SPEC, 5);
        assertThat(EventForm.of(withSpec, berlin, 5)).isEqualTo(EventForm.COMMITTED);
        Change nobodys = change(ChangeKind.MODIFIED, "berlin", "berlin", Sections.STATUS, 0);
        assertThat(EventForm.of(nobodys, berlin, 0)).isEqualTo(EventForm.COMMITTED);
        Change moved = change(ChangeKind.MODIFIED, "berlin", "paris", Sections.STATUS, 5);
        assertThat(EventForm.of(moved, berlin, 5)).isEqualTo(EventForm.LEFT);
    }

    @Test
    void bytesAreThoseOfTheGeneratedMessages() throws InvalidProtocolBufferException {
        Object object = Object.parseFrom(NEW);
        WatchEvent.Builder event = WatchEvent.newBuilder().setRevision(300);
        assertBytes(ChangeKind.ADDED, EventForm.COMMITTED, event.setAdded(object));
        assertBytes(ChangeKind.MODIFIED, EventForm.COMMITTED, event.setModified(object));
        assertBytes(ChangeKind.DELETED, EventForm.COMMITTED, event.setDeleted(object));
        assertBytes(ChangeKind.MODIFIED, EventForm.ENTERED, event.setAdded(object));
        assertBytes(ChangeKind.MODIFIED, EventForm.LEFT, event.setLeft(Object.parseFrom(OLD)));
    }

    @Test
    void bytesAreTheSameForever() {
        Change change = change(ChangeKind.MODIFIED, "berlin", "paris", Sections.SPEC, 0);
        assertThat(HexFormat.of().formatHex(EventForm.LEFT.encode(change).toByteArray()))
                .isEqualTo("0a0a" + "2205" + "12034f6c64" + "38ac02");
    }

    @Test
    void aMessageIsAConcatenation() throws InvalidProtocolBufferException {
        ByteString one = EventForm.COMMITTED.encode(change(ChangeKind.ADDED, null, "berlin", Sections.SPEC, 0));
        ByteString two = EventForm.LEFT.encode(change(ChangeKind.MODIFIED, "berlin", null, Sections.SPEC, 0));
        List<WatchEvent> watched = WatchResponse.parseFrom(one.concat(two)).getEventsList();
        assertThat(watched)
                .extracting(WatchEvent::getChangeCase)
                .containsExactly(WatchEvent.ChangeCase.ADDED, WatchEvent.ChangeCase.LEFT);
        assertThat(Delivery.parseFrom(one.concat(two)).getEventsList()).isEqualTo(watched);
    }

    @Test
    void whatLeavesNeedsTheStateBefore() {
        Change without = change(ChangeKind.MODIFIED, Sections.SPEC, "berlin", "paris", null, 0);
        assertThatThrownBy(() -> EventForm.LEFT.encode(without))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("300");
    }

    private static void assertBytes(ChangeKind kind, EventForm form, WatchEvent.Builder event) {
        Change change = change(kind, "berlin", "paris", Sections.SPEC, 0);
        ByteString expected =
                WatchResponse.newBuilder().addEvents(event).build().toByteString();
        assertThat(form.encode(change)).isEqualTo(expected);
    }

    private static EventForm form(ChangeKind kind, @Nullable String before, @Nullable String now, WatchFilter filter) {
        return EventForm.of(change(kind, before, now, Sections.SPEC, 0), filter, 0);
    }

    private static Change change(
            ChangeKind kind, @Nullable String before, @Nullable String now, int sections, long epoch) {
        return change(kind, sections, before, now, OLD, epoch);
    }

    private static Change change(
            ChangeKind kind,
            int sections,
            @Nullable String before,
            @Nullable String now,
            @Nullable ByteString previous,
            long epoch) {
        Selectable state = Filters.state("r", now);
        Selectable was = Objects.equals(before, now) ? state : Filters.state("r", before);
        return new Change(
                1, 1, 300, 1, "r", kind, sections, NEW, state, kind == ChangeKind.ADDED ? null : was, previous, epoch);
    }
}
