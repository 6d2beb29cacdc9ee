package dev.proreus.workspace.engine;

import com.google.protobuf.ByteString;
import dev.proreus.workspace.Reason;
import dev.proreus.workspace.RefusedException;
import dev.proreus.workspace.token.Seal;
import dev.proreus.workspace.tree.Workspace;
import dev.proreus.workspace.type.TypeDefinition;
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

    /** Returns the token of this position, which opens only with the same binding. */
    String seal(Seal seal, String binding) {
        ByteBuffer bytes = ByteBuffer.allocate(Short.BYTES + shards.size() * Shard.BYTES);
        bytes.putShort((short) shards.size());
        for (Shard each : shards) {
            bytes.putShort((short) each.shard).putLong(each.epoch).putLong(each.sequence);
        }
        return seal.seal(ByteString.copyFrom(bytes.flip()), binding);
    }

    /** Returns the position of a token; refuses it as {@link Seal#open} does. */
    static ResumePosition open(Seal seal, String token, String binding) {
        ByteBuffer bytes = seal.open(FIELD, token, binding).asReadOnlyByteBuffer();
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

    /**
     * Returns what the tokens of a watch are bound to: they go on with the same watch of the same caller only.
     *
     * @param wanted which objects, as text
     */
    static String binding(Workspace top, TypeDefinition type, String wanted) {
        return "subtree " + top.incarnation() + " " + type.uid() + " open " + wanted;
    }
}
