package dev.proreus.workspace.commit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * Names that the server makes up: the same for the same chance, and otherwise as different as five characters can be.
 */
class GeneratedNameTest {
    private static final int NAMES = 20_000;

    @Test
    void theSameChanceGivesTheSameNameAndEachAttemptAnother() {
        UUID chance = new UUID(11, 12);
        Set<String> names = new HashSet<>();
        for (int attempt = 0; attempt < GeneratedName.TRIES; attempt++) {
            String name = GeneratedName.after("job-", chance, attempt);
            assertThat(name).isEqualTo(GeneratedName.after("job-", chance, attempt));
            assertThat(name).startsWith("job-").hasSize("job-".length() + 5);
            names.add(name);
        }
        assertThat(names).hasSize(GeneratedName.TRIES);
    }

    @Test
    void everyCharacterStandsInEveryPlaceAboutAsOften() {
        int[][] counts = new int[5][128];
        Set<String> names = new HashSet<>();
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < NAMES; i++) {
            String name = GeneratedName.after("", new UUID(random.nextLong(), random.nextLong()), 0);
            names.add(name);
            for (int place = 0; place < 5; place++) {
                counts[place][name.charAt(place)]++;
            }
        }
        int even = NAMES / GeneratedName.ALPHABET.length();
        for (int[] place : counts) {
            for (char each : GeneratedName.ALPHABET.toCharArray()) {
                assertThat(place[each])
                        .as("times that %s stands in a place", each)
                        .isBetween(even / 2, even * 2);
            }
        }
        assertThat(names).hasSizeGreaterThan(NAMES - 50);
    }

    /** Chances that differ little: those of uids made one after another must not give names that collide. */
    @Test
    void chancesThatAreAlikeGiveNamesThatAreNot() {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            names.add(GeneratedName.after("", new UUID(0, i), 0));
            names.add(GeneratedName.after("", new UUID((long) i << 32, 0), 0));
        }
        assertThat(names).hasSizeGreaterThan(1_990);
    }
}
