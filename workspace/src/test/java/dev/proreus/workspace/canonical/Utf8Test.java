package dev.proreus.workspace.canonical;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The test for UTF-8 says what the decoder of the JDK says. */
class Utf8Test {
    @Test
    void agreesWithTheDecoderOnAllTwoAndThreeBytesAboveAscii() {
        byte[] bytes = new byte[3];
        for (int value = 0x80_00_00; value <= 0xff_ff_ff; value++) {
            bytes[0] = (byte) (value >>> 16);
            bytes[1] = (byte) (value >>> 8);
            bytes[2] = (byte) value;
            agree(bytes, 0, 3);
            if (bytes[2] == 0) {
                agree(bytes, 0, 2);
                agree(bytes, 0, 1);
            }
        }
    }

    @Test
    void agreesWithTheDecoderOnFourBytesNearEveryEdge() {
        int[] edges = {0x00, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xff};
        byte[] bytes = new byte[4];
        for (int lead = 0xe0; lead <= 0xff; lead++) {
            for (int second : edges) {
                for (int third : edges) {
                    for (int fourth : edges) {
                        bytes[0] = (byte) lead;
                        bytes[1] = (byte) second;
                        bytes[2] = (byte) third;
                        bytes[3] = (byte) fourth;
                        agree(bytes, 0, 4);
                    }
                }
            }
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void agreesWithTheDecoderOnDamagedText(long seed) {
        Random random = new Random(seed);
        byte[] text = "a long text of ASCII letters, then é, ł, 中, \ud83e\udd16 and more of ASCII"
                .getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 50_000; i++) {
            byte[] damaged = text.clone();
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            int from = random.nextInt(damaged.length);
            agree(damaged, from, from + random.nextInt(damaged.length - from + 1));
        }
    }

    /** The JDK replaces what is not well-formed, so text that survives is. */
    private static void agree(byte[] bytes, int from, int to) {
        byte[] read = new String(bytes, from, to - from, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
        boolean expected = Arrays.equals(read, 0, read.length, bytes, from, to);
        if (Utf8.isValid(bytes, from, to) != expected) {
            assertThat(bytes)
                    .as("valid is %s from %s to %s", expected, from, to)
                    .isNull();
        }
    }
}
