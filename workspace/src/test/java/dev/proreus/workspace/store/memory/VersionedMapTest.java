package dev.proreus.workspace.store.memory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** That the map keeps what an open moment can see, and nothing else. */
final class VersionedMapTest {
    private static final byte[] KEY = {1};
    private static final byte[] OTHER = {2};

    private final VersionedMap map = new VersionedMap();

    @Test
    void whatNoMomentSeesGoes() {
        for (int moment = 1; moment <= 5; moment++) {
            map.put(KEY, moment, new byte[] {(byte) moment});
            map.reclaim(moment);
            assertThat(map.depth()).isEqualTo(1);
        }
        map.put(KEY, 6, null);
        map.reclaim(6);
        assertThat(map.depth()).isZero();
        assertThat(map.get(KEY, 6)).isNull();
    }

    @Test
    void whatAnOpenMomentSeesStays() {
        for (int moment = 1; moment <= 5; moment++) {
            map.put(KEY, moment, new byte[] {(byte) moment});
            map.put(OTHER, moment, moment % 2 == 0 ? null : new byte[] {(byte) moment});
        }
        map.reclaim(3);
        for (int moment = 3; moment <= 5; moment++) {
            assertThat(map.get(KEY, moment)).containsExactly(moment);
        }
        assertThat(map.get(OTHER, 3)).containsExactly(3);
        assertThat(map.get(OTHER, 4)).isNull();
        assertThat(map.get(OTHER, 5)).containsExactly(5);
        assertThat(map.depth()).isEqualTo(6);
        map.reclaim(5);
        assertThat(map.depth()).isEqualTo(2);
    }

    @Test
    void aKeyThatCameAndWentInOneBatchLeavesNothing() {
        map.put(KEY, 1, new byte[] {1});
        map.put(KEY, 1, null);
        map.put(OTHER, 1, null);
        map.reclaim(1);
        assertThat(map.depth()).isZero();
    }

    @Test
    void aDeletedKeyThatAnOpenMomentSeesIsPassedOverByLaterOnes() {
        map.put(KEY, 1, new byte[] {1});
        map.put(OTHER, 1, new byte[] {1});
        map.put(KEY, 2, null);
        map.reclaim(1);
        VersionedMap.Entry then = map.first(new byte[0], true, new byte[] {3}, 1);
        VersionedMap.Entry now = map.first(new byte[0], true, new byte[] {3}, 2);
        assertThat(then).isNotNull().extracting(entry -> entry.key).isEqualTo(KEY);
        assertThat(now).isNotNull().extracting(entry -> entry.key).isEqualTo(OTHER);
    }
}
