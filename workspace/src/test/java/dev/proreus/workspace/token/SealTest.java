package dev.proreus.workspace.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.protobuf.ByteString;
import dev.proreus.workspace.Limits;
import dev.proreus.workspace.Reason;
import dev.proreus.workspace.RefusedException;
import java.util.Base64;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Tokens open where they are meant to and nowhere else, and tell nothing. */
class SealTest {
    private static final int KEY_BYTES = 32;
    private static final String LIST = "objects of root:acme";

    private final SplittableRandom random = new SplittableRandom(11);
    private final Seal seal = new Seal(bytes(KEY_BYTES), random);

    @Test
    void whatIsSealedIsOpenedAgain() {
        for (int size = 0; size < 300; size++) {
            ByteString payload = bytes(size);
            assertThat(seal.open("page_token", seal.seal(payload, LIST), LIST)).isEqualTo(payload);
        }
    }

    @Test
    void isolatedATokenTellsNothingAndIsNeverTheSameTwice() {
        ByteString payload = ByteString.copyFromUtf8("root:acme:secret-project");
        String one = seal.seal(payload, LIST);
        String two = seal.seal(payload, LIST);
        assertThat(one).isNotEqualTo(two).matches("[A-Za-z0-9_-]+");
        assertThat(new String(Base64.getUrlDecoder().decode(one), java.nio.charset.StandardCharsets.ISO_8859_1))
                .doesNotContain("secret")
                .doesNotContain("acme");
    }

    @Test
    void aTokenOfAnotherStoreOrForSomethingElseIsRefused() {
        String token = seal.seal(bytes(20), LIST);
        assertRefused(new Seal(bytes(KEY_BYTES), random), token, LIST);
        assertRefused(seal, token, LIST + " ");
        assertRefused(seal, token, "");
    }

    @Test
    void aTokenOfWhichABitIsChangedIsRefused() {
        byte[] token = Base64.getUrlDecoder().decode(seal.seal(bytes(20), LIST));
        for (int bit = 0; bit < token.length * Byte.SIZE; bit++) {
            byte[] forged = token.clone();
            forged[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            assertRefused(seal, Base64.getUrlEncoder().withoutPadding().encodeToString(forged), LIST);
        }
    }

    @Test
    void aTokenThatIsCutOrGrownIsRefused() {
        String token = seal.seal(bytes(20), LIST);
        for (int length = 0; length < token.length(); length++) {
            assertRefused(seal, token.substring(0, length), LIST);
        }
        assertRefused(seal, token + "AAAA", LIST);
        assertRefused(seal, "A".repeat(Limits.SEALED_TOKEN_CHARS + 1), LIST);
        for (String nonsense : new String[] {"nonsense", "%", "\u0000", "ü".repeat(20), " " + token}) {
            assertRefused(seal, nonsense, LIST);
        }
    }

    private static void assertRefused(Seal seal, String token, String binding) {
        Throwable thrown = catchThrowable(() -> seal.open("page_token", token, binding));
        assertThat(thrown).as(token).isInstanceOf(RefusedException.class).hasMessageContaining("start over");
        RefusedException refusal = (RefusedException) thrown;
        assertThat(refusal.reason()).isEqualTo(Reason.BAD_REQUEST);
        assertThat(refusal.metadata()).containsEntry("field", "page_token");
    }

    private ByteString bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return ByteString.copyFrom(bytes);
    }
}
