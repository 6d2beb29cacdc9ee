package dev.proreus.workspace.store.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import dev.proreus.workspace.ChangeKind;
import dev.proreus.workspace.Quota;
import dev.proreus.workspace.Quotas;
import dev.proreus.workspace.Retention;
import dev.proreus.workspace.Sections;
import dev.proreus.workspace.TermHashes;
import dev.proreus.workspace.Termination;
import dev.proreus.workspace.Usage;
import dev.proreus.workspace.store.Golden;
import dev.proreus.workspace.store.StoreCorruptException;
import dev.proreus.workspace.store.rows.stored.Stored;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RowsTest {
    private static final UUID UID = UUID.fromString("00112233-4455-4677-8899-aabbccddeeff");
    private static final UUID OTHER = UUID.fromString("f0e0d0c0-b0a0-4908-8070-605040302010");
    private static final Instant TIME = Instant.parse("2026-11-23T01:02:03.000000004Z");
    private static final ByteString OBJECT = ByteString.copyFromUtf8("object");

    private static final Map<String, Row> ROWS = rows();

    /** A row, its bytes and how they are decoded. */
    private record Row(Object row, ByteString encoded, Function<byte[], Object> decode) {}

    private static Map<String, Row> rows() {
        Map<String, Row> rows = new LinkedHashMap<>();
        HeadRow head = new HeadRow(0x299, UID, 7, 1234);
        rows.put("head", row(head, head.encode(), HeadRow::decode));
        for (Map.Entry<String, VersionRow> version : versions().entrySet()) {
            VersionRow value = version.getValue();
            rows.put(version.getKey(), row(value, value.encode(), VersionRow::decode));
        }
        for (Map.Entry<String, LogRow> log : logs().entrySet()) {
            rows.put(log.getKey(), row(log.getValue(), log.getValue().encode(), LogRow::decode));
        }
        SequenceRow sequence =
                new SequenceRow(TIME, List.of(new SequenceRow.Commit(7, 0x299), new SequenceRow.Commit(8, 1)));
        rows.put("sequence", row(sequence, sequence.encode(), SequenceRow::decode));
        StoreRow store = new StoreRow(1, 0, UID, ByteString.copyFrom(new byte[StoreRow.TOKEN_KEY_BYTES]));
        rows.put("store", row(store, store.encode(), StoreRow::decode));
        AppliedRow applied = new AppliedRow(new AppliedRow.Position(3, 500), 0x10000, TIME, 2, 9, 301);
        rows.put("applied", row(applied, applied.encode(), AppliedRow::decode));
        WorkspaceRow workspace = workspaceOf(new Usage(10, 20_000, 2));
        rows.put("workspace", row(workspace, workspace.encode(), WorkspaceRow::decode));
        WorkspaceRow floored = workspace.with(workspace.history().raised(4, 0x9000, 50_000));
        rows.put("workspace with a floor", row(floored, floored.encode(), WorkspaceRow::decode));
        WorkspaceRow limited = workspace.with(new Quotas(new Quota(1_000, 1 << 20), new Quota(5_000, 8 << 20)));
        rows.put("workspace with quotas", row(limited, limited.encode(), WorkspaceRow::decode));
        WorkspaceRow terminating =
                workspace.with(new WorkspaceRow.Terminating(new Termination(TIME, TIME.plusSeconds(60))));
        rows.put("workspace terminating", row(terminating, terminating.encode(), WorkspaceRow::decode));
        WorkspaceRow gone = workspace.with(new WorkspaceRow.Gone(0x10000));
        rows.put("workspace gone", row(gone, gone.encode(), WorkspaceRow::decode));
        TypeRow type = new TypeRow(UID, 7, 12, "robots.fleet.example.com", 0x299);
        rows.put("type", row(type, type.encode(), TypeRow::decode));
        DedupRow answer = DedupRow.ofWrites(
                ByteString.copyFrom(new byte[] {1, 2, 3}),
                0x299,
                List.of(
                        new DedupRow.Write(DedupRow.Outcome.CREATED, 300, "robot-1", UID, 0x299),
                        new DedupRow.Write(DedupRow.Outcome.DELETED, 300, "robot-2", OTHER, 0x200)));
        rows.put("dedup", row(answer, answer.encode(), DedupRow::decode));
        DedupRow tenancy = DedupRow.ofWorkspace(
                ByteString.copyFrom(new byte[] {1, 2, 3}), 0x299, new DedupRow.Shown(9, workspace));
        rows.put("dedup of a workspace", row(tenancy, tenancy.encode(), DedupRow::decode));
        return rows;
    }

    private static Map<String, VersionRow> versions() {
        Map<String, VersionRow> versions = new LinkedHashMap<>();
        versions.put("version", new VersionRow.State(ByteString.copyFromUtf8("own"), OBJECT));
        versions.put("version without owners", new VersionRow.State(ByteString.EMPTY, OBJECT));
        versions.put("version tombstone", new VersionRow.Tombstone(UID, 0x298));
        return versions;
    }

    private static Map<String, LogRow> logs() {
        LogRow.Write added =
                LogRow.Write.of(ChangeKind.ADDED, 300, "robot-1", UID, 0, Sections.METADATA | Sections.SPEC);
        LogRow.Write modified = new LogRow.Write(
                ChangeKind.MODIFIED,
                300,
                "robot-2",
                OTHER,
                0x200,
                Sections.STATUS,
                TermHashes.of(1L, -1L),
                TermHashes.of(2L),
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                7);
        LogRow.Write deleted = LogRow.Write.of(ChangeKind.DELETED, 300, "robot-3", UID, 0x201, 0);
        Map<String, LogRow> logs = new LinkedHashMap<>();
        logs.put("log", new LogRow(0x10000, TIME, List.of(added), 300));
        logs.put("log of several writes", new LogRow(0x10001, TIME, List.of(added, modified, deleted), 1_234));
        logs.put("log before the epoch", new LogRow(1, Instant.ofEpochSecond(-1, 5), List.of(), 0));
        return logs;
    }

    private static Row row(Object row, byte[] encoded, Function<byte[], Object> decode) {
        return new Row(row, ByteString.copyFrom(encoded), decode);
    }

    @Test
    void bytesAreThoseOnDisk() throws IOException {
        Map<String, byte[]> encoded = new HashMap<>();
        ROWS.forEach((name, row) -> encoded.put(name, row.encoded.toByteArray()));
        Golden.read("rows.txt").assertMatches(encoded);
    }

    @Test
    void bytesOnDiskDecode() throws IOException {
        Golden golden = Golden.read("rows.txt");
        ROWS.forEach((name, row) ->
                assertThat(row.decode.apply(golden.bytes(name))).as(name).isEqualTo(row.row));
    }

    @Test
    void everyRowBeginsWithAFormatByte() {
        ROWS.forEach((name, row) -> {
            byte[] other = row.encoded.toByteArray();
            assertThat(other[0]).as(name).isEqualTo((byte) 1);
            other[0] = 2;
            assertThatExceptionOfType(StoreCorruptException.class)
                    .as(name)
                    .isThrownBy(() -> row.decode.apply(other))
                    .withMessageContaining("format byte is 2 instead of 1");
            assertThatExceptionOfType(StoreCorruptException.class)
                    .as(name)
                    .isThrownBy(() -> row.decode.apply(new byte[0]));
        });
    }

    @Test
    void anyChangedBitOfAVersionIsFound() {
        for (VersionRow version : versions().values()) {
            byte[] row = version.encode();
            for (int bit = 0; bit < row.length * Byte.SIZE; bit++) {
                byte[] damaged = row.clone();
                damaged[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
                assertThatExceptionOfType(StoreCorruptException.class)
                        .as("bit %d of %s", bit, version)
                        .isThrownBy(() -> VersionRow.decode(damaged));
            }
            for (int length = 0; length < row.length; length++) {
                byte[] cut = Arrays.copyOf(row, length);
                assertThatExceptionOfType(StoreCorruptException.class).isThrownBy(() -> VersionRow.decode(cut));
            }
        }
    }

    @Test
    void aVersionWithLyingLengthsIsDamaged() {
        byte[] tooLong = VersionFrame.sealed(new byte[] {1, 0, 5, 'a', 'b', 0, 0, 0, 0}, 5);
        byte[] negative = VersionFrame.sealed(new byte[] {1, 0, -1, -1, -1, -1, 15, 0, 0, 0, 0}, 7);
        byte[] endless = VersionFrame.sealed(new byte[] {1, 0, -1, -1, 0, 0, 0, 0}, 4);
        byte[] unknownFlag = VersionFrame.sealed(new byte[] {1, 2, 0, 0, 0, 0, 0}, 3);
        byte[] shortTombstone = VersionFrame.sealed(new byte[] {1, 1, 0, 0, 0, 0, 0}, 3);
        for (byte[] row : List.of(tooLong, negative, endless, unknownFlag, shortTombstone)) {
            assertThatExceptionOfType(StoreCorruptException.class).isThrownBy(() -> VersionRow.decode(row));
        }
    }

    @Test
    void theObjectOfAVersionIsSlicedNotCopied() {
        byte[] row = new VersionRow.State(ByteString.copyFromUtf8("own"), OBJECT).encode();
        VersionRow.State state = (VersionRow.State) VersionRow.decode(row);
        int at = row.length - VersionFrame.CRC_BYTES - OBJECT.size();
        row[at] = 'O';
        assertThat(state.object().toStringUtf8()).isEqualTo("Object");
    }

    @Test
    void largeVersionsRoundTrip() {
        for (int size : new int[] {0, 1, 127, 128, 16_383, 16_384, 1 << 20}) {
            ByteString bytes = ByteString.copyFrom(new byte[size]);
            VersionRow row = new VersionRow.State(bytes, bytes);
            assertThat(VersionRow.decode(row.encode())).isEqualTo(row);
        }
    }

    @Test
    void fieldsOfALogThatThisVersionDoesNotKnowArePassedOver() throws IOException {
        byte[] row = severalWrites().encode();
        Stored.Log log = Stored.Log.parseFrom(Arrays.copyOfRange(row, 1, row.length));
        UnknownFieldSet unknown = UnknownFieldSet.newBuilder()
                .addField(
                        90,
                        UnknownFieldSet.Field.newBuilder()
                                .addVarint(7)
                                .addFixed64(8)
                                .build())
                .addField(
                        91,
                        UnknownFieldSet.Field.newBuilder()
                                .addLengthDelimited(OBJECT)
                                .build())
                .build();
        Stored.Log.Builder later = log.toBuilder().setUnknownFields(unknown);
        later.getWritesBuilderList().forEach(write -> write.setUnknownFields(unknown));
        byte[] known = RowBytes.encode((byte) 1, later.build());
        assertThat(known.length).isGreaterThan(row.length);
        assertThat(LogRow.decode(known)).isEqualTo(LogRow.decode(row));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void aLogIsReadAsItsMessageIsHoweverItIsDamaged(long seed) throws IOException {
        Random random = new Random(seed);
        int read = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] row = damaged(severalWrites().encode(), random);
            row[0] = 1;
            LogRow log;
            try {
                log = LogRow.decode(row);
            } catch (StoreCorruptException refused) {
                continue;
            }
            Stored.Log message = Stored.Log.parseFrom(Arrays.copyOfRange(row, 1, row.length));
            assertThat(log.sequence()).isEqualTo(message.getSequence());
            assertThat(log.time()).isEqualTo(RowBytes.instant(message.getTimeNanos()));
            assertThat(log.historyBytes()).isEqualTo(message.getHistoryBytes());
            assertThat(log.writes().stream().map(LogRow.Write::name))
                    .containsExactlyElementsOf(message.getWritesList().stream()
                            .map(Stored.Log.Write::getName)
                            .toList());
            read++;
        }
        assertThat(read).as("rows that could be read all the same").isGreaterThan(100);
    }

    private static LogRow severalWrites() {
        return Objects.requireNonNull(logs().get("log of several writes"));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void damagedRowsAreRefusedAndNothingElseHappens(long seed) {
        Random random = new Random(seed);
        for (Map.Entry<String, Row> row : ROWS.entrySet()) {
            for (int i = 0; i < 500; i++) {
                byte[] bytes = damaged(row.getValue().encoded.toByteArray(), random);
                try {
                    assertThat(row.getValue().decode.apply(bytes)).isNotNull();
                } catch (StoreCorruptException expected) {
                    assertThat(expected).hasMessageContaining("row is damaged");
                }
            }
        }
    }

    private static byte[] damaged(byte[] bytes, Random random) {
        byte[] damaged = Arrays.copyOf(bytes, random.nextInt(bytes.length) + 1 + random.nextInt(3));
        for (int i = random.nextInt(4); i > 0; i--) {
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
        }
        return damaged;
    }

    private static WorkspaceRow workspaceOf(Usage counts) {
        return new WorkspaceRow(
                new WorkspaceRow.Identity(UID, 1, "berlin", OTHER, TIME),
                WorkspaceRow.Life.ACTIVE,
                0x299,
                counts,
                new WorkspaceRow.History(3, 0, 60_000, 40_000, new Retention(Duration.ofMinutes(10), 64 << 20)),
                0x290,
                5,
                Quotas.UNLIMITED);
    }

    @Test
    void rowsOfNeitherWorldAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new HeadRow(-1, UID, 0, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new HeadRow(0, UID, -1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new HeadRow(0, UID, 0, -1));
        assertThatIllegalArgumentException().isThrownBy(() -> new VersionRow.Tombstone(UID, -1));
        assertThatIllegalArgumentException().isThrownBy(() -> new LogRow(1, Instant.MAX, List.of(), 0));
        assertThatIllegalArgumentException().isThrownBy(() -> LogRow.Write.of(ChangeKind.ADDED, 1, "", UID, 0, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> workspaceOf(new Usage(0, -1, 0)));
        assertThatIllegalArgumentException().isThrownBy(() -> new LogRow(1, TIME, List.of(), -1));
        assertThatIllegalArgumentException().isThrownBy(() -> new WorkspaceRow.History(1, 1, 10, 11, Retention.UNSAID));
        assertThatIllegalArgumentException().isThrownBy(() -> new Retention(Duration.ofSeconds(-1), 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new TypeRow(UID, 1, 1, "", 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new StoreRow(1, 0, UID, ByteString.EMPTY));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StoreRow(0, 0, UID, ByteString.copyFrom(new byte[32])));
    }

    @Test
    void theTextOfAStoreRowKeepsTheSecret() {
        ByteString key = ByteString.copyFromUtf8("0123456789abcdef0123456789abcdef");
        assertThat(new StoreRow(1, 0, UID, key))
                .asString()
                .contains(UID.toString())
                .doesNotContain("abcdef01");
    }
}
