package dev.proreus.workspace.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.proreus.workspace.Limits;
import org.junit.jupiter.api.Test;

/** How events that were read wait, and how they become messages: whole positions, and messages of bounded size. */
class ChunkTest {
    private static final Message.Shape ROUTED = new Message.Shape(false, true);

    @Test
    void theEventsOfOnePositionStayTogetherWhereEachBorderIsOneToResumeFrom() {
        Chunk chunk = chunk(Chunk.Kind.CHANGES, 1, 1, 1, 2);
        Message message = new Message(ROUTED);
        assertThat(chunk.appendNext(message)).isEqualTo(1);
        assertThat(message.count()).isEqualTo(2);
        assertThat(chunk.isBegun()).as("not before it is told to move").isFalse();
        chunk.advance();
        assertThat(chunk.isBegun()).isTrue();
        assertThat(chunk.isEmpty()).isFalse();
        assertThat(chunk.appendNext(message)).isEqualTo(2);
        chunk.advance();
        assertThat(chunk.isEmpty()).isTrue();
        assertThat(chunk.appendNext(message)).isEqualTo(Feed.NOTHING);
        assertThat(message.close(WatchMessage.NO_BOOKMARK).workspaces()).containsExactly("w0", "w1", "w2");
    }

    @Test
    void theEventsOfAPassAreTakenOneByOne() {
        Chunk chunk = chunk(Chunk.Kind.PASS, 1, 1, 1);
        Message message = new Message(ROUTED);
        assertThat(chunk.appendNext(message)).isEqualTo(1);
        assertThat(message.count()).isEqualTo(1);
    }

    @Test
    void whatIsCutCountsNoMore() {
        Chunk chunk = chunk(Chunk.Kind.CHANGES, 10, 1, 2, 3);
        assertThat(chunk.bytes()).isEqualTo(30);
        chunk.cutTo(1);
        assertThat(chunk.bytes()).isEqualTo(10);
        assertThat(chunk.size()).isEqualTo(1);
        chunk.add(ByteString.copyFromUtf8("later"), "w9", 4);
        Message message = chunk.nextMessage(ROUTED);
        assertThat(message.close(WatchMessage.NO_BOOKMARK).workspaces()).containsExactly("w0", "w9");
        assertThat(message.through()).isEqualTo(4);
        assertThat(message.bytes()).isEqualTo(15);
    }

    @Test
    void aMessageIsClosedAtTheFirstBorderPastItsSize() {
        int half = Limits.WATCH_BATCH_BYTES / 2;
        Chunk chunk = chunk(Chunk.Kind.CHANGES, half, 1, 2, 3, 4, 5);
        Message first = chunk.nextMessage(ROUTED);
        assertThat(first.count()).as("the third takes it past its size").isEqualTo(3);
        assertThat(first.through()).isEqualTo(3);
        assertThat(chunk.nextMessage(ROUTED).through()).isEqualTo(5);
        assertThat(chunk.isEmpty()).isTrue();
    }

    @Test
    void aPositionThatWouldMakeTheMessageTooLargeBeginsTheNext() {
        int most = Limits.WATCH_MESSAGE_BYTES;
        Chunk chunk = new Chunk(Chunk.Kind.CHANGES);
        chunk.add(ByteString.copyFrom(new byte[10]), "w0", 1);
        chunk.add(ByteString.copyFrom(new byte[most]), "w1", 2);
        Message first = chunk.nextMessage(ROUTED);
        assertThat(first.count()).isEqualTo(1);
        assertThat(first.bytes()).isEqualTo(10);
        assertThat(first.close(WatchMessage.NO_BOOKMARK).workspaces()).containsExactly("w0");
        Message second = chunk.nextMessage(ROUTED);
        assertThat(second.bytes()).isEqualTo(most);
        assertThat(second.through()).isEqualTo(2);
    }

    @Test
    void aPositionThatNoMessageHoldsIsAFault() {
        Chunk chunk = chunk(Chunk.Kind.CHANGES, Limits.WATCH_MESSAGE_BYTES, 1, 1);
        assertThatThrownBy(() -> chunk.nextMessage(ROUTED))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("position 1");
    }

    private static Chunk chunk(Chunk.Kind kind, int bytes, long... positions) {
        Chunk chunk = new Chunk(kind);
        for (int i = 0; i < positions.length; i++) {
            chunk.add(ByteString.copyFrom(new byte[bytes]), "w" + i, positions[i]);
        }
        return chunk;
    }
}
