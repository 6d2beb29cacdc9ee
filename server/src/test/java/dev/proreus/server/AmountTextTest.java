package dev.proreus.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

/** Times and sizes on the command line. */
class AmountTextTest {
    @Test
    void timesAndSizesAreReadWithTheirUnits() {
        assertThat(new AgeText().convert("90s")).isEqualTo(Duration.ofSeconds(90));
        assertThat(new AgeText().convert("1h")).isEqualTo(Duration.ofHours(1));
        assertThat(new AgeText().convert("7d")).isEqualTo(Duration.ofDays(7));
        assertThat(new SizeText().convert("4GiB")).isEqualTo(4L << 30);
        assertThat(new SizeText().convert("1048576B")).isEqualTo(1L << 20);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "h", "-1h", "1.5h", "1 h", "1H", "0s", "999999999d", "1h30m"})
    void whatIsNoTimeIsRefused(String text) {
        assertThatThrownBy(() -> new AgeText().convert(text))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageContaining(text.isEmpty() ? "''" : text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "4", "GiB", "-4GiB", "4GB", "4 GiB", "1KiB", "0MiB", "999999999999TiB"})
    void whatIsNoSizeIsRefused(String text) {
        assertThatThrownBy(() -> new SizeText().convert(text))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageContaining(text.isEmpty() ? "''" : text);
    }
}
