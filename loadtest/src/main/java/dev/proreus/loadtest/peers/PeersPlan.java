package dev.proreus.loadtest.peers;

/**
 * What a comparison does.
 *
 * @param rounds rounds, each of both peers under both loads
 * @param etcdEvents writes of etcd's fan-out, each an event for every stream
 * @param ourEvents the same of ours, more since they take less time
 * @param writes durable writes
 * @param warmEvents writes of our fan-out before those that count: until the JVM's compilers have next to nothing to do
 * @param warmWrites the same of our durable writes
 */
record PeersPlan(int rounds, int etcdEvents, int ourEvents, int writes, int warmEvents, int warmWrites) {
    static final int STREAMS = 1_000;
    static final int FANOUT_CONNECTIONS = 16;
    static final int WRITERS = 16;
    static final int CLIENTS = 1_000;
    static final int WRITE_CONNECTIONS = 100;
    static final int VALUE_BYTES = 256;

    static final PeersPlan SHORT = new PeersPlan(3, 1_000, 4_000, 50_000, 16_000, 200_000);
    static final PeersPlan LONG = new PeersPlan(5, 3_000, 20_000, 200_000, 20_000, 200_000);
}
