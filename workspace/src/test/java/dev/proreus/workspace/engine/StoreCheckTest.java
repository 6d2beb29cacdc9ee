package dev.proreus.workspace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.proreus.workspace.Usage;
import dev.proreus.workspace.check.Finding;
import dev.proreus.workspace.check.StoreCheck;
import dev.proreus.workspace.store.Cursor;
import dev.proreus.workspace.store.Store;
import dev.proreus.workspace.store.StoreBatch;
import dev.proreus.workspace.store.StoreCorruptException;
import dev.proreus.workspace.store.Table;
import dev.proreus.workspace.store.keys.KeyRanges;
import dev.proreus.workspace.store.keys.Keys;
import dev.proreus.workspace.store.memory.MemoryStore;
import dev.proreus.workspace.store.rows.AppliedRow;
import dev.proreus.workspace.store.rows.HeadRow;
import dev.proreus.workspace.store.rows.LogRow;
import dev.proreus.workspace.store.rows.SequenceRow;
import dev.proreus.workspace.store.rows.VersionRow;
import dev.proreus.workspace.store.rows.WorkspaceRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What does not agree in a store is found, and named: each kind of disagreement is planted once. */
class StoreCheckTest {
    private static final Keys KEYS = Keys.ofShard(0);
    private static final long SEED = 42;
    private static final int WRITES = 120;
    private static final long ACME = 2;
    private static final long BERLIN = 3;

    private final MemoryStore store = new MemoryStore();

    @BeforeEach
    void history() {
        new KnownHistory(SEED, WRITES).make(store);
    }

    @Test
    void aSoundStoreIsFoundSoundAndStarts() {
        assertThat(look()).isEmpty();
        assertThat(start()).isNull();
    }

    @Test
    void anEmptyStoreIsSound() {
        List<String> findings = new ArrayList<>();
        StoreCheck.run(KEYS, new MemoryStore(), finding -> findings.add(finding.toString()), rows -> {});
        assertThat(findings).isEmpty();
    }

    @Test
    void headsAgreeWithVersions() {
        byte[] head = last(Table.HEAD, BERLIN);
        HeadRow row = HeadRow.decode(value(Table.HEAD, head));
        change(
                Table.HEAD,
                head,
                new HeadRow(row.revision(), row.uid(), row.generation(), row.objectBytes() + 1).encode());
        assertFound("head root:acme:berlin robots.fleet.example.com/", "the newest version");
    }

    @Test
    void everyObjectHasAHead() {
        change(Table.HEAD, last(Table.HEAD, BERLIN), null);
        assertFound("head root:acme:berlin robots.fleet.example.com/", "missing");
    }

    @Test
    void everyHeadHasAVersion() {
        byte[] head = last(Table.HEAD, BERLIN);
        change(Table.HEAD, KEYS.head(BERLIN, 256, "zz"), value(Table.HEAD, head));
        assertFound("head root:acme:berlin robots.fleet.example.com/zz", "has no version");
    }

    @Test
    void bytesMatchTheirChecksum() {
        byte[] version = last(Table.VERSION, BERLIN);
        byte[] row = value(Table.VERSION, version);
        row[row.length / 2] ^= 1;
        change(Table.VERSION, version, row);
        assertFound("ver root:acme:berlin robots.fleet.example.com/", "crc");
    }

    @Test
    void versionsAreWhatTheirKeysSay() {
        byte[] version = last(Table.VERSION, BERLIN);
        byte[] other = KEYS.version(BERLIN, 256, "zz", Keys.revisionOf(version));
        change(Table.VERSION, other, value(Table.VERSION, version));
        assertFound("ver root:acme:berlin robots.fleet.example.com/zz@", "it holds the object");
    }

    @Test
    void everyVersionIsNamedByTheLog() {
        WorkspaceRow acme = workspace(ACME);
        change(
                Table.VERSION,
                KEYS.version(ACME, 256, "zz", acme.revision()),
                new VersionRow.Tombstone(new UUID(1, 2), 1).encode());
        assertFound("ver root:acme robots.fleet.example.com/zz@" + acme.revision(), "no row of the log names it");
    }

    @Test
    void theLogHasNoGap() {
        change(Table.LOG, KEYS.log(ACME, workspace(ACME).revision() - 3), null);
        assertFound("log root:acme@", "the row before it");
    }

    @Test
    void theLogReachesTheNewestRevision() {
        change(Table.LOG, KEYS.log(ACME, workspace(ACME).revision()), null);
        assertFound("log root:acme@", "the log ends here");
        assertThat(start()).hasMessageContaining("root:acme@");
    }

