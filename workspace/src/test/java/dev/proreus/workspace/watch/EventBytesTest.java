package dev.proreus.workspace.watch;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteOutput;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import dev.proreus.v1.Object;
import dev.proreus.v1.ObjectMeta;
import dev.proreus.v1.WatchEvent;
import dev.proreus.v1.WatchResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What events look like on the wire, and what they share. */
class EventBytesTest {
    private static final int ADDED = WatchEvent.ADDED_FIELD_NUMBER;

    @Test
    void anEventIsAsLongAsItWasSaidToBeAndReadAsItWasMeant() throws InvalidProtocolBufferException {
        for (int size = EventBytes.SHARED_BYTES - 20; size < EventBytes.SHARED_BYTES + 20; size++) {
            Object object = object(size);
            for (long revision = 1; revision > 0; revision <<= 1) {
                ByteString event = EventBytes.encode(ADDED, object.toByteString(), revision);
                assertThat(EventBytes.length(ADDED, object.toByteString(), revision))
                        .isEqualTo(event.size());
                assertThat(WatchResponse.parseFrom(event).getEventsList())
                        .containsExactly(WatchEvent.newBuilder()
                                .setAdded(object)
                                .setRevision(revision)
                                .build());
            }
        }
    }

    @Test
    void anEventWithTheStateBeforeIsReadAsItWasMeant() throws InvalidProtocolBufferException {
        Object now = object(100);
        Object before = object(1_000);
        ByteString event =
                EventBytes.encode(WatchEvent.MODIFIED_FIELD_NUMBER, now.toByteString(), before.toByteString(), 7);
        assertThat(WatchResponse.parseFrom(event).getEventsList())
                .containsExactly(WatchEvent.newBuilder()
                        .setModified(now)
                        .setPrevious(before)
                        .setRevision(7)
                        .build());
    }

    @Test
    void aLargeObjectIsSharedAndASmallOneIsWrittenInOnePiece() throws IOException {
        ByteString large = bytes(EventBytes.SHARED_BYTES);
        List<byte[]> pieces = pieces(EventBytes.encode(ADDED, large, 1));
        assertThat(pieces).hasSize(3);
        assertThat(pieces.get(1)).isSameAs(pieces(large).get(0));
        assertThat(pieces(EventBytes.encode(ADDED, bytes(EventBytes.SHARED_BYTES - 1), 1)))
                .hasSize(1);
    }

    @Test
    void whatAnEventTakesBesideItsObjectIsWhatItDoesNotShare() {
        int around = EventBytes.length(ADDED, bytes(EventBytes.SHARED_BYTES), 1) - EventBytes.SHARED_BYTES;
        assertThat(EventBytes.ownBytes(ADDED, bytes(EventBytes.SHARED_BYTES), 1))
                .isBetween(around, around + 200);
        assertThat(EventBytes.ownBytes(ADDED, bytes(EventBytes.SHARED_BYTES - 1), 1))
                .isEqualTo(around + EventBytes.SHARED_BYTES - 1);
    }

    private static Object object(int bytes) {
        return Object.newBuilder()
                .setMetadata(ObjectMeta.newBuilder().setName("r".repeat(bytes)))
                .build();
    }

    private static ByteString bytes(int count) {
        return UnsafeByteOperations.unsafeWrap(new byte[count]);
    }

    /** Returns the arrays that a string of bytes consists of. */
    private static List<byte[]> pieces(ByteString bytes) throws IOException {
        List<byte[]> pieces = new ArrayList<>();
        UnsafeByteOperations.unsafeWriteTo(bytes, new ByteOutput() {
            @Override
            public void write(byte value) {
                throw new AssertionError("bytes come in arrays");
            }

            @Override
            public void write(byte[] piece, int offset, int length) {
                pieces.add(piece);
            }

            @Override
            public void writeLazy(byte[] piece, int offset, int length) {
                pieces.add(piece);
            }

            @Override
            public void write(ByteBuffer piece) {
                throw new AssertionError("bytes come in arrays");
            }

            @Override
            public void writeLazy(ByteBuffer piece) {
                throw new AssertionError("bytes come in arrays");
            }
        });
        return pieces;
    }
}
