package dev.proreus.loadtest.peers;

/**
 * What one peer did in one round of one load.
 *
 * @param perSecond events or writes a second
 * @param cpuMicros CPU of the server for one of them
 * @param share of its core that the server used
 * @param p50Millis middle latency; not a number where the client does not tell
 * @param p99Millis latency of the slowest hundredth; likewise
 */
record Measured(double perSecond, double cpuMicros, double share, double p50Millis, double p99Millis) {}
