package dev.proreus.workspace.read;

import com.google.protobuf.ByteString;
import dev.proreus.workspace.Reason;
import dev.proreus.workspace.RefusedException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;
import java.util.random.RandomGenerator;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals positions in lists: encrypted and authenticated with the store's key (AES-256-GCM), and bound to the history
 * line and the type, so that nobody reads or forges one, or uses it elsewhere.
 */
public final class PageToken {
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final byte FORMAT = 1;

    private final SecretKeySpec key;
    private final RandomGenerator random;

    /** Makes a seal of a key of 32 bytes; {@code random} gives the nonces and must be fit for keys. */
    public PageToken(ByteString key, RandomGenerator random) {
        this.key = new SecretKeySpec(key.toByteArray(), "AES");
        this.random = random;
    }

    /** Returns the token of a position. */
    public String seal(Position position, UUID incarnation, int typeId) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] sealed = crypt(Cipher.ENCRYPT_MODE, nonce, encode(position), binding(incarnation, typeId));
        ByteString token = ByteString.copyFrom(nonce).concat(ByteString.copyFrom(sealed));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token.toByteArray());
    }

    /**
     * Returns the position of a token.
     *
     * @throws RefusedException with {@link Reason#BAD_REQUEST} where it is not one that was given for this list
     */
    public Position open(String token, UUID incarnation, int typeId) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(token);
            if (bytes.length < NONCE_BYTES) {
                throw new IllegalArgumentException("a token of " + bytes.length + " bytes");
            }
            byte[] nonce = Arrays.copyOf(bytes, NONCE_BYTES);
            byte[] sealed = Arrays.copyOfRange(bytes, NONCE_BYTES, bytes.length);
            return decode(crypt(Cipher.DECRYPT_MODE, nonce, sealed, binding(incarnation, typeId)));
        } catch (IllegalArgumentException e) {
            throw RefusedException.because(
                    Reason.BAD_REQUEST, "page_token is not one that this list gave: leave it empty to start over");
        }
    }

    private byte[] crypt(int mode, byte[] nonce, byte[] text, byte[] binding) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(binding);
            return cipher.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static byte[] binding(UUID incarnation, int typeId) {
        return (incarnation + "/" + typeId).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] encode(Position position) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(FORMAT);
            out.writeLong(position.revision());
            out.writeUTF(position.afterName());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static Position decode(byte[] text) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(text))) {
            if (in.readByte() != FORMAT) {
                throw new IllegalArgumentException("format");
            }
            return new Position(in.readLong(), in.readUTF());
        } catch (IOException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /**
     * Where a list goes on.
     *
     * @param revision the revision that all pages show
     * @param afterName the last name given
     */
    public record Position(long revision, String afterName) {}
}
