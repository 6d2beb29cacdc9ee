package dev.proreus.workspace.watch;

import dev.proreus.workspace.BodyRoom;
import dev.proreus.workspace.Limits;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/** Rooms for bodies that are not in use, for whoever reads a share next. What is not given back is lost to no harm. */
final class BodyRooms {
    /** Rooms that are kept, 2 MiB: more than reads that run at a time and their answers that are being given. */
    private static final int KEPT = 32;

    private final BlockingQueue<BodyRoom> free = new ArrayBlockingQueue<>(KEPT);

    /** Returns one that is empty. */
    BodyRoom take() {
        @Nullable BodyRoom room = free.poll();
        return room == null ? new BodyRoom(Limits.SHARE_BYTES, free::offer) : room;
    }
}
