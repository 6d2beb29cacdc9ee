package dev.proreus.server.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.proreus.v1.Bookmark;
import dev.proreus.v1.GetResponse;
import dev.proreus.v1.ListItem;
import dev.proreus.v1.Object;
import dev.proreus.v1.ObjectMeta;
import dev.proreus.v1.Route;
import dev.proreus.v1.WatchEvent;
import dev.proreus.v1.WatchResponse;
import io.grpc.Drainable;
import io.grpc.KnownLength;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EncodedTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 127, 128, 255, 256, 300, 16_383, 16_384, 1 << 20})
    void aMessageOfFieldsIsWhatTheGeneratedClassWrites(int chars) {
        GetResponse expected = GetResponse.newBuilder()
                .setObject(Object.newBuilder()
                        .setKind("k".repeat(chars))
                        .setMetadata(ObjectMeta.newBuilder().setName("n")))
                .setRevision(chars - 5L)
                .setIncarnation("i".repeat(chars / 3))
                .build();

        Encoded message = Encoded.builder()
                .delimited(1, expected.getObject().toByteString())
                .varint(3, expected.getRevision())
                .string(4, expected.getIncarnation())
                .build();

        assertThat(message.size()).isEqualTo(expected.getSerializedSize());
        assertThat(message.toByteString()).isEqualTo(expected.toByteString());
    }

    @Test
    void nestedMessagesAndReadyFieldsKeepTheirPlaces() throws Exception {
        Object object = Object.newBuilder().setKind("Robot".repeat(100)).build();
        WatchEvent event =
                WatchEvent.newBuilder().setAdded(object).setRevision(7).build();
        Encoded item = Encoded.builder()
                .delimited(1, object.toByteString())
                .message(2, Encoded.empty())
                .build();
        ByteString tagged = WatchResponse.newBuilder().addEvents(event).build().toByteString();
        Encoded message = Encoded.builder()
                .fields(tagged)
                .message(3, Bookmark.newBuilder().setRevision(7).build())
                .build();

        assertThat(ListItem.parseFrom(item.toByteString()).getObject()).isEqualTo(object);
        assertThat(ListItem.parseFrom(item.toByteString()).hasDerived()).isTrue();
        WatchResponse read = WatchResponse.parseFrom(message.toByteString());
        assertThat(read.getEventsList()).containsExactly(event);
        assertThat(read.getBookmark().getRevision()).isEqualTo(7);
    }

    /**
     * What all watches share is not copied for each; a rope is such a share, too, and so is what lies beside the heap.
     */
    @Test
    void writingCopiesNoSegment() throws Exception {
        byte[] first = {1, 2};
        byte[] second = {3, 4, 5};
        byte[] third = new byte[400];
        ByteBuffer direct =
                ByteBuffer.allocateDirect(2).put((byte) 6).put((byte) 7).flip();
        ByteString rope = UnsafeByteOperations.unsafeWrap(second).concat(UnsafeByteOperations.unsafeWrap(third));
        Encoded message = Encoded.of(List.of(
                UnsafeByteOperations.unsafeWrap(first),
                rope,
                UnsafeByteOperations.unsafeWrap(direct),
                UnsafeByteOperations.unsafeWrap(ByteBuffer.wrap(second, 1, 2))));

        List<byte[]> given = new ArrayList<>();
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        message.writeTo(new OutputStream() {
            @Override
            public void write(int value) {
                throw new AssertionError("bytes one by one");
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                given.add(bytes);
                whole.write(bytes, offset, length);
            }
        });

        assertThat(ByteString.copyFrom(whole.toByteArray())).isEqualTo(message.toByteString());
        assertThat(given).hasSize(5);
        assertThat(given.get(0)).isSameAs(first);
        assertThat(given.get(1)).isSameAs(second);
        assertThat(given.get(2)).isSameAs(third);
        assertThat(given.get(4)).isSameAs(second);
    }

    @Test
    void manySmallFieldsFillManySegments() throws Exception {
        Encoded.Builder message = Encoded.builder();
        for (int i = 0; i < 1_000; i++) {
            message.message(2, Route.newBuilder().setWorkspace("root:ws-" + i).build());
        }
        Encoded built = message.build();
        assertThat(built.toByteString().size()).isEqualTo(built.size());
        assertThat(WatchResponse.parseFrom(built.toByteString()).getRoutesCount())
                .isEqualTo(1_000);
    }

    @Test
    void theStreamGivesTheSameBytesHoweverItIsRead() throws IOException {
        long seed = System.nanoTime();
        System.out.println("EncodedTest seed " + seed);
        Random random = new Random(seed);
        byte[] first = new byte[random.nextInt(5_000)];
        byte[] second = new byte[random.nextInt(5_000) + 100];
        random.nextBytes(first);
        random.nextBytes(second);
        Encoded message = Encoded.of(List.of(ByteString.copyFrom(first), ByteString.copyFrom(second)));
        ByteString expected = ByteString.copyFrom(first).concat(ByteString.copyFrom(second));

        assertThat(drained(message, 0)).isEqualTo(expected);
        assertThat(drained(message, random.nextInt(100))).isEqualTo(expected);
        try (InputStream stream = Marshallers.ENCODED.stream(message)) {
            assertThat(ByteString.readFrom(stream)).isEqualTo(expected);
            assertThat(stream.available()).isZero();
        }
    }

    private static ByteString drained(Encoded message, int readFirst) throws IOException {
        ByteArrayOutputStream target = new ByteArrayOutputStream();
        try (InputStream stream = Marshallers.ENCODED.stream(message)) {
            assertThat(stream).isInstanceOf(KnownLength.class);
            assertThat(stream.available()).isEqualTo(message.size());
            target.write(stream.readNBytes(readFirst));
            int left = stream.available();
            assertThat(((Drainable) stream).drainTo(target)).isEqualTo(left);
            assertThat(stream.available()).isZero();
        }
        return ByteString.copyFrom(target.toByteArray());
    }
}
