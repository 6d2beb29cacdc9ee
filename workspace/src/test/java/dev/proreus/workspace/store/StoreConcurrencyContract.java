package dev.proreus.workspace.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What readers of a store may see while it is written, and while it is closed. */
@Timeout(60)
public abstract class StoreConcurrencyContract {
    private static final int READERS = 3;
    private static final int WRITES = 200;
    private static final int KEYS = 20;
    private static final KeyRange ALL_KEYS = KeyRange.ofPrefix(new byte[] {'k'});

    private final ExecutorService threads = Executors.newFixedThreadPool(READERS + 1);
    private @Nullable Store opened;

    protected abstract Store open();

    @BeforeEach
    void openStore() {
        opened = open();
    }

    @AfterEach
    void closeStore() {
        threads.shutdownNow();
        store().close();
    }

    private Store store() {
        if (opened == null) {
            throw new IllegalStateException("not open");
        }
        return opened;
    }

    @Test
    void readersSeeWholeBatchesInTheirOrder() throws Exception {
        write(0);
        AtomicBoolean done = new AtomicBoolean();
        List<Future<Long>> readers = start(() -> {
            long last = 0;
            while (!done.get()) {
                last = readAtLeast(last);
            }
            return readAtLeast(last);
        });
        for (int i = 1; i <= WRITES; i++) {
            write(i);
        }
        done.set(true);
        for (Future<Long> reader : readers) {
            assertThat(reader.get()).isEqualTo(WRITES);
        }
    }

    @Test
    void closingWaitsForReadersAndTurnsThemAway() throws Exception {
        write(0);
        CountDownLatch reading = new CountDownLatch(READERS);
        List<Future<Long>> readers = start(() -> {
            long last = 0;
            for (int i = 0; ; i++) {
                if (i == 1) {
                    reading.countDown();
                }
                last = readAtLeast(last);
            }
        });
        reading.await();
        store().close();
        for (Future<Long> reader : readers) {
            try {
                reader.get();
            } catch (ExecutionException e) {
                assertThat(e).hasCauseInstanceOf(StoreClosedException.class);
            }
        }
    }

    private List<Future<Long>> start(Callable<Long> reader) {
        List<Future<Long>> started = new ArrayList<>();
        for (int i = 0; i < READERS; i++) {
            started.add(threads.submit(reader));
        }
        return started;
    }

    /** Writes one number under all keys, in two tables. */
    private void write(long number) {
        StoreBatch batch = new StoreBatch();
        byte[] value = ByteBuffer.allocate(Long.BYTES).putLong(number).array();
        for (int i = 0; i < KEYS; i++) {
            batch.put(Table.HEAD, ("k" + i).getBytes(UTF_8), value);
            batch.put(Table.VERSION, ("k" + i).getBytes(UTF_8), value);
        }
        store().write(batch);
    }

    /** Reads in every way there is; whatever is seen together must be equal, and never older than seen before. */
    private long readAtLeast(long before) {
        long got = number(store().get(Table.HEAD, "k7".getBytes(UTF_8)));
        assertThat(got).isGreaterThanOrEqualTo(before);
        long scanned;
        try (Cursor at = store().cursor(Table.VERSION, ALL_KEYS)) {
            scanned = sameThroughout(at);
        }
        assertThat(scanned).isGreaterThanOrEqualTo(got);
        try (StoreView view = store().view()) {
            long viewed = number(view.get(Table.VERSION, "k3".getBytes(UTF_8)));
            assertThat(viewed).isGreaterThanOrEqualTo(scanned);
            try (Cursor at = view.cursor(Table.HEAD, ALL_KEYS)) {
                assertThat(sameThroughout(at)).isEqualTo(viewed);
            }
            return viewed;
        }
    }

    private static long sameThroughout(Cursor at) {
        long first = number(at.value());
        int keys = 0;
        for (; at.valid(); at.next()) {
            assertThat(number(at.value())).isEqualTo(first);
            keys++;
        }
        assertThat(keys).isEqualTo(KEYS);
        return first;
    }

    private static long number(byte @Nullable [] value) {
        assertThat(value).isNotNull();
        return value == null ? -1 : ByteBuffer.wrap(value).getLong();
    }
}
