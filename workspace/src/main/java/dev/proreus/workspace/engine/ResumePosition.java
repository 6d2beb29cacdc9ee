package dev.proreus.workspace.engine;

import com.google.protobuf.ByteString;
import dev.proreus.workspace.Reason;
import dev.proreus.workspace.RefusedException;
import dev.proreus.workspace.token.HistoryLine;
import dev.proreus.workspace.token.Seal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a watch over a subtree goes on; clients carry it as a sealed token, out of which nobody reads how much others
 * write. Two bytes of count, then for each shard two bytes of shard, eight of epoch, eight of sequence.
 *
 * @param shards what was given of each shard's commits
 */
record ResumePosition(List<Shard> shards) {
    private static final String FIELD = "resume_token";

    ResumePosition {
        shards = List.copyOf(shards);
    }

    /**
     * A position in one shard.
     *
     * @param shard its number
     * @param epoch of the shard, which changes with a restore
     * @param sequence the last one that was given
     */
    record Shard(int shard, long epoch, long sequence) {
        private static final int BYTES = Short.BYTES + 2 * Long.BYTES;
    }

    /** Returns the position of a store of one shard. */
    static ResumePosition of(long epoch, long sequence) {
        return new ResumePosition(List.of(new Shard(0, epoch, sequence)));
    }

    /**
     * Returns the token of this position, which goes on with the same watch of the same caller only.
     *
     * @param line the history of the watch's type and the workspace at its top
     * @param wanted which objects, as text
     */
    String seal(Seal seal, HistoryLine line, String wanted) {
        ByteBuffer bytes = ByteBuffer.allocate(Short.BYTES + shards.size() * Shard.BYTES);
        bytes.putShort((short) shards.size());
        for (Shard each : shards) {
            bytes.putShort((short) each.shard).putLong(each.epoch).putLong(each.sequence);
        }
        return line.seal(seal, ByteString.copyFrom(bytes.flip()), asked(wanted));
    }

    /** Returns the position of a token; refuses it as {@link HistoryLine#open} does. */
    static ResumePosition open(Seal seal, String token, HistoryLine line, String wanted) {
        ByteBuffer bytes = line.open(seal, FIELD, token, asked(wanted)).asReadOnlyByteBuffer();
        if (bytes.remaining() < Short.BYTES) {
            throw Seal.refusal(FIELD);
        }
        int count = bytes.getShort();
        if (bytes.remaining() != count * Shard.BYTES) {
            throw Seal.refusal(FIELD);
        }
        List<Shard> shards = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            shards.add(new Shard(bytes.getShort(), bytes.getLong(), bytes.getLong()));
        }
        return new ResumePosition(shards);
    }

    /** Returns the sequence to go on after in the one shard of a store. */
    long sequenceIn(long epoch) {
        if (shards.size() != 1 || shards.get(0).epoch != epoch) {
            throw RefusedException.because(
                    Reason.INCARNATION_CHANGED,
                    "the resume_token belongs to another history of the store, which was restored since: start from"
                            + " the initial state");
        }
        return shards.get(0).sequence;
    }

    private static String asked(String wanted) {
        return "subtree open " + wanted;
    }
}
