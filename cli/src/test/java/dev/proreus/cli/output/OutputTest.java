package dev.proreus.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import dev.proreus.cli.testing.RecordedTerminal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutputTest {

    @ParameterizedTest
    @CsvSource({"-5,0s", "0,0s", "59,59s", "60,1m", "3599,59m", "3600,1h", "86399,23h", "86400,1d", "31536000,1y"})
    void anAgeIsOneShortWord(long seconds, String word) {
        assertThat(Age.of(Duration.ofSeconds(seconds))).isEqualTo(word);
        assertThat(Age.of(
                        Timestamp.newBuilder().setSeconds(1_000_000).build(),
                        Instant.ofEpochSecond(1_000_000 + seconds)))
                .isEqualTo(word);
    }

    @Test
    void columnsLineUpAndOnlyWiden() {
        Columns columns = new Columns(RecordedTerminal.pipe().terminal(), List.of("NAME", "X", "AGE"), Set.of());
        columns.fit(List.of(List.of("robot-1", "", "5s")));

        assertThat(columns.head()).isEqualTo("NAME     X  AGE");
        assertThat(columns.line(List.of("robot-1", "", "5s"))).isEqualTo("robot-1  -  5s");
        assertThat(columns.line(List.of("robot-1000", "7", "5s"))).isEqualTo("robot-1000  7  5s");
        assertThat(columns.line(List.of("r", "7", "5s"))).isEqualTo("r           7  5s");
    }

    @Test
    void wordsOfHealthAreColouredAndOthersNot() {
        Columns columns =
                new Columns(RecordedTerminal.coloured().terminal(), List.of("A", "READY", "B"), Set.of("READY"));

        assertThat(columns.line(List.of("True", "True", "x"))).isEqualTo("True  \u001b[32mTrue\u001b[0m   x");
    }

    @Test
    void wordsOfObjectsDoNotCommandTheTerminal() {
        Columns columns = new Columns(RecordedTerminal.pipe().terminal(), List.of("A"), Set.of());

        assertThat(columns.line(List.of("\u001b[31mred\u009b2J\nx\u202e")))
                .isEqualTo("\uFFFD[31mred\uFFFD2J\uFFFDx\uFFFD");
        assertThat(columns.line(List.of("gr\u00fc\u00dfe \uD83D\uDE00"))).isEqualTo("gr\u00fc\u00dfe \uD83D\uDE00");
    }

    @Test
    void longCellsAreCutBetweenCharacters() {
        Columns columns = new Columns(RecordedTerminal.pipe().terminal(), List.of("A"), Set.of());

        assertThat(columns.line(List.of("\uD83D\uDE00".repeat(100)))).isEqualTo("\uD83D\uDE00".repeat(79) + "\u2026");
    }

    @Test
    void anAreaIsPaintedAgainInPlace() {
        RecordedTerminal recorded = RecordedTerminal.live(24);
        LiveArea area = new LiveArea(recorded.terminal());

        area.paint(List.of("one", "two"));
        area.paint(List.of("three"));
        area.above(List.of("stays"));

        assertThat(recorded.out())
                .isEqualTo("\u001b[?7l\u001b[2Kone\n\u001b[2Ktwo\n\u001b[J\u001b[?7h"
                        + "\u001b[?7l\u001b[2F\u001b[2Kthree\n\u001b[J\u001b[?7h"
                        + "\u001b[1F\u001b[Jstays\n\u001b[?7l\u001b[2Kthree\n\u001b[J\u001b[?7h");
    }

    @Test
    void anAreaLeavesOutWhatDoesNotFit() {
        RecordedTerminal recorded = RecordedTerminal.live(4);

        new LiveArea(recorded.terminal()).paint(List.of("1", "2", "3", "4", "5"));

        assertThat(recorded.out())
                .contains("1\n", "2\n", "... and 3 more lines")
                .doesNotContain("3\n");
    }

    @Test
    void failuresGoToTheErrorsAsOneBlock() {
        RecordedTerminal recorded = RecordedTerminal.pipe();

        recorded.terminal().failure(List.of("it broke", "  because\u0007", "  try: again"));

        assertThat(recorded.err()).isEqualTo("error: it broke\n  because\uFFFD\n  try: again\n");
        assertThat(recorded.out()).isEmpty();
    }

    @Test
    void coloursCanBeDeclined() {
        assertThat(Terminal.wantsColours(Map.of())).isTrue();
        assertThat(Terminal.wantsColours(Map.of("NO_COLOR", "1"))).isFalse();
        assertThat(Terminal.wantsColours(Map.of("TERM", "dumb"))).isFalse();
    }
}
