package dev.proreus.workspace.simulation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** All that happened in a simulation, line by line, and its digest. */
final class Trace {
    private static final long PRIME = 0x100000001b3L;

    private final List<String> lines = new ArrayList<>();
    private long digest = 0xcbf29ce484222325L;

    void note(String line) {
        lines.add(line);
        for (int i = 0; i < line.length(); i++) {
            digest = (digest ^ line.charAt(i)) * PRIME;
        }
        digest = (digest ^ '\n') * PRIME;
    }

    /** Takes bytes into the digest, which are too many for a line. */
    void mix(byte[] bytes) {
        for (byte each : bytes) {
            digest = (digest ^ (each & 0xff)) * PRIME;
        }
        digest = (digest ^ bytes.length) * PRIME;
    }

    long digest() {
        return digest;
    }

    List<String> lines() {
        return Collections.unmodifiableList(lines);
    }
}
