package dev.proreus.workspace.read;

import com.google.protobuf.ByteString;
import dev.proreus.workspace.token.Seal;
import java.nio.ByteBuffer;

/**
 * Where a list of objects goes on; clients carry it as a sealed token. Eight bytes of revision, then the name.
 *
 * @param revision the revision that all pages show
 * @param afterName the last name given
 */
public record PagePosition(long revision, String afterName) {
    private static final String FIELD = "page_token";

    /** Returns the token of this position, which opens only with the same binding. */
    public String seal(Seal seal, String binding) {
        ByteString number = ByteString.copyFrom(
                ByteBuffer.allocate(Long.BYTES).putLong(revision).array());
        return seal.seal(number.concat(ByteString.copyFromUtf8(afterName)), binding);
    }

    /** Returns the position of a token; refuses it as {@link Seal#open} does. */
    public static PagePosition open(Seal seal, String token, String binding) {
        ByteString payload = seal.open(FIELD, token, binding);
        if (payload.size() <= Long.BYTES) {
            throw Seal.refusal(FIELD);
        }
        return new PagePosition(
                payload.asReadOnlyByteBuffer().getLong(),
                payload.substring(Long.BYTES).toStringUtf8());
    }
}
