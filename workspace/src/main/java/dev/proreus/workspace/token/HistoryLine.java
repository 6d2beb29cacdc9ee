package dev.proreus.workspace.token;

import com.google.protobuf.ByteString;
import dev.proreus.workspace.Reason;
import dev.proreus.workspace.RefusedException;
import java.nio.ByteBuffer;
import java.util.UUID;

/**
 * The history line that a token's position lies in: that of the objects of one resource type in one workspace. A token
 * is bound to the names and carries the identities, so that a position in what was made again under the same names is
 * told from one that was never given. Before the position: sixteen bytes of incarnation, sixteen of the type's uid.
 *
 * @param workspace path of the workspace
 * @param incarnation mark of its history line
 * @param type full name of the resource type
 * @param typeUid identity of its definition
 */
public record HistoryLine(String workspace, UUID incarnation, String type, UUID typeUid) {
    private static final int BYTES = 4 * Long.BYTES;

    /**
     * Returns the token of a position in this history.
     *
     * @param asked everything else that must be the same where the token is opened: its kind, and what was asked for
     */
    public String seal(Seal seal, ByteString position, String asked) {
        ByteBuffer identities = ByteBuffer.allocate(BYTES);
        put(identities, incarnation);
        put(identities, typeUid);
        return seal.seal(ByteString.copyFrom(identities.flip()).concat(position), binding(asked));
    }

    /**
     * Returns the position of a token.
     *
     * @param field of the request that holds the token
     * @throws RefusedException with {@link Reason#INCARNATION_CHANGED} where it was given for another workspace of that
     *     path, and as {@link Seal#open} does
     */
    public ByteString open(Seal seal, String field, String token, String asked) {
        ByteString payload = seal.open(field, token, binding(asked));
        if (payload.size() < BYTES) {
            throw Seal.refusal(field);
        }
        ByteBuffer identities = payload.asReadOnlyByteBuffer();
        if (!uuid(identities).equals(incarnation)) {
            throw changed(workspace, incarnation);
        }
        if (!uuid(identities).equals(typeUid)) {
            throw Seal.refusal(field);
        }
        return payload.substring(BYTES);
    }

    /** Returns the refusal of a position in another history of a workspace than that of now. */
    public static RefusedException changed(String workspace, UUID incarnation) {
        return RefusedException.because(
                        Reason.INCARNATION_CHANGED,
                        "workspace " + workspace + " was created again or restored since, and has another history:"
                                + " start over from its newest state, and name incarnation " + incarnation + " or none")
                .with("workspace", workspace)
                .with("incarnation", incarnation);
    }

    /** Neither a path nor a type's name holds a blank, so that no two bindings are alike. */
    private String binding(String asked) {
        return workspace + " " + type + " " + asked;
    }

    private static void put(ByteBuffer bytes, UUID uuid) {
        bytes.putLong(uuid.getMostSignificantBits()).putLong(uuid.getLeastSignificantBits());
    }

    private static UUID uuid(ByteBuffer bytes) {
        return new UUID(bytes.getLong(), bytes.getLong());
    }
}
