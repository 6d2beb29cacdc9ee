package dev.proreus.loadtest.peers;

import java.util.List;

/** What keeps a server on its core, and a Java process from reckoning with more. */
final class OneCore {
    static final String JAVA_OPTIONS = "-XX:ActiveProcessorCount=1";
    static final List<String> SERVER = List.of("taskset", "-c", "0");

    private OneCore() {}
}
