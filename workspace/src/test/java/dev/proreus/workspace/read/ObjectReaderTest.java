package dev.proreus.workspace.read;

import static dev.proreus.workspace.read.HistoryRows.ACME;
import static dev.proreus.workspace.read.HistoryRows.ROBOTS;
import static dev.proreus.workspace.read.HistoryRows.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import dev.proreus.workspace.BodyRoom;
import dev.proreus.workspace.Change;
import dev.proreus.workspace.ChangeKind;
import dev.proreus.workspace.ChangeView;
import dev.proreus.workspace.History;
import dev.proreus.workspace.Limits;
import dev.proreus.workspace.ObjectState;
import dev.proreus.workspace.Reason;
import dev.proreus.workspace.RefusedException;
import dev.proreus.workspace.Scope;
import dev.proreus.workspace.Sections;
import dev.proreus.workspace.TermHashes;
import dev.proreus.workspace.cache.NewestObject;
import dev.proreus.workspace.store.StoreCorruptException;
import dev.proreus.workspace.store.Table;
import dev.proreus.workspace.store.rows.HeadRow;
import dev.proreus.workspace.type.DeclaredFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a workspace's history gives to those who read it, and what that costs. */
class ObjectReaderTest {
    private static final Scope SCOPE = new Scope.OneWorkspace(ACME);
    private static final int MANY = 100;

    private final HistoryRows rows = new HistoryRows(0);
    private final ObjectReader reader = rows.reader;

    @Test
    void theLogIsReadInOrderAndItsBodiesWhenTheyAreAskedFor() {
        rows.put(ACME, "a", 1);
        rows.put(ACME, "a", 2);
        rows.delete(ACME, "a");
        History.Log log = reader.log(SCOPE, 0, 3, MANY);
        assertThat(log.reached()).isEqualTo(3);
        assertThat(log.changes())
                .extracting(ChangeView::kind)
                .containsExactly(ChangeKind.ADDED, ChangeKind.MODIFIED, ChangeKind.DELETED);
        assertThat(log.changes()).extracting(ChangeView::revision).containsExactly(1L, 2L, 3L);
        assertCost(1, 3, 0);

        ChangeView modified = log.changes().get(1);
        assertThat(modified.object()).isEqualTo(object("a", 2));
        assertThat(modified.object()).isEqualTo(object("a", 2));
        assertThat(modified.previous()).isEqualTo(object("a", 1));
        assertThat(modified.previous()).isEqualTo(object("a", 1));
        assertCost(1, 3, 2);
        assertThat(modified.sections()).isEqualTo(Sections.SPEC);
        assertThat(modified.reporterEpoch()).isEqualTo(9);
        assertThat(modified.now().field("spec.target")).isEqualTo("2");
        assertThat(Objects.requireNonNull(modified.before()).field("spec.target"))
                .isEqualTo("1");
        assertThat(log.changes().get(0).before()).isNull();
        assertThat(log.changes().get(0).previous()).isNull();
        ChangeView deleted = log.changes().get(2);
        assertThat(deleted.object()).as("as it last was").isEqualTo(object("a", 2));
        assertThat(deleted.previous()).isNull();
        assertThat(deleted.before()).isSameAs(deleted.now());
    }

    @Test
    void aPartOfTheLogReachesAsFarAsItWasRead() {
        for (int i = 0; i < 5; i++) {
            rows.put(ACME, "a", i);
        }
        History.Log part = reader.log(SCOPE, 1, 5, 2);
        assertThat(part.changes()).extracting(ChangeView::revision).containsExactly(2L, 3L);
        assertThat(part.reached()).isEqualTo(3);
        History.Log rest = reader.log(SCOPE, 3, 5, 2);
        assertThat(rest.changes()).extracting(ChangeView::revision).containsExactly(4L, 5L);
        assertThat(rest.reached()).isEqualTo(5);
        assertThat(reader.log(SCOPE, 5, 7, 2)).isEqualTo(new History.Log(List.of(), 7));
    }

