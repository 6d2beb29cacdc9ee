package dev.proreus.workspace.read;

import static dev.proreus.workspace.read.HistoryRows.ACME;
import static dev.proreus.workspace.read.HistoryRows.BERLIN;
import static dev.proreus.workspace.read.HistoryRows.OTHER;
import static dev.proreus.workspace.read.HistoryRows.ROOT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.proreus.workspace.ChangeView;
import dev.proreus.workspace.History;
import dev.proreus.workspace.Place;
import dev.proreus.workspace.Reason;
import dev.proreus.workspace.RefusedException;
import dev.proreus.workspace.Scope;
import dev.proreus.workspace.store.StoreCorruptException;
import dev.proreus.workspace.store.Table;
import dev.proreus.workspace.store.rows.WorkspaceRow;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the history of a subtree gives: the commits of the workspaces in it, in the store's one order. */
class SubtreeReaderTest {
    private static final Scope.Subtree SCOPE = new Scope.Subtree(ACME);
    private static final int MANY = 100;

    private final HistoryRows rows = new HistoryRows(0);
    private final ObjectReader reader = rows.reader;

    /** Sequences 1 to 6. */
    @BeforeEach
    void write() {
        rows.workspace(ROOT, WorkspaceRow.Life.ACTIVE);
        rows.put(ACME, "a", 1);
        rows.put(OTHER, "o", 1);
        rows.put(BERLIN, "b", 1);
        rows.put(BERLIN, "b", 2);
        rows.put(OTHER, "o", 2);
        rows.put(ACME, "a", 2);
    }

    @Test
    void theCommitsOfTheSubtreeAreReadInTheOrderOfTheStore() {
        History.Log log = reader.log(SCOPE, 0, 6, MANY);
        assertThat(log.changes()).extracting(ChangeView::sequence).containsExactly(1L, 3L, 4L, 6L);
        assertThat(log.changes()).extracting(ChangeView::workspaceId).containsExactly(ACME, BERLIN, BERLIN, ACME);
        assertThat(log.reached()).isEqualTo(6);
        assertThat(reader.counts().seeks()).isEqualTo(1);
        assertThat(reader.counts().rows())
                .as("those of seq, and of the log those of the subtree")
                .isEqualTo(6 + 4);
        History.Log later = reader.log(SCOPE, 3, 5, MANY);
        assertThat(later.changes()).extracting(ChangeView::sequence).containsExactly(4L);
        assertThat(later.reached()).isEqualTo(5);
        History.Log part = reader.log(SCOPE, 0, 6, 3);
        assertThat(part.reached()).isEqualTo(2);
        assertThat(part.changes()).hasSize(1);
    }

    @Test
    void aBatchOfSeveralCommitsIsReadFromItsMidstAndCountsAsOneRow() {
        rows.putTogether(ACME, OTHER, BERLIN); // sequences 7 to 9
        rows.putTogether(OTHER, BERLIN, ACME); // sequences 10 to 12
        assertThat(sequences(reader.log(SCOPE, 6, 12, MANY))).containsExactly(7L, 9L, 11L, 12L);
        assertThat(sequences(reader.log(SCOPE, 7, 12, MANY))).containsExactly(9L, 11L, 12L);
        assertThat(sequences(reader.log(SCOPE, 9, 12, MANY))).containsExactly(11L, 12L);
        assertThat(sequences(reader.log(SCOPE, 11, 12, MANY))).containsExactly(12L);
        History.Log inside = reader.log(SCOPE, 6, 8, MANY);
        assertThat(sequences(inside)).containsExactly(7L);
        assertThat(inside.reached()).isEqualTo(8);
        History.Log first = reader.log(SCOPE, 6, 12, 1);
        assertThat(sequences(first)).as("a batch is never split").containsExactly(7L, 9L);
        assertThat(first.reached()).isEqualTo(9);
        assertThat(sequences(reader.log(SCOPE, 6, 12, 3))).as("three rows").containsExactly(7L, 9L);
        assertThat(sequences(reader.log(SCOPE, 6, 12, 4))).containsExactly(7L, 9L, 11L, 12L);

        rows.lose(Table.SEQUENCE, rows.keys.sequence(7));
        for (long after : new long[] {6, 7, 8}) {
            assertThat(refused(() -> reader.log(SCOPE, after, 12, MANY)).reason())
                    .isEqualTo(Reason.RESOURCE_VERSION_EXPIRED);
        }
        assertThat(sequences(reader.log(SCOPE, 9, 12, MANY))).containsExactly(11L, 12L);
    }

