package dev.proreus.workspace.token;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.ByteString;
import dev.proreus.workspace.FieldViolation;
import dev.proreus.workspace.Limits;
import dev.proreus.workspace.Reason;
import dev.proreus.workspace.RefusedException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.random.RandomGenerator;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes tokens of bytes and bytes of tokens: encrypted and authenticated with the store's key, so that one of another
 * store does not open, and bound to a text that says what the token is for, so that it opens nowhere else.
 *
 * <p>A token is a random nonce of 96 bits and what AES-256-GCM makes of the bytes, in URL-safe base64. Its length shows
 * that of the bytes, nothing else of them. Immutable and thread-safe.
 */
public final class Seal {
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BYTES = 16;

    private final SecretKeySpec key;
    private final RandomGenerator random;

    /** Makes a seal of a key of 32 bytes; {@code random} gives the nonces and must be fit for keys. */
    public Seal(ByteString key, RandomGenerator random) {
        this.key = new SecretKeySpec(key.toByteArray(), "AES");
        this.random = random;
    }

    /**
     * Returns the token of some bytes.
     *
     * @param binding everything that must be the same where it is opened: the kind of token, the history line, what was
     *     asked for
     */
    public String seal(ByteString payload, String binding) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] sealed = crypt(Cipher.ENCRYPT_MODE, nonce, payload.toByteArray(), binding);
            ByteBuffer token = ByteBuffer.allocate(NONCE_BYTES + sealed.length);
            token.put(nonce).put(sealed);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(token.array());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java cannot encrypt with " + CIPHER, e);
        }
    }

    /**
     * Returns the bytes of a token.
     *
     * @param field of the request that holds the token
     * @throws RefusedException with {@link Reason#BAD_REQUEST} where it was not made by this seal with this binding
     */
    public ByteString open(String field, String token, String binding) {
        if (token.length() > Limits.SEALED_TOKEN_CHARS) {
            throw refusal(field);
        }
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(token));
            if (bytes.remaining() < NONCE_BYTES + TAG_BYTES) {
                throw refusal(field);
            }
            byte[] nonce = new byte[NONCE_BYTES];
            bytes.get(nonce);
            byte[] sealed = new byte[bytes.remaining()];
            bytes.get(sealed);
            return ByteString.copyFrom(crypt(Cipher.DECRYPT_MODE, nonce, sealed, binding));
        } catch (IllegalArgumentException | GeneralSecurityException e) {
            throw refusal(field);
        }
    }

    /** Returns what is said of every token that is no good: nothing about why, which would help only who forges. */
    public static RefusedException refusal(String field) {
        return RefusedException.invalid(
                        Reason.BAD_REQUEST,
                        "the request cannot be understood",
                        List.of(new FieldViolation(
                                field,
                                "is not a token that this server gave for the same request: repeat what you asked for"
                                        + " unchanged, or leave the token out to start over")))
                .with("field", field);
    }

    private byte[] crypt(int mode, byte[] nonce, byte[] text, String binding) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce));
        cipher.updateAAD(binding.getBytes(UTF_8));
        return cipher.doFinal(text);
    }
}