    /** Who reads at a revision sees nothing newer, though the cache may have it before that is told to anybody. */
    @Test
    void aSingleObjectComesFromTheCacheWhereThatIsAsOldAsWhatIsAskedFor() {
        rows.put(ACME, "a", 1);
        rows.put(ACME, "a", 2);
        ByteString cached = object("a", 22);
        HeadRow head = new HeadRow(2, new UUID(1, 1), 1, cached.size());
        rows.newest.put(ACME, ROBOTS, "a", new NewestObject(head, ByteString.EMPTY, cached, null));
        assertThat(stateAt(1).object()).isEqualTo(object("a", 1));
        for (long revision = 2; revision < 4; revision++) {
            ObjectState state = stateAt(revision);
            assertThat(state.object()).isEqualTo(cached);
            assertThat(state.revision()).isEqualTo(2);
            assertThat(state.name()).isEqualTo("a");
            assertThat(state.selectable().field("spec.target")).isEqualTo("22");
        }
        rows.newest.remove(ACME, ROBOTS, "a");
        assertThat(stateAt(3).object()).isEqualTo(object("a", 2));
    }

    private ObjectState stateAt(long revision) {
        return Objects.requireNonNull(reader.state(ACME, ROBOTS, "a", revision));
    }

    @Test
    void bodiesThatAreReadAheadAreNotReadAgainAndThoseThatAreMissingAreLeftOut() {
        rows.put(ACME, "a", 1);
        rows.put(ACME, "b", 2);
        rows.delete(ACME, "a");
        rows.lose(Table.VERSION, rows.keys.version(ACME, ROBOTS, "b", 2));
        History.Log log = reader.log(SCOPE, 0, 3, MANY);
        reader.readAhead(log.changes(), BodyRoom.OWN);
        assertCost(1, 3, 2);
        assertThat(log.changes().get(0).object()).isEqualTo(object("a", 1));
        assertThat(log.changes().get(2).object()).isEqualTo(object("a", 1));
        reader.readAhead(log.changes(), BodyRoom.OWN);
        assertCost(1, 3, 2);
    }

    @Test
    void bodiesThatTheCacheHasAreNotLookedUpInTheStore() {
        rows.put(ACME, "a", 1);
        rows.put(ACME, "a", 2);
        rows.put(ACME, "b", 1);
        rows.delete(ACME, "a");
        cache(1, "a", 1);
        cache(2, "a", 2);
        List<ChangeView> changes = reader.log(SCOPE, 0, 4, MANY).changes();
        for (long revision = 1; revision <= 2; revision++) {
            rows.lose(Table.VERSION, rows.keys.version(ACME, ROBOTS, "a", revision));
        }
        reader.readAhead(changes, BodyRoom.OWN);
        assertThat(changes)
                .extracting(ChangeView::object)
                .containsExactly(object("a", 1), object("a", 2), object("b", 1), object("a", 2));
        assertThat(changes.get(1).previous()).isEqualTo(object("a", 1));
        assertCost(1, 4, 1);
    }

    /** So that many large bodies are not all in the heap at once, wherever they come from. */
    @Test
    void bodiesThatTheCacheHasAreReadAheadUpToABoundAsWell() {
        ByteString large = ByteString.copyFrom(new byte[Limits.SHARE_BYTES * 2 / 5]);
        for (long revision = 1; revision <= 5; revision++) {
            rows.put(ACME, "a", large);
            cache(revision, "a", large);
        }
        List<ChangeView> changes = reader.log(SCOPE, 0, 5, MANY).changes();
        reader.readAhead(changes, BodyRoom.OWN);
        assertThat(changes.stream().filter(change -> ((LoggedChange) change).isRead()))
                .hasSize(3);
        assertThat(changes).extracting(ChangeView::object).containsOnly(large);
    }

    private void cache(long revision, String name, int target) {
        cache(revision, name, object(name, target));
    }

    private void cache(long revision, String name, ByteString object) {
        rows.bodies.add(new Change(
                revision,
                ACME,
                revision,
                ROBOTS,
                name,
                ChangeKind.ADDED,
                Sections.SPEC,
                object,
                DeclaredFields.NONE.selectable(name, ByteString.EMPTY),
                null,
                null,
                0));
    }

