package dev.proreus.workspace.watch;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import dev.proreus.v1.Object;
import dev.proreus.v1.ObjectMeta;
import dev.proreus.v1.WatchEvent;
import dev.proreus.v1.WatchResponse;
import java.util.Arrays;
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
    void aLargeObjectIsSharedAndASmallOneIsCopied() {
        assertThat(showsWhatBecomesOf(new byte[EventBytes.SHARED_BYTES])).isTrue();
        assertThat(showsWhatBecomesOf(new byte[EventBytes.SHARED_BYTES - 1])).isFalse();
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

    /** Returns whether an event changes when somebody changes the bytes of its object, which nobody does in life. */
    private static boolean showsWhatBecomesOf(byte[] object) {
        ByteString event = EventBytes.encode(ADDED, UnsafeByteOperations.unsafeWrap(object), 1);
        byte[] before = event.toByteArray();
        Arrays.fill(object, (byte) 1);
        return !Arrays.equals(event.toByteArray(), before);
    }
}
