package dev.proreus.workspace.read;

import com.google.protobuf.ByteString;
import dev.proreus.workspace.token.HistoryLine;
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

    /**
     * Returns the token of this position, which goes on with the same list only.
     *
     * @param asked what was asked for, as text
     */
    public String seal(Seal seal, HistoryLine line, String asked) {
        ByteString number = ByteString.copyFrom(
                ByteBuffer.allocate(Long.BYTES).putLong(revision).array());
        return line.seal(seal, number.concat(ByteString.copyFromUtf8(afterName)), asked(asked));
    }

    /** Returns the position of a token; refuses it as {@link HistoryLine#open} does. */
    public static PagePosition open(Seal seal, String token, HistoryLine line, String asked) {
        ByteString payload = line.open(seal, FIELD, token, asked(asked));
        if (payload.size() <= Long.BYTES) {
            throw Seal.refusal(FIELD);
        }
        return new PagePosition(
                payload.asReadOnlyByteBuffer().getLong(),
                payload.substring(Long.BYTES).toStringUtf8());
    }

    private static String asked(String asked) {
        return "objects " + asked;
    }
}