    @Test
    void whatIsMissingBelowTheFloorIsTooOldAboveItDamageAndOfWhatIsGoneDeleted() {
        rows.put(ACME, "a", 1);
        rows.put(ACME, "a", 2);
        rows.lose(Table.VERSION, rows.keys.version(ACME, ROBOTS, "a", 1));
        ChangeView first = reader.log(SCOPE, 0, 2, MANY).changes().get(0);
        assertThatThrownBy(first::object)
                .isInstanceOf(StoreCorruptException.class)
                .hasMessageContaining("revision 1 of workspace 2");
        rows.floors.put(ACME, 1L);
        RefusedException expired = refused(first::object);
        assertThat(expired.reason()).isEqualTo(Reason.RESOURCE_VERSION_EXPIRED);
        assertThat(expired.metadata())
                .containsEntry("revision", "1")
                .containsEntry("oldest", "1")
                .containsEntry("workspace", "root:acme");
        rows.floors.remove(ACME);
        assertThat(refused(first::object).reason()).isEqualTo(Reason.WORKSPACE_DELETED);
    }

    @Test
    void statesAreThoseOfTheRevisionWhateverCameLater() {
        rows.put(ACME, "a", 1);
        rows.put(ACME, "b", 1);
        rows.put(ACME, "c", 1);
        rows.put(ACME, "b", 2);
        rows.delete(ACME, "c");
        rows.put(ACME, "d", 1);
        assertThat(states(null, 3, MANY, MANY * 1_000)).containsExactly("a@1", "b@2", "c@3");
        assertThat(states(null, 5, MANY, MANY * 1_000)).containsExactly("a@1", "b@4");
        assertThat(states("a", 6, MANY, MANY * 1_000)).containsExactly("b@4", "d@6");
        ObjectState one = Objects.requireNonNull(reader.state(ACME, ROBOTS, "b", 3));
        assertThat(one.revision()).isEqualTo(2);
        assertThat(one.object()).isEqualTo(object("b", 1));
        assertThat(one.selectable().field("spec.target")).isEqualTo("1");
        assertThat(reader.state(ACME, ROBOTS, "d", 5)).as("not yet").isNull();
        assertThat(reader.state(ACME, ROBOTS, "c", 5)).as("no longer").isNull();
        assertThat(reader.states(ACME, ROBOTS, "b", null, 5, 1, 1).list()).hasSize(1);
        assertThat(reader.states(ACME, ROBOTS, "b", "b", 5, 1, 1))
                .as("there is none after it")
                .isEqualTo(new History.States(List.of(), false));
        assertThat(reader.states(ACME, ROBOTS, "x", null, 5, 1, 1).list()).isEmpty();
    }

    @Test
    void boundedIsAPageInObjectsAndInBytesAndSaysWhetherOthersFollow() {
        rows.put(ACME, "a", 1);
        rows.put(ACME, "b", 1);
        rows.put(ACME, "c", 1);
        rows.delete(ACME, "c");
        int bytes = object("a", 1).size();
        assertThat(reader.states(ACME, ROBOTS, null, null, 3, 2, MANY * bytes).more())
                .isTrue();
        assertThat(reader.states(ACME, ROBOTS, null, null, 4, 2, MANY * bytes).more())
                .as("what follows is gone")
                .isFalse();
        assertThat(states(null, 4, 1, MANY * bytes)).containsExactly("a@1");
        assertThat(states(null, 3, MANY, bytes)).containsExactly("a@1");
        assertThat(states(null, 3, MANY, bytes + 1)).containsExactly("a@1", "b@2");
        assertThat(states(null, 3, MANY, 2 * bytes)).containsExactly("a@1", "b@2");
    }

