package dev.proreus.loadtest.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;

/** Objects that lie side by side in a block of a store are compressed together, and must not help one another. */
class LettersTest {
    private static final int LENGTH = 1_024;

    @Test
    void neighboursCompressNoBetterThanTheirLettersDo() {
        Letters letters = new Letters(LENGTH);
        StringBuilder block = new StringBuilder();
        for (int number = 1_000_000; number < 1_000_031; number++) {
            block.append(letters.piece(number));
        }
        byte[] bytes = block.toString().getBytes(StandardCharsets.US_ASCII);
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
        deflater.setInput(bytes);
        deflater.finish();

        // Six bits in each byte are three quarters.
        assertThat(deflater.deflate(new byte[2 * bytes.length])).isGreaterThan(bytes.length * 73 / 100);
        deflater.end();
    }
}
