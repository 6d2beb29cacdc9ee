package dev.proreus.workspace;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Memory for bodies that one watch is given, which is used again when it was given them: a body of its own for each
 * would be most of what catching up leaves to the collector. One thread at a time.
 *
 * <p>Who reads a body asks for memory, fills it and makes it a string of bytes, or takes it back. All strings made
 * since it was lent are void once it is given back.
 */
public final class BodyRoom {
    /** Has no memory to lend; for any number of threads. */
    public static final BodyRoom NONE = new BodyRoom(0, room -> {});

    /** There is no memory left for a body. */
    public static final int FULL = -1;

    private static final byte VOID = (byte) 0xee;

    private final byte[] bytes;
    private final Consumer<BodyRoom> owner;
    private int used;

    /**
     * Makes one that is empty.
     *
     * @param size its bytes
     * @param owner is given it back
     */
    public BodyRoom(int size, Consumer<BodyRoom> owner) {
        this.bytes = new byte[size];
        this.owner = owner;
    }

    /** Returns where the next bytes lie, so many, or {@link #FULL}. */
    public int reserve(int length) {
        if (length > bytes.length - used) {
            return FULL;
        }
        int at = used;
        used += length;
        return at;
    }

    /** Takes back what was reserved last, of which no string was made. */
    public void takeBack(int at) {
        used = at;
    }

    /** Returns the memory, to fill what was reserved. */
    public byte[] bytes() {
        return bytes;
    }

    /** Returns the bytes that were reserved and filled, without a copy. */
    public ByteString string(int at, int length) {
        return UnsafeByteOperations.unsafeWrap(bytes, at, length);
    }

    /** Gives it back, empty, to be used again; called once each time that it was lent. */
    public void giveBack() {
        assert isWiped();
        used = 0;
        owner.accept(this);
    }

    /** So that tests see who still reads what is void. */
    private boolean isWiped() {
        Arrays.fill(bytes, 0, used, VOID);
        return true;
    }
}
