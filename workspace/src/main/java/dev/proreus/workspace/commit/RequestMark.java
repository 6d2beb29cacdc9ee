package dev.proreus.workspace.commit;

import com.google.protobuf.ByteString;
import dev.proreus.workspace.FieldViolation;
import dev.proreus.workspace.Limits;
import dev.proreus.workspace.Reason;
import dev.proreus.workspace.RefusedException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What makes a repeated request harmless: the id that its caller gave it, and a digest of what it asks.
 *
 * @param id a UUIDv7, whose first 48 bits are the time at which it was made
 * @param digest SHA-256 of what is asked
 */
public record RequestMark(UUID id, ByteString digest) {
    /** Until there is authentication, everybody is one principal. */
    private static final String PRINCIPAL = "open";

    private static final Pattern UUID_V7 =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-7[0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}");

    private static final int TIME_SHIFT = 16;
    private static final int KEY_BYTES = 16;

    /** Reads an id, or null where none is given; refuses a text that is no UUIDv7. */
    public static @Nullable UUID id(String text) {
        if (text.isEmpty()) {
            return null;
        }
        if (!UUID_V7.matcher(text).matches()) {
            throw refusal(
                    "must be a UUID of version 7 (RFC 9562), made anew for each request and kept for its repeats");
        }
        return UUID.fromString(text);
    }

    /** Returns the mark of writes under an id. */
    static RequestMark of(UUID id, ObjectWrites wishes) {
        MessageDigest digest = sha256();
        for (ObjectWrite wish : wishes.list()) {
            update(digest, wish.verb().name());
            digest.update(ByteBuffer.allocate(Integer.BYTES + Long.BYTES + 1)
                    .putInt(wish.typeId())
                    .putLong(wish.resourceVersion())
                    .put((byte) (wish.force() ? 1 : 0))
                    .flip());
            update(digest, wish.name());
            update(digest, wish.uid());
            update(digest, wish.manager());
            // Without type, which the server may have filled in from a definition that has changed since.
            update(
                    digest,
                    wish.object() == null
                            ? ByteString.EMPTY
                            : wish.object().withType("", "").encode());
        }
        return new RequestMark(id, ByteString.copyFrom(digest.digest()));
    }

    /** Returns the mark of what is done to a child of a workspace under an id. */
    static RequestMark of(UUID id, Deed deed, String child, String... terms) {
        MessageDigest digest = sha256();
        update(digest, deed.name());
        update(digest, child);
        for (String term : terms) {
            update(digest, term);
        }
        return new RequestMark(id, ByteString.copyFrom(digest.digest()));
    }

    /** What is done to a workspace; no name of these is one of a verb of objects. */
    enum Deed {
        CREATE_WORKSPACE,
        DELETE_WORKSPACE
    }

    /** Returns when the id was made. */
    Instant made() {
        return Instant.ofEpochMilli(id.getMostSignificantBits() >>> TIME_SHIFT);
    }

    /** Returns the number of the stretch of time that the id was made in. */
    int bucket() {
        return bucket(made());
    }

    /** Returns the number of the stretch of time that a moment lies in. */
    static int bucket(Instant time) {
        return Math.toIntExact(Math.max(0, time.toEpochMilli()) / Limits.REQUEST_ID_AGE.toMillis());
    }

    /** Returns the hash under which the answer is kept: nobody finds what another principal or workspace asked. */
    byte[] hash(long workspaceId) {
        MessageDigest digest = sha256();
        update(digest, PRINCIPAL);
        digest.update(ByteBuffer.allocate(3 * Long.BYTES)
                .putLong(workspaceId)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .flip());
        return ByteString.copyFrom(digest.digest()).substring(0, KEY_BYTES).toByteArray();
    }

    static RefusedException refusal(String description) {
        return RefusedException.invalid(
                Reason.BAD_REQUEST,
                "the request id is refused",
                List.of(new FieldViolation("request_id", description)));
    }

    private static void update(MessageDigest digest, String text) {
        update(digest, ByteString.copyFrom(text, StandardCharsets.UTF_8));
    }

    private static void update(MessageDigest digest, ByteString bytes) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.size()).flip());
        bytes.asReadOnlyByteBufferList().forEach(digest::update);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
