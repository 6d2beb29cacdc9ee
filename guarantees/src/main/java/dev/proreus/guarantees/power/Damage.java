package dev.proreus.guarantees.power;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.SplittableRandom;

/**
 * Does to the bytes of a file what a loss of power may: what was synced last stays, but for what was overwritten since,
 * which may be old or new; what lies beyond is gone, or as long as it was with pages that never reached the disk, which
 * read as zeros or as what stood on the disk before, or is all there.
 */
final class Damage {
    /** What becomes of the bytes beyond the last sync. */
    private enum Fate {
        GONE,
        CUT,
        ZEROS,
        RUBBISH,
        KEPT
    }

    /** The unit in which a file goes from memory to disk. */
    private static final int PAGE_BYTES = 4096;

    private final Path saved;
    private final SplittableRandom random;
    private final boolean worst;

    /**
     * Makes the damage of one loss.
     *
     * @param saved what was overwritten
     * @param worst whether everything that may be lost is
     */
    Damage(Path saved, SplittableRandom random, boolean worst) {
        this.saved = saved;
        this.random = random;
        this.worst = worst;
    }

    /** Damages a file; returns how many bytes were changed or cut. */
    long doTo(Path path, NotedFile noted) throws IOException {
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long lost = restore(file, noted);
            long from = noted.durableLength();
            return file.size() > from ? lost + beyond(file, from) : lost;
        }
    }

    /** Puts back what was overwritten, or some of it. */
    private long restore(FileChannel file, NotedFile noted) throws IOException {
        long restored = 0;
        for (NotedFile.Saved each : noted.savedNewestFirst()) {
            if (worst || random.nextBoolean()) {
                ByteBuffer old = ByteBuffer.allocate(each.length());
                try (FileChannel kept = FileChannel.open(saved)) {
                    while (old.hasRemaining() && kept.read(old, each.at() + old.position()) >= 0) {}
                }
                write(file, old.flip(), each.offset());
                restored += each.length();
            }
        }
        return restored;
    }

    private long beyond(FileChannel file, long from) throws IOException {
        long length = file.size();
        Fate[] fates = Fate.values();
        Fate fate = worst ? Fate.GONE : fates[random.nextInt(fates.length)];
        return switch (fate) {
            case GONE -> cut(file, from);
            case CUT -> cut(file, random.nextLong(from, length));
            case ZEROS, RUBBISH -> spoil(file, from, fate == Fate.RUBBISH);
            case KEPT -> 0;
        };
    }

    private static long cut(FileChannel file, long length) throws IOException {
        long lost = file.size() - length;
        file.truncate(length);
        return lost;
    }

    private long spoil(FileChannel file, long from, boolean rubbish) throws IOException {
        long spoilt = 0;
        for (long at = from; at < file.size(); at = (at / PAGE_BYTES + 1) * PAGE_BYTES) {
            if (random.nextBoolean()) {
                int length = (int) Math.min((at / PAGE_BYTES + 1) * PAGE_BYTES - at, file.size() - at);
                byte[] page = new byte[length];
                if (rubbish) {
                    random.nextBytes(page);
                }
                write(file, ByteBuffer.wrap(page), at);
                spoilt += length;
            }
        }
        return spoilt;
    }

    private static void write(FileChannel file, ByteBuffer bytes, long offset) throws IOException {
        long at = offset;
        while (bytes.hasRemaining()) {
            at += file.write(bytes, at);
        }
    }
}
