package dev.proreus.workspace.watch;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.proreus.workspace.BodyRoom;
import dev.proreus.workspace.Limits;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Memory for the bodies of shares, used again when a share was given: a body of its own for each event would be most of
 * what catching up leaves to the collector. Thread-safe.
 */
final class BodyRooms {
    /** Rooms that are kept, 2 MiB: more than reads that run at a time and their answers that are being given. */
    private static final int KEPT = 32;

    private static final byte VOID = (byte) 0xee;

    private final BlockingQueue<Room> free = new ArrayBlockingQueue<>(KEPT);

    /** Lends an empty one; it may be lost, to no harm. */
    Room take() {
        Room room = free.poll();
        return room == null ? new Room() : room;
    }

    /** A room that is lent; bodies for which it has no memory left have their own. One thread at a time. */
    final class Room implements BodyRoom {
        private final byte[] bytes = new byte[Limits.SHARE_BYTES];
        private int used;

        @Override
        public ByteString copy(ByteBuffer source, int from, int length) {
            if (length > bytes.length - used) {
                return OWN.copy(source, from, length);
            }
            source.get(from, bytes, used, length);
            ByteString body = UnsafeByteOperations.unsafeWrap(bytes, used, length);
            used += length;
            return body;
        }

        /** Gives it back, once: the bodies in it are void from now on. */
        void giveBack() {
            assert isWiped();
            used = 0;
            free.offer(this);
        }

        /** So that tests see who still reads what is void. */
        private boolean isWiped() {
            Arrays.fill(bytes, 0, used, VOID);
            return true;
        }
    }
}