    @Test
    void versionsOfANameTellWhatHappenedToIt() {
        rows.put(ACME, "a", 1);
        rows.put(ACME, "b", 1);
        rows.put(ACME, "a", 2);
        rows.delete(ACME, "a");
        History.Log log = reader.versions(ACME, ROBOTS, "a", 0, 4, true, MANY);
        assertThat(log.reached()).isEqualTo(4);
        assertThat(log.changes())
                .extracting(ChangeView::kind)
                .containsExactly(ChangeKind.ADDED, ChangeKind.MODIFIED, ChangeKind.DELETED);
        ChangeView modified = log.changes().get(1);
        assertThat(modified.object()).isEqualTo(object("a", 2));
        assertThat(modified.previous()).isEqualTo(object("a", 1));
        assertThat(modified.sequence()).isEqualTo(3);
        assertThat(modified.sections()).isEqualTo(Sections.SPEC);
        assertThat(modified.reporterEpoch()).isEqualTo(9);
        assertThat(log.changes().get(2).object()).isEqualTo(object("a", 2));
        assertCost(1, 4, 0);

        ChangeView plain =
                reader.versions(ACME, ROBOTS, "a", 1, 3, false, MANY).changes().get(0);
        assertThat(plain.revision()).isEqualTo(3);
        assertThat(plain.previous()).isEqualTo(object("a", 1));
        assertThat(plain.sections()).isEqualTo(Sections.METADATA | Sections.SPEC | Sections.STATUS);
        assertThat(plain.reporterEpoch()).isZero();
        assertThat(plain.termsNow()).isEqualTo(TermHashes.ANY);
        assertThat(reader.versions(ACME, ROBOTS, "a", 4, 9, true, MANY)).isEqualTo(new History.Log(List.of(), 9));
        assertThat(reader.versions(ACME, ROBOTS, "x", 0, 9, true, MANY)).isEqualTo(new History.Log(List.of(), 9));
    }

    @Test
    void manyVersionsAreReadFromTheOldestOnAndNoneIsLeftOut() {
        for (int i = 1; i <= 10; i++) {
            rows.put(ACME, "a", i);
        }
        rows.put(ACME, "b", 1);
        rows.put(ACME, "b", 2);
        for (int most : new int[] {1, 2, 3, 9, 10, 11}) {
            for (long start : new long[] {0, 2}) {
                assertThat(readOn("a", start, 12, most))
                        .as("%s at most at a time, after %s", most, start)
                        .isEqualTo(LongStream.rangeClosed(start + 1, 10).boxed().toList());
            }
        }
    }

    /** Returns the revisions of the changes of a name, read in as many parts as it takes. */
    private List<Long> readOn(String name, long start, long through, int most) {
        List<Long> seen = new ArrayList<>();
        long after = start;
        while (after < through) {
            History.Log log = reader.versions(ACME, ROBOTS, name, after, through, false, most);
            assertThat(log.reached()).as("reads of %s get on", most).isGreaterThan(after);
            assertThat(log.changes()).hasSizeLessThanOrEqualTo(most + 1);
            for (ChangeView change : log.changes()) {
                seen.add(change.revision());
                assertThat(change.previous() == null).isEqualTo(change.revision() == 1);
            }
            after = log.reached();
        }
        assertThat(after).as("the last part reaches to the end").isEqualTo(through);
        return seen;
    }

    @Test
    void aLookFromBelowCostsASeekMoreAndAnotherWhereThereIsNoStateBefore() {
        for (int i = 1; i <= 10; i++) {
            rows.put(ACME, "a", i);
        }
        assertThat(reader.versions(ACME, ROBOTS, "a", 2, 10, false, 2).reached())
                .isEqualTo(4);
        assertThat(reader.counts().seeks()).isEqualTo(2);
        assertThat(reader.versions(ACME, ROBOTS, "a", 0, 10, false, 2).reached())
                .isEqualTo(3);
        assertThat(reader.counts().seeks()).isEqualTo(2 + 3);
    }

