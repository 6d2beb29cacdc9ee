package dev.proreus.workspace.check;

import dev.proreus.workspace.store.Store;
import dev.proreus.workspace.store.StoreCorruptException;
import dev.proreus.workspace.store.Table;
import dev.proreus.workspace.store.keys.KeyRanges;
import dev.proreus.workspace.store.keys.Keys;
import dev.proreus.workspace.store.rows.AppliedRow;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One look at a store, which all its parts share: what is read, where findings go, and how many rows were seen. */
final class Inspection {
    /** Rows between two reports. */
    private static final int REPORTED_ROWS = 1_024;

    private final Keys keys;
    private final Store store;
    private final MetaRows meta;
    private final AppliedRow applied;
    private final KeyNames names;
    private final Consumer<Finding> findings;
    private final LongConsumer progress;
    private long seen;

    /** @param progress told how many rows were seen, now and then */
    Inspection(
            Keys keys,
            Store store,
            MetaRows meta,
            AppliedRow applied,
            Consumer<Finding> findings,
            LongConsumer progress) {
        this.keys = keys;
        this.store = store;
        this.meta = meta;
        this.applied = applied;
        this.names = new KeyNames(meta);
        this.findings = findings;
        this.progress = progress;
    }

    Keys keys() {
        return keys;
    }

    KeyRanges ranges() {
        return keys.ranges();
    }

    Store store() {
        return store;
    }

    MetaRows meta() {
        return meta;
    }

    AppliedRow applied() {
        return applied;
    }

    KeyNames names() {
        return names;
    }

    long seen() {
        return seen;
    }

    /** Counts a row. */
    void row() {
        seen++;
        if (seen % REPORTED_ROWS == 0) {
            progress.accept(seen);
        }
    }

    void found(Table table, String key, String wrong) {
        findings.accept(new Finding(table.label(), key, wrong));
    }

    /** Decodes something; null and a finding where that cannot be done. */
    <B, R> @Nullable R decode(Table table, Supplier<String> key, B bytes, Function<B, R> decoder) {
        try {
            return decoder.apply(bytes);
        } catch (StoreCorruptException e) {
            found(table, key.get(), String.valueOf(e.getMessage()));
            return null;
        }
    }
}