    @Test
    void theLogNamesVersionsThatAreThere() {
        long revision = workspace(BERLIN).revision();
        LogRow.Write write = LogRow.decode(value(Table.LOG, KEYS.log(BERLIN, revision)))
                .writes()
                .get(0);
        change(Table.VERSION, KEYS.version(BERLIN, write.typeId(), write.name(), revision), null);
        assertFound("ver root:acme:berlin", "is not there");
        assertThat(start()).hasMessageContaining("is not there");
    }

    @Test
    void theLogNamesTheRevisionBefore() {
        log(BERLIN, row -> new LogRow(row.sequence(), row.time(), earlier(row.writes()), row.historyBytes()));
        assertFound("log root:acme:berlin@", "as the revision before");
        assertThat(start()).hasMessageContaining("root:acme:berlin@");
    }

    private static List<LogRow.Write> earlier(List<LogRow.Write> writes) {
        return writes.stream()
                .map(write -> new LogRow.Write(
                        write.kind(),
                        write.typeId(),
                        write.name(),
                        write.uid(),
                        write.previousRevision() + 1,
                        write.sections(),
                        write.termsNow(),
                        write.termsBefore(),
                        "",
                        0))
                .toList();
    }

    @Test
    void historyIsAsLargeAsTheLogSays() {
        log(BERLIN, row -> new LogRow(row.sequence(), row.time(), row.writes(), row.historyBytes() + 1));
        assertFound("log root:acme:berlin@", "bytes of history");
        assertThat(start()).hasMessageContaining("root:acme:berlin");
    }

    @Test
    void sequencesFollowOneAnother() {
        byte[] newest = last(Table.SEQUENCE, 0);
        SequenceRow row = SequenceRow.decode(value(Table.SEQUENCE, newest));
        change(Table.SEQUENCE, newest, null);
        assertFound("meta applied", "the last one listed");
        assertThat(start()).hasMessageContaining("the last one listed");
        assertThat(row.commits()).isNotEmpty();
    }

    @Test
    void sequencesNameRevisionsThatAreThere() {
        byte[] newest = last(Table.SEQUENCE, 0);
        SequenceRow row = SequenceRow.decode(value(Table.SEQUENCE, newest));
        List<SequenceRow.Commit> others = row.commits().stream()
                .map(commit -> new SequenceRow.Commit(commit.workspaceId(), commit.revision() + 1_000))
                .toList();
        change(Table.SEQUENCE, newest, new SequenceRow(row.logTime(), others).encode());
        assertFound("seq #", "which is not in the log");
        assertThat(start()).hasMessageContaining("which is not in the log");
    }

    @Test
    void countersAreWhatIsCounted() {
        WorkspaceRow row = workspace(ACME);
        Usage counts = row.counts();
        change(
                Table.META,
                KEYS.workspace(ACME),
                row(row, new Usage(counts.objects() + 1, counts.bytes(), counts.finalizers()))
                        .encode());
        assertFound("meta root:acme: it says that it holds " + (counts.objects() + 1) + " objects");
    }

    private static WorkspaceRow row(WorkspaceRow row, Usage counts) {
        return new WorkspaceRow(
                row.identity(),
                row.life(),
                row.revision(),
                counts,
                row.history(),
                row.claimsFreed(),
                row.rulesVersion(),
                row.quotas());
    }

    @Test
    void everyWorkspaceHasAParent() {
        change(Table.META, KEYS.workspace(ACME), null);
        assertFound("meta workspace#3", "its parent, workspace#2, does not exist");
        assertFound("ver workspace#2", "rows are left of a workspace that has no row");
        assertThat(start()).hasMessageContaining("its parent, workspace#2, does not exist");
    }

    @Test
    void workspacesLieInNoCircle() {
        WorkspaceRow.Identity acme = workspace(ACME).identity();
        identify(ACME, acme.uid(), BERLIN, acme.name());
        assertFound("meta workspace#2", "or in a circle");
        assertThat(start()).hasMessageContaining("or in a circle");
    }

    @Test
    void noTwoLiveWorkspacesHaveOnePath() {
        WorkspaceRow.Identity acme = workspace(ACME).identity();
        identify(BERLIN, workspace(BERLIN).identity().uid(), acme.parentId(), acme.name());
        assertFound("meta root:acme", "another live workspace has its path");
        assertThat(start()).hasMessageContaining("two live workspaces have the path root:acme");
    }

    @Test
    void noTwoWorkspacesHaveOneUid() {
        WorkspaceRow.Identity berlin = workspace(BERLIN).identity();
        identify(BERLIN, workspace(ACME).identity().uid(), berlin.parentId(), berlin.name());
        assertFound("meta root:acme:berlin", "another workspace has its uid");
    }

