package dev.proreus.loadtest.soak;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Connections of clients that have gone without a word: half of them say no more than that they speak HTTP/2, the
 * others nothing at all, and none ever answers. The server must close each. Runs on a thread of its own.
 */
final class Strangers implements Runnable {
    private static final double PER_SECOND = 0.5;

    /** A ping after 30 s, 10 s for its answer, and some for a server that has much to do. */
    private static final long CLOSED_WITHIN_NANOS = 60_000_000_000L;

    /** The preface of HTTP/2, and an empty frame of settings. */
    private static final byte[] HELLO =
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0".getBytes(StandardCharsets.US_ASCII);

    private final Supplier<String> target;
    private final Uptime uptime;
    private final Ledger ledger;
    private final LongSupplier nanoTime;
    private final BooleanSupplier over;
    private final Deque<Stranger> open = new ArrayDeque<>();

    private record Stranger(SocketChannel socket, long since) {}

    Strangers(Supplier<String> target, Uptime uptime, Ledger ledger, LongSupplier nanoTime, BooleanSupplier over) {
        this.target = target;
        this.uptime = uptime;
        this.ledger = ledger;
        this.nanoTime = nanoTime;
        this.over = over;
    }

    @Override
    public void run() {
        Pace pace = new Pace(nanoTime, PER_SECOND);
        for (int i = 0; !over.getAsBoolean(); i++) {
            pace.await();
            int mark = uptime.mark();
            try {
                come(i % 2 == 0);
            } catch (IOException e) {
                if (!uptime.brokeSince(mark)) {
                    ledger.fault("no connection could be made: " + e.getMessage());
                }
            }
            open.removeIf(this::isClosed);
        }
        open.forEach(stranger -> close(stranger.socket()));
    }

    private void come(boolean speaks) throws IOException {
        String[] hostAndPort = target.get().split(":", -1);
        SocketChannel socket =
                SocketChannel.open(new InetSocketAddress(hostAndPort[0], Integer.parseInt(hostAndPort[1])));
        open.add(new Stranger(socket, nanoTime.getAsLong()));
        ledger.count(Ledger.Entry.STRANGERS);
        if (speaks) {
            socket.write(ByteBuffer.wrap(HELLO));
        }
        socket.configureBlocking(false);
    }

    private boolean isClosed(Stranger stranger) {
        boolean closed = hasEnded(stranger.socket());
        if (!closed && nanoTime.getAsLong() - stranger.since() > CLOSED_WITHIN_NANOS) {
            ledger.fault("a silent connection is still open after a minute");
            closed = true;
        }
        if (closed) {
            close(stranger.socket());
        }
        return closed;
    }

    /** Reads on what the server said, which nobody answers. */
    private static boolean hasEnded(SocketChannel socket) {
        try {
            ByteBuffer said = ByteBuffer.allocate(1_024);
            int read = socket.read(said);
            while (read > 0) {
                said.clear();
                read = socket.read(said);
            }
            return read < 0;
        } catch (IOException e) {
            return true;
        }
    }

    private static void close(SocketChannel socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is closed all the same.
            return;
        }
    }
}