    private static List<Long> sequences(History.Log log) {
        return log.changes().stream().map(ChangeView::sequence).toList();
    }

    @Test
    void whatWasTrimmedIsRefusedAndNotPassedOver() {
        rows.lose(Table.SEQUENCE, rows.keys.sequence(1));
        rows.lose(Table.SEQUENCE, rows.keys.sequence(2));
        for (long after : new long[] {0, 1}) {
            RefusedException refusal = refused(() -> reader.log(SCOPE, after, 6, MANY));
            assertThat(refusal.reason()).isEqualTo(Reason.RESOURCE_VERSION_EXPIRED);
            assertThat(refusal.metadata()).containsEntry("workspace", "root:acme");
            assertThat(refused(() -> reader.revisions(SCOPE, after)).reason())
                    .isEqualTo(Reason.RESOURCE_VERSION_EXPIRED);
        }
        assertThat(reader.log(SCOPE, 2, 6, MANY).changes()).hasSize(3);
        rows.lose(Table.SEQUENCE, rows.keys.sequence(5));
        assertThat(refused(() -> reader.log(SCOPE, 2, 6, MANY)).reason())
                .as("a gap")
                .isEqualTo(Reason.RESOURCE_VERSION_EXPIRED);
        assertThat(refused(() -> reader.log(SCOPE, 6, 7, MANY)).reason())
                .as("there is nothing that it could reach")
                .isEqualTo(Reason.RESOURCE_VERSION_EXPIRED);
    }

    @Test
    void aMissingRowOfTheLogIsDamageUnlessItsWorkspaceIsGone() {
        rows.lose(Table.LOG, rows.keys.log(BERLIN, 1));
        assertThatThrownBy(() -> reader.log(SCOPE, 0, 6, MANY)).isInstanceOf(StoreCorruptException.class);
        rows.floors.put(BERLIN, 1L);
        assertThat(refused(() -> reader.log(SCOPE, 0, 6, MANY)).reason()).isEqualTo(Reason.RESOURCE_VERSION_EXPIRED);
        rows.floors.remove(BERLIN);
        History.Log log = reader.log(SCOPE, 0, 6, MANY);
        assertThat(log.changes()).extracting(ChangeView::sequence).containsExactly(1L, 4L, 6L);
        assertThat(log.reached()).isEqualTo(6);
    }

    @Test
    void theRevisionsOfASubtreeAreThoseOfOneMoment() {
        assertThat(reader.revisions(SCOPE, 6)).isEqualTo(Map.of(ACME, 2L, BERLIN, 2L));
        assertThat(reader.counts().seeks()).isEqualTo(2);
        assertThat(reader.counts().rows()).as("the rows of workspaces").isEqualTo(4);
        assertThat(reader.revisions(SCOPE, 3)).isEqualTo(Map.of(ACME, 1L, BERLIN, 1L));
        assertThat(reader.counts().rows()).isEqualTo(4 + 4 + 3);
        assertThat(reader.revisions(SCOPE, 0)).isEqualTo(Map.of(ACME, 0L, BERLIN, 0L));
        assertThat(reader.revisions(new Scope.Subtree(ROOT), 2))
                .isEqualTo(Map.of(ROOT, 0L, ACME, 1L, BERLIN, 0L, OTHER, 1L));
        rows.workspace(BERLIN, new WorkspaceRow.Gone(7));
        assertThat(reader.revisions(SCOPE, 6)).as("what is gone by now").isEqualTo(Map.of(ACME, 2L));
    }

    @Test
    void placesAreKnownOfWhatIsGone() {
        Places places = new Places(rows.store, rows.keys, id -> id == OTHER ? new Place("live", OTHER) : null);
        assertThat(place(places, OTHER).path()).isEqualTo("live");
        assertThat(place(places, BERLIN).path()).isEqualTo("root:acme:berlin");
        assertThat(place(places, BERLIN).isWithin(ACME)).isTrue();
        assertThat(place(places, ROOT).path()).isEqualTo("root");
        assertThat(place(places, ROOT).ancestor(0)).isEqualTo(ROOT);
        assertThat(places.apply(99)).isNull();
        rows.lose(Table.META, rows.keys.workspace(ACME));
        assertThat(places.apply(BERLIN)).as("nobody knows where its parent was").isNull();
    }

    private static Place place(Places places, long id) {
        return Objects.requireNonNull(places.apply(id));
    }

    private static RefusedException refused(ThrowingCallable call) {
        return Objects.requireNonNull(catchThrowableOfType(RefusedException.class, call));
    }
}