    @Test
    void largeVersionsAreReadAFewAtATime() {
        for (int i = 1; i <= 8; i++) {
            rows.put(ACME, "a", ByteString.copyFrom(new byte[Limits.SHARE_BYTES / 2 + 1]));
        }
        assertThat(reader.versions(ACME, ROBOTS, "a", 6, 8, false, MANY).changes())
                .as("with the state before they are fewer bytes than two shares")
                .hasSize(2);
        History.Log part = reader.versions(ACME, ROBOTS, "a", 1, 8, false, MANY);
        assertThat(part.changes()).hasSize(1);
        assertThat(part.reached()).isEqualTo(2);
        assertThat(readOn("a", 0, 8, MANY)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
    }

    @Test
    void aTombstoneOfNothingIsDamage() {
        rows.put(ACME, "a", 1);
        rows.delete(ACME, "a");
        rows.lose(Table.VERSION, rows.keys.version(ACME, ROBOTS, "a", 1));
        assertThatThrownBy(() -> reader.versions(ACME, ROBOTS, "a", 0, 2, false, MANY))
                .isInstanceOf(StoreCorruptException.class)
                .hasMessageContaining("a was deleted at revision 2");
    }

    @Test
    void whereTheLogDoesNotKnowWhatAVersionSaysIsDamage() {
        rows.put(ACME, "a", 1);
        rows.put(ACME, "a", 2);
        rows.lose(Table.LOG, rows.keys.log(ACME, 2));
        assertThatThrownBy(() -> reader.versions(ACME, ROBOTS, "a", 1, 2, true, MANY))
                .isInstanceOf(StoreCorruptException.class)
                .hasMessageContaining("no the log at revision 2");
    }

    /** Of what was written before its type declared the fields, the log lacks terms that hold. */
    @Test
    void theTermsOfWhatIsOlderThanTheFieldsOfItsTypeMayBeAny() {
        HistoryRows younger = new HistoryRows(2);
        for (int i = 1; i <= 3; i++) {
            younger.put(ACME, "a", i);
        }
        List<ChangeView> changes = younger.reader.log(SCOPE, 0, 3, MANY).changes();
        assertThat(changes)
                .extracting(ChangeView::termsNow)
                .containsExactly(TermHashes.ANY, TermHashes.ANY, TermHashes.NONE);
        assertThat(changes)
                .extracting(ChangeView::termsBefore)
                .containsExactly(TermHashes.ANY, TermHashes.ANY, TermHashes.NONE);
    }

    @Test
    void aReadThatTheFloorOvertakesIsRefusedWhateverItFound() {
        rows.put(ACME, "a", 1);
        rows.put(ACME, "a", 2);
        AtomicInteger looks = new AtomicInteger();
        FloorLookup rising = new FloorLookup(id -> looks.getAndIncrement() == 0 ? 0L : 2L, rows.places::get);
        FlooredReads overtaken = new FlooredReads(reader, rising);
        assertThat(refused(() -> overtaken.log(SCOPE, 1, 2, MANY)).metadata())
                .containsEntry("revision", "1")
                .containsEntry("oldest", "2");
        looks.set(0);
        rows.lose(Table.LOG, rows.keys.log(ACME, 2));
        assertThat(refused(() -> overtaken.versions(ACME, ROBOTS, "a", 1, 2, true, MANY))
                        .reason())
                .as("what it missed was trimmed")
                .isEqualTo(Reason.RESOURCE_VERSION_EXPIRED);
        FlooredReads still = new FlooredReads(reader, rows.lookup);
        rows.put(ACME, "b", 1);
        rows.delete(ACME, "b");
        rows.lose(Table.VERSION, rows.keys.version(ACME, ROBOTS, "b", 3));
        assertThatThrownBy(() -> still.versions(ACME, ROBOTS, "b", 2, 4, true, MANY))
                .isInstanceOf(StoreCorruptException.class);
        rows.floors.put(ACME, 2L);
        assertThat(Objects.requireNonNull(still.state(ACME, ROBOTS, "a", 2)).revision())
                .as("at the floor")
                .isEqualTo(2);
        assertThat(refused(() -> still.state(ACME, ROBOTS, "a", 1)).reason())
                .isEqualTo(Reason.RESOURCE_VERSION_EXPIRED);
        assertThat(still.state(ACME, ROBOTS, "x", 2)).isNull();
        assertThat(still.counts()).isSameAs(reader.counts());
    }

    private List<String> states(@Nullable String after, long revision, int objects, int bytes) {
        return reader.states(ACME, ROBOTS, null, after, revision, objects, bytes).list().stream()
                .map(state -> state.name() + "@" + state.revision())
                .toList();
    }

    private void assertCost(long seeks, long read, long bodies) {
        assertThat(reader.counts().seeks()).as("seeks").isEqualTo(seeks);
        assertThat(reader.counts().rows()).as("rows").isEqualTo(read);
        assertThat(reader.counts().bodies()).as("bodies").isEqualTo(bodies);
    }

    private static RefusedException refused(ThrowingCallable call) {
        return Objects.requireNonNull(catchThrowableOfType(RefusedException.class, call));
    }
}
