package dev.proreus.workspace.store.rocksdb;

import dev.proreus.workspace.store.StoreOpenException;
import dev.proreus.workspace.store.StoreOpenException.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The lock on a data folder: a file that one process at a time holds, with that process's id inside.
 *
 * <p>The operating system gives the lock back when the process ends, however it ends. It counts by process, and closing
 * any channel to the file gives it back, so a second opening inside one process is refused before it touches the file.
 */
final class FolderLock implements AutoCloseable {
    static final String FILE = "LOCK.proreus";

    /** A byte far behind the text, so that the text can be read where locks are mandatory. */
    private static final long LOCKED_POSITION = Long.MAX_VALUE - 1;

    /** Bytes of a process id as text. */
    private static final int MAX_PID_BYTES = 20;

    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

    private final Path folder;
    private final @Nullable FileChannel channel;
    private boolean signed;

    private FolderLock(Path folder, @Nullable FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    /**
     * Takes the lock of an existing folder, given by its real path.
     *
     * @throws StoreOpenException if another holds it, or the file cannot be made
     */
    static FolderLock take(Path folder) {
        return take(folder, false);
    }

    /**
     * Takes a lock that keeps writers out and changes nothing; where there is no file to lock, nobody writes either.
     *
     * @throws StoreOpenException if another holds it
     */
    static FolderLock share(Path folder) {
        return take(folder, true);
    }

    private static FolderLock take(Path folder, boolean shared) {
        if (!HELD_HERE.add(folder)) {
            throw inUse(folder, "this process (pid " + ProcessHandle.current().pid() + ")", null);
        }
        FolderLock taken = null;
        try {
            taken = new FolderLock(folder, shared ? openExisting(folder) : open(folder));
            taken.lock(shared);
            return taken;
        } catch (RuntimeException | Error e) {
            if (taken == null) {
                HELD_HERE.remove(folder);
            } else {
                taken.release();
            }
            throw e;
        }
    }

    private static FileChannel open(Path folder) {
        try {
            return FileChannel.open(
                    folder.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw Folders.unwritable(folder, e);
        }
    }

    private static @Nullable FileChannel openExisting(Path folder) {
        try {
            return FileChannel.open(folder.resolve(FILE), StandardOpenOption.READ);
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            throw Folders.unreadable(folder, e);
        }
    }

    private void lock(boolean shared) {
        if (channel == null) {
            return;
        }
        try {
            FileLock lock = channel.tryLock(LOCKED_POSITION, 1, shared);
            if (lock == null) {
                throw inUse(folder, holder(channel), null);
            }
        } catch (IOException e) {
            throw Folders.unwritable(folder, e);
        }
    }

    private static StoreOpenException inUse(Path folder, String by, @Nullable Throwable cause) {
        return new StoreOpenException(
                Kind.LOCKED,
                "data folder " + folder + " is in use by " + by + ": stop it or choose another with --data",
                cause);
    }

    private static String holder(FileChannel channel) {
        try {
            ByteBuffer text = ByteBuffer.allocate(MAX_PID_BYTES);
            channel.read(text, 0);
            String pid =
                    StandardCharsets.US_ASCII.decode(text.flip()).toString().trim();
            Optional<ProcessHandle> process = ProcessHandle.of(Long.parseLong(pid));
            return process.isPresent() ? "process " + pid : "another process";
        } catch (IOException | NumberFormatException e) {
            return "another process";
        }
    }

    /** Writes this process's id into the file, for others to read; it counts for nothing else. */
    void sign() {
        byte[] pid = (ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII);
        try {
            Objects.requireNonNull(channel).truncate(0).write(ByteBuffer.wrap(pid), 0);
            signed = true;
        } catch (IOException e) {
            throw Folders.unwritable(folder, e);
        }
    }

    /** Gives the lock back and takes the id out of the file, which stays: one that is removed can be locked twice. */
    @Override
    public void close() {
        try {
            if (signed && channel != null) {
                channel.truncate(0);
            }
        } catch (IOException e) {
            // The id stays, and is stale: a reader looks whether such a process lives.
        }
        release();
    }

    private void release() {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            // The operating system gives the lock back with the process.
        } finally {
            HELD_HERE.remove(folder);
        }
    }
}
