package dev.proreus.workspace.store;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Puts and deletes that take effect together or not at all, in the order in which they were added: of two for one key
 * the later one wins.
 *
 * <p>Holds {@link #MAX_BYTES} of keys and values at most. Keeps the arrays that it is given, so they must not change
 * until the batch is written. One thread at a time.
 */
public final class StoreBatch implements Iterable<StoreBatch.Operation> {
    /**
     * Bytes of keys and values in one batch: twice what requests may hold in the queue, and below one write buffer. A
     * writer closes its batch well before, since a small command can rewrite a large object.
     */
    public static final int MAX_BYTES = 32 << 20;

    /** Bytes of a key: an object's name is 253 at most, an indexed value somewhat more. */
    public static final int MAX_KEY_BYTES = 2 << 10;

    private final List<Operation> operations = new ArrayList<>();
    private int bytes;

    /**
     * Adds a put.
     *
     * @throws IllegalArgumentException if the key is empty or longer than {@link #MAX_KEY_BYTES}
     * @throws IllegalStateException if the batch would exceed {@link #MAX_BYTES}
     */
    public void put(Table table, byte[] key, byte[] value) {
        Objects.requireNonNull(value, "value");
        add(new Operation(table, key, value), value.length);
    }

    /**
     * Adds a delete; deleting what is not there does nothing.
     *
     * @throws IllegalArgumentException if the key is empty or longer than {@link #MAX_KEY_BYTES}
     * @throws IllegalStateException if the batch would exceed {@link #MAX_BYTES}
     */
    public void delete(Table table, byte[] key) {
        add(new Operation(table, key, null), 0);
    }

    private void add(Operation operation, int valueBytes) {
        int keyBytes = operation.key().length;
        if (keyBytes == 0 || keyBytes > MAX_KEY_BYTES) {
            throw new IllegalArgumentException(
                    "a key of " + keyBytes + " bytes; 1 to " + MAX_KEY_BYTES + " are allowed");
        }
        long sum = (long) bytes + keyBytes + valueBytes;
        if (sum > MAX_BYTES) {
            throw new IllegalStateException(
                    "the batch would hold " + sum + " bytes; at most " + MAX_BYTES + " are allowed");
        }
        bytes = (int) sum;
        operations.add(operation);
    }

    /** Returns the bytes of all keys and values. */
    public int bytes() {
        return bytes;
    }

    /** Returns the number of puts and deletes. */
    public int size() {
        return operations.size();
    }

    public boolean isEmpty() {
        return operations.isEmpty();
    }

    /** Throws {@link IllegalArgumentException} where the batch holds a put. */
    public void requireDeletes() {
        for (Operation operation : operations) {
            if (operation.value() != null) {
                throw new IllegalArgumentException("a batch of deletes puts a row into " + operation.table());
            }
        }
    }

    /** Returns the operations in the order in which they were added. */
    @Override
    public Iterator<Operation> iterator() {
        return operations.iterator();
    }

    /** One put or delete of a batch. Its arrays are the batch's own: to be read only. */
    public static final class Operation {
        private final Table table;
        private final byte[] key;
        private final byte @Nullable [] value;

        private Operation(Table table, byte[] key, byte @Nullable [] value) {
            this.table = Objects.requireNonNull(table, "table");
            this.key = key;
            this.value = value;
        }

        public Table table() {
            return table;
        }

        public byte[] key() {
            return key;
        }

        /** Returns the value to put, or null for a delete. */
        public byte @Nullable [] value() {
            return value;
        }
    }
}
