package dev.proreus.workspace.store.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.protobuf.ByteString;
import dev.proreus.workspace.store.Golden;
import dev.proreus.workspace.store.StoreBatch;
import dev.proreus.workspace.store.StoreCorruptException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class KeysTest {
    private static final int SHARD = 0x0102;
    private static final Keys KEYS = Keys.ofShard(SHARD);
    private static final byte[] HASH = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};

    @Test
    void bytesAreThoseOnDisk() throws IOException {
        Map<String, byte[]> encoded = new HashMap<>();
        encoded.put("store", Keys.store());
        encoded.put("applied", KEYS.applied());
        encoded.put("workspace", KEYS.workspace(7));
        encoded.put("workspace greatest", KEYS.workspace(Long.MAX_VALUE));
        encoded.put("type", KEYS.type(300));
        encoded.put("head", KEYS.head(7, 300, "robot-1"));
        encoded.put("head of last shard", Keys.ofShard(Keys.MAX_SHARD).head(Long.MAX_VALUE, Integer.MAX_VALUE, "a"));
        encoded.put("version", KEYS.version(7, 300, "robot-1", 0x299));
        encoded.put("version at 0", KEYS.version(7, 300, "robot-1", 0));
        encoded.put("version greatest", KEYS.version(7, 300, "robot-1", Long.MAX_VALUE));
        encoded.put("log", KEYS.log(7, 0x299));
        encoded.put("sequence", KEYS.sequence(0x10000));
        encoded.put("index", KEYS.index(7, 300, 3, "berlin", "robot-1"));
        encoded.put("index empty value", KEYS.index(7, 300, 3, "", "robot-1"));
        encoded.put("index non-ascii", KEYS.index(7, 300, 3, "ü", "r"));
        encoded.put("dedup", KEYS.dedup(9, HASH));
        Golden.read("keys.txt").assertMatches(encoded);
    }

    @Test
    void bytesOnDiskParse() throws IOException {
        Golden golden = Golden.read("keys.txt");
        assertThat(Keys.parseMeta(golden.bytes("store"))).isEqualTo(new StoredKey.Store(0));
        assertThat(Keys.parseMeta(golden.bytes("applied"))).isEqualTo(new StoredKey.Applied(SHARD));
        assertThat(Keys.parseMeta(golden.bytes("workspace"))).isEqualTo(new StoredKey.Workspace(SHARD, 7));
        assertThat(Keys.parseMeta(golden.bytes("type"))).isEqualTo(new StoredKey.Type(SHARD, 300));
        assertThat(Keys.parseHead(golden.bytes("head"))).isEqualTo(new StoredKey.Head(SHARD, 7, 300, "robot-1"));
        assertThat(Keys.parseHead(golden.bytes("head of last shard")))
                .isEqualTo(new StoredKey.Head(Keys.MAX_SHARD, Long.MAX_VALUE, Integer.MAX_VALUE, "a"));
        assertThat(Keys.parseVersion(golden.bytes("version")))
                .isEqualTo(new StoredKey.Version(SHARD, 7, 300, "robot-1", 0x299));
        assertThat(Keys.parseVersion(golden.bytes("version at 0")).revision()).isZero();
        assertThat(Keys.parseVersion(golden.bytes("version greatest")).revision())
                .isEqualTo(Long.MAX_VALUE);
        assertThat(Keys.parseLog(golden.bytes("log"))).isEqualTo(new StoredKey.Log(SHARD, 7, 0x299));
        assertThat(Keys.parseSequence(golden.bytes("sequence"))).isEqualTo(new StoredKey.Sequence(SHARD, 0x10000));
        assertThat(Keys.parseIndex(golden.bytes("index")))
                .isEqualTo(new StoredKey.Index(SHARD, 7, 300, 3, "berlin", "robot-1"));
        assertThat(Keys.parseIndex(golden.bytes("index empty value")).value()).isEmpty();
        assertThat(Keys.parseIndex(golden.bytes("index non-ascii")).value()).isEqualTo("ü");
        assertThat(Keys.parseDedup(golden.bytes("dedup")))
                .isEqualTo(new StoredKey.Dedup(SHARD, 9, ByteString.copyFrom(HASH)));
    }

    @Test
    void newerVersionsComeFirst() {
        List<byte[]> keys = new ArrayList<>();
        for (long revision : new long[] {Long.MAX_VALUE, 1L << 40, 256, 255, 2, 1, 0}) {
            keys.add(KEYS.version(7, 300, "robot-1", revision));
        }
        assertThat(keys).isSortedAccordingTo(Arrays::compareUnsigned);
    }

    @Test
    void namesOrderAsTheirBytesAndNeverRunIntoOneAnother() {
        List<byte[]> keys = new ArrayList<>();
        for (String name : List.of("a", "a-b", "a.b", "a0", "aa", "b")) {
            keys.add(KEYS.version(7, 300, name, Long.MAX_VALUE));
            keys.add(KEYS.version(7, 300, name, 0));
        }
        assertThat(keys).isSortedAccordingTo(Arrays::compareUnsigned);
    }

    @Test
    void aVersionIsToldFromOthersWithoutParsing() {
        byte[] head = KEYS.head(7, 300, "robot-1");
        assertThat(Keys.isVersionOf(KEYS.version(7, 300, "robot-1", 5), head)).isTrue();
        assertThat(Keys.isVersionOf(KEYS.version(7, 300, "robot-2", 5), head)).isFalse();
        assertThat(Keys.isVersionOf(KEYS.version(7, 300, "robot-11", 5), head)).isFalse();
        assertThat(Keys.isVersionOf(KEYS.version(7, 301, "robot-1", 5), head)).isFalse();
        assertThat(Keys.isVersionOf(head, head)).isFalse();
        assertThat(Keys.revisionOf(KEYS.version(7, 300, "robot-1", 5))).isEqualTo(5);
        assertThat(Keys.revisionOf(KEYS.version(7, 300, "robot-1", Long.MAX_VALUE)))
                .isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void argumentsThatWouldBreakTheOrderAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Keys.ofShard(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> Keys.ofShard(Keys.MAX_SHARD + 1));
        assertThatIllegalArgumentException().isThrownBy(() -> KEYS.workspace(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> KEYS.type(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> KEYS.head(-1, 1, "a"));
        assertThatIllegalArgumentException().isThrownBy(() -> KEYS.head(1, -1, "a"));
        assertThatIllegalArgumentException().isThrownBy(() -> KEYS.head(1, 1, ""));
        assertThatIllegalArgumentException().isThrownBy(() -> KEYS.head(1, 1, "a\0b"));
        assertThatIllegalArgumentException().isThrownBy(() -> KEYS.head(1, 1, "a".repeat(Keys.MAX_NAME_BYTES + 1)));
        assertThatIllegalArgumentException().isThrownBy(() -> KEYS.version(1, 1, "a", -1));
        assertThatIllegalArgumentException().isThrownBy(() -> KEYS.log(1, -1));
        assertThatIllegalArgumentException().isThrownBy(() -> KEYS.sequence(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> KEYS.index(1, 1, -1, "", "a"));
        assertThatIllegalArgumentException().isThrownBy(() -> KEYS.index(1, 1, 1 << 15, "", "a"));
        assertThatIllegalArgumentException().isThrownBy(() -> KEYS.index(1, 1, 1, "a\0", "a"));
        assertThatIllegalArgumentException().isThrownBy(() -> KEYS.dedup(-1, HASH));
        assertThatIllegalArgumentException().isThrownBy(() -> KEYS.dedup(1, new byte[15]));
    }

    @Test
    void valuesThatDoNotFitAreNotIndexable() {
        String longest = "ü".repeat(Keys.MAX_VALUE_BYTES / 2);
        assertThat(Keys.isIndexable("")).isTrue();
        assertThat(Keys.isIndexable(longest)).isTrue();
        assertThat(Keys.isIndexable(longest + "a")).isFalse();
        assertThat(Keys.isIndexable("a\0")).isFalse();
        byte[] greatest = KEYS.index(1, 1, 1, longest, "a".repeat(Keys.MAX_NAME_BYTES));
        assertThat(greatest).hasSizeLessThan(StoreBatch.MAX_KEY_BYTES);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void damagedKeysAreRefusedAndNothingElseHappens(long seed) throws IOException {
        Random random = new Random(seed);
        List<Function<byte[], StoredKey>> parsers = List.of(
                Keys::parseMeta,
                Keys::parseHead,
                Keys::parseVersion,
                Keys::parseLog,
                Keys::parseSequence,
                Keys::parseIndex,
                Keys::parseDedup);
        byte[] whole = Golden.read("keys.txt").bytes("version");
        for (int i = 0; i < 5_000; i++) {
            byte[] key = Arrays.copyOf(whole, random.nextInt(whole.length + 3));
            if (key.length > 0 && random.nextBoolean()) {
                key[random.nextInt(key.length)] = (byte) random.nextInt();
            }
            Function<byte[], StoredKey> parser = parsers.get(random.nextInt(parsers.size()));
            try {
                assertThat(parser.apply(key).shard()).isNotNegative();
            } catch (StoreCorruptException expected) {
                assertThat(expected).hasMessageContaining("is damaged");
            }
        }
    }

    @Test
    void whatFollowsAKeyIsDamage() {
        byte[] log = KEYS.log(7, 1);
        assertThatExceptionOfType(StoreCorruptException.class)
                .isThrownBy(() -> Keys.parseLog(Arrays.copyOf(log, log.length + 1)))
                .withMessageContaining("table log")
                .withMessageContaining("1 bytes follow its end");
        byte[] reserved = log.clone();
        reserved[0] = (byte) 0xFF;
        reserved[1] = (byte) 0xFF;
        assertThatExceptionOfType(StoreCorruptException.class).isThrownBy(() -> Keys.parseLog(reserved));
    }
}