    @Test
    void everyWorkspaceIsAnObjectOfItsParent() {
        WorkspaceRow row = workspace(ACME);
        change(
                Table.META,
                KEYS.workspace(99),
                row.with(WorkspaceRow.Life.ACTIVE).encode());
        assertFound("meta root:acme", "its id 99 was never given");
        assertFound("meta root:acme", "another live workspace has its path");
    }

    @Test
    void nothingIsLeftOfWorkspacesThatNeverExisted() {
        change(Table.LOG, KEYS.log(77, 1), new LogRow(1, Instant.EPOCH, List.of(), 0).encode());
        assertFound("log workspace#77", "the workspace never existed");
    }

    @Test
    void everyTypeIsAnObject() {
        change(Table.META, KEYS.type(256), null);
        assertFound("head root resourcetypes.proreus.dev/robots.fleet.example.com", "there is no row in meta");
    }

    @Test
    void theAppliedMarkIsThere() {
        change(Table.META, KEYS.applied(), null);
        assertFound("meta applied", "is missing");
        assertThat(start()).hasMessageContaining("is missing");
    }

    @Test
    void idsAreNeverGivenTwice() {
        AppliedRow row = AppliedRow.decode(value(Table.META, KEYS.applied()));
        change(
                Table.META,
                KEYS.applied(),
                new AppliedRow(row.position(), row.sequence(), row.logTime(), row.epoch(), 3, 256).encode());
        assertFound("meta root:acme:berlin", "was never given");
        assertFound("meta type#256", "was never given");
        assertThat(start()).hasMessageContaining("was never given");
    }

    @Test
    void answersCanBeRead() {
        byte[] answer = last(Table.DEDUP, 0);
        change(Table.DEDUP, answer, new byte[] {1, 77});
        assertFound("dedup 0x", "damaged");
    }

    private void log(long workspaceId, UnaryOperator<LogRow> mend) {
        byte[] key = KEYS.log(workspaceId, workspace(workspaceId).revision());
        change(Table.LOG, key, mend.apply(LogRow.decode(value(Table.LOG, key))).encode());
    }

    private void identify(long id, UUID uid, long parentId, String name) {
        WorkspaceRow row = workspace(id);
        WorkspaceRow.Identity before = row.identity();
        WorkspaceRow.Identity identity =
                new WorkspaceRow.Identity(uid, parentId, name, before.incarnation(), before.created());
        change(
                Table.META,
                KEYS.workspace(id),
                new WorkspaceRow(
                                identity,
                                row.life(),
                                row.revision(),
                                row.counts(),
                                row.history(),
                                row.claimsFreed(),
                                row.rulesVersion(),
                                row.quotas())
                        .encode());
    }

    private WorkspaceRow workspace(long id) {
        return WorkspaceRow.decode(value(Table.META, KEYS.workspace(id)));
    }

    private byte[] value(Table table, byte[] key) {
        return Objects.requireNonNull(store.get(table, key));
    }

    /** Returns the last key of a table, of a workspace or where that is 0 of all. */
    private byte[] last(Table table, long workspaceId) {
        var range = workspaceId == 0 ? KeyRanges.everything() : KEYS.ranges().allOfWorkspace(workspaceId);
        try (Cursor cursor = store.cursor(table, range)) {
            assertThat(cursor.seekBack(range.toExclusive())).isTrue();
            return cursor.key();
        }
    }

    private void change(Table table, byte[] key, byte @Nullable [] value) {
        StoreBatch batch = new StoreBatch();
        if (value == null) {
            batch.delete(table, key);
        } else {
            batch.put(table, key, value);
        }
        store.write(batch);
    }

    private List<String> look() {
        List<String> findings = new ArrayList<>();
        StoreCheck.run(KEYS, store, (Finding finding) -> findings.add(finding.toString()), rows -> {});
        return findings;
    }

    private void assertFound(String start, String... parts) {
        assertThat(look())
                .as("findings")
                .anySatisfy(finding -> assertThat(finding)
                        .startsWith(start)
                        .satisfies(text ->
                                List.of(parts).forEach(part -> assertThat(text).contains(part))));
    }

    /** Starts an engine; returns what it refuses, or null where it starts. */
    private @Nullable Throwable start() {
        Throwable refusal = catchThrowable(() -> new EngineFixture((Store) store, 1).close());
        if (refusal != null) {
            assertThat(refusal).isInstanceOf(StoreCorruptException.class).hasMessageContaining("./proreus doctor");
        }
        return refusal;
    }
}
