package dev.proreus.workspace.store.rocksdb;

import dev.proreus.workspace.store.StoreBatch;
import dev.proreus.workspace.store.StoreCorruptException;
import dev.proreus.workspace.store.StoreOpenException;
import dev.proreus.workspace.store.StoreOpenException.Kind;
import dev.proreus.workspace.store.Table;
import dev.proreus.workspace.store.keys.Keys;
import dev.proreus.workspace.store.rows.AppliedRow;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The file that says up to which commit batch a store is known to be durable, so that a store which comes back with
 * less is not taken for whole: RocksDB takes what cannot be read at the end of its log for writes that never happened.
 *
 * <p>It follows the commits within a second and stands at the last of them once the store was closed; of what was
 * written in the last second before a crash it says nothing. It is replaced as a whole, so that a crash leaves the old
 * one or the new one. Where an operator writes {@value #ACCEPT} into it, what is there is taken for whole; the word
 * stands until the next commit batch is durable.
 *
 * <p>{@link #note} is called by whoever writes, {@link #keep} by any one thread.
 */
final class HighWater {
    static final String FILE = "HIGHWATER.proreus";

    /** The next file, until it is whole. */
    static final String HALF = FILE + ".half";

    static final String ACCEPT = "accept";

    /** The key of the row that says how far the store has come. */
    static final byte[] APPLIED = Keys.ofShard(0).applied();

    /** Bytes of a file that can be one. */
    private static final int MAX_BYTES = 256;

    private static final Pattern TEXT =
            Pattern.compile("(proreus high water 1\nbatch (\\d{1,19})\nsequence (\\d{1,19})\n)crc32c ([0-9a-f]{8})\n");

    private final Path folder;
    private final String place;
    private volatile byte @Nullable [] noted;
    private boolean accepted;
    private byte @Nullable [] kept;

    HighWater(Path folder, String place) {
        this.folder = folder;
        this.place = place;
    }

    /** What the file says: batches and sequence that are durable; negative where an operator accepts what there is. */
    private record Mark(long batch, long sequence) {
        private static final Mark ACCEPTED = new Mark(-1, -1);

        String text() {
            String body = "proreus high water 1\nbatch " + batch + "\nsequence " + sequence + "\n";
            return body + "crc32c " + crc(body) + "\n";
        }

        private static String crc(String body) {
            CRC32C crc = new CRC32C();
            crc.update(body.getBytes(StandardCharsets.US_ASCII));
            return String.format("%08x", crc.getValue());
        }

        static @Nullable Mark parse(String text) {
            if (text.trim().equals(ACCEPT)) {
                return ACCEPTED;
            }
            Matcher matcher = TEXT.matcher(text);
            if (!matcher.matches() || !crc(matcher.group(1)).equals(matcher.group(4))) {
                return null;
            }
            return new Mark(Long.parseLong(matcher.group(2)), Long.parseLong(matcher.group(3)));
        }
    }

    /**
     * Checks that what was found is all that was known to be durable.
     *
     * @param found what the folder holds; null where nothing was ever put into it
     * @throws StoreOpenException if it is not; the message says what to do
     */
    void check(@Nullable Probed found) {
        String wrong = wrong(found);
        if (!wrong.isEmpty()) {
            throw new StoreOpenException(
                    Kind.CORRUPT,
                    place + " " + wrong + ": restore it from a backup, or to go on with what is there, write the word "
                            + ACCEPT + " into " + FILE);
        }
    }

    /** Returns what is wrong with what was found; empty where nothing is. */
    String wrong(@Nullable Probed found) {
        String text;
        try (FileChannel channel = FileChannel.open(folder.resolve(FILE))) {
            ByteBuffer bytes = ByteBuffer.allocate(MAX_BYTES);
            while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
                // Until all is read, or more than there may be.
            }
            text = StandardCharsets.ISO_8859_1.decode(bytes.flip()).toString();
        } catch (NoSuchFileException e) {
            return found == null ? "" : "is incomplete (" + FILE + " is missing)";
        } catch (IOException e) {
            throw Folders.unreadable(folder, e);
        }
        Mark mark = Mark.parse(text);
        accepted = Mark.ACCEPTED.equals(mark);
        if (mark == null) {
            return "is damaged (" + FILE + " does not match its checksum)";
        }
        AppliedRow applied = found == null ? null : found.applied();
        if (mark.batch <= (applied == null ? 0 : applied.position().index())) {
            return "";
        }
        String known = " (" + FILE + " knows of commit batch " + mark.batch + ", sequence " + mark.sequence;
        return applied == null
                ? "is incomplete" + known + ", and there are no data)"
                : "has lost commits that were durable" + known + "; what is there ends with batch "
                        + applied.position().index() + ", sequence " + applied.sequence() + ")";
    }

    /** Makes the file where there is none: durably, before anything is put where the data lie. */
    void begin() {
        if (!Files.exists(folder.resolve(FILE))) {
            try {
                replace(new Mark(0, 0));
            } catch (IOException e) {
                throw Folders.unwritable(folder, e);
            }
        }
    }

    /** Takes note of a batch that is durable; quick. */
    void note(StoreBatch batch) {
        for (StoreBatch.Operation operation : batch) {
            byte[] value = operation.value();
            if (value != null && operation.table() == Table.META && Arrays.equals(operation.key(), APPLIED)) {
                noted = value;
            }
        }
    }

    /** Takes note of what was found, unless it had to be accepted: then only what follows says that it goes on. */
    void note(AppliedRow found) {
        if (!accepted) {
            noted = found.encode();
        }
    }

    /** Returns whether an operator has accepted what was found, and no commit batch has followed yet. */
    boolean isLossAccepted() {
        return accepted && noted == null;
    }

    /** Brings the file up to what was noted; does nothing where it says that already. */
    @SuppressWarnings("ReferenceEquality") // a batch has an array of its own
    synchronized void keep() throws IOException {
        byte[] newest = noted;
        if (newest == null || newest == kept) {
            return;
        }
        try {
            AppliedRow row = AppliedRow.decode(newest);
            replace(new Mark(row.position().index(), row.sequence()));
            kept = newest;
        } catch (StoreCorruptException e) {
            throw new IllegalStateException("what was just written cannot be read", e);
        }
    }

    private void replace(Mark mark) throws IOException {
        Path half = folder.resolve(HALF);
        try (FileChannel channel = FileChannel.open(
                half, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer text = ByteBuffer.wrap(mark.text().getBytes(StandardCharsets.US_ASCII));
            while (text.hasRemaining()) {
                channel.write(text);
            }
            channel.force(true);
        }
        Files.move(half, folder.resolve(FILE), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        Folders.sync(folder);
    }
}
