package dev.proreus.workspace.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.proreus.workspace.Limits;
import dev.proreus.workspace.Reason;
import dev.proreus.workspace.RefusedException;
import dev.proreus.workspace.canonical.MetaSections;
import dev.proreus.workspace.canonical.ObjectSections;
import dev.proreus.workspace.canonical.StructWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What tells one request from another: nothing that is asked may differ without a trace in the mark. */
class RequestMarkTest {
    private static final UUID ID = UUID.fromString("01234567-89ab-7def-8123-456789abcdef");

    @Test
    void anIdIsAUuidOfVersionSevenOrNone() {
        assertThat(RequestMark.id("")).isNull();
        assertThat(RequestMark.id(ID.toString())).isEqualTo(ID);
        assertThat(RequestMark.id(ID.toString().toUpperCase(Locale.ROOT))).isEqualTo(ID);
        for (String bad : List.of("x", "01234567-89ab-4def-8123-456789abcdef", ID + "0")) {
            assertThatThrownBy(() -> RequestMark.id(bad)).isInstanceOfSatisfying(RefusedException.class, refusal -> {
                assertThat(refusal.reason()).isEqualTo(Reason.BAD_REQUEST);
                assertThat(refusal.violations()).extracting("field").containsExactly("request_id");
            });
        }
    }

    @Test
    void theTimeIsInTheId() {
        RequestMark mark = new RequestMark(ID, ByteString.EMPTY);
        assertThat(mark.made()).isEqualTo(Instant.ofEpochMilli(0x0123_4567_89ABL));
        assertThat(mark.bucket()).isEqualTo((int) (0x0123_4567_89ABL / Limits.REQUEST_ID_AGE.toMillis()));
        assertThat(RequestMark.bucket(Instant.ofEpochMilli(-1))).isZero();
        assertThat(RequestMark.bucket(Instant.EPOCH.plus(Limits.REQUEST_ID_AGE).minusMillis(1)))
                .isZero();
        assertThat(RequestMark.bucket(Instant.EPOCH.plus(Limits.REQUEST_ID_AGE)))
                .isEqualTo(1);
    }

    @Test
    void everyPartOfAWriteIsInItsDigest() {
        ObjectSections object = object("", 1);
        List<List<ObjectWrite>> asked = new ArrayList<>(List.of(
                List.of(write(ObjectWrite.Verb.APPLY, 300, "r1", object, "", 0, "m", false)),
                List.of(write(ObjectWrite.Verb.UPDATE, 300, "r1", object, "", 0, "m", false)),
                List.of(write(ObjectWrite.Verb.APPLY, 301, "r1", object, "", 0, "m", false)),
                List.of(write(ObjectWrite.Verb.APPLY, 300, "r2", object, "", 0, "m", false)),
                List.of(write(ObjectWrite.Verb.APPLY, 300, "r1", object("", 2), "", 0, "m", false)),
                List.of(write(ObjectWrite.Verb.APPLY, 300, "r1", object, "u", 0, "m", false)),
                List.of(write(ObjectWrite.Verb.APPLY, 300, "r1", object, "", 7, "m", false)),
                List.of(write(ObjectWrite.Verb.APPLY, 300, "r1", object, "", 0, "n", false)),
                List.of(write(ObjectWrite.Verb.APPLY, 300, "r1", object, "", 0, "m", true)),
                List.of(write(ObjectWrite.Verb.APPLY, 300, "r1u", object, "", 0, "m", false)),
                List.of(write(ObjectWrite.Verb.DELETE, 300, "r1", null, "", 0, "m", false))));
        asked.add(List.of(asked.get(0).get(0), asked.get(3).get(0)));
        Set<ByteString> digests = new HashSet<>();
        asked.forEach(each -> digests.add(digest(each)));
        assertThat(digests).hasSameSizeAs(asked);
        assertThat(digest(asked.get(0))).isEqualTo(digest(asked.get(0))).isNotEqualTo(ByteString.EMPTY);
    }

    /** The server fills the type in by a definition that may have changed before the repeat. */
    @Test
    void theTypeThatTheServerFillsInIsNotInTheDigest() {
        ObjectWrite bare = write(ObjectWrite.Verb.APPLY, 300, "r1", object("", 1), "", 0, "m", false);
        ObjectWrite typed = write(ObjectWrite.Verb.APPLY, 300, "r1", object("x/v2", 1), "", 0, "m", false);
        assertThat(digest(List.of(typed))).isEqualTo(digest(List.of(bare)));
    }

    @Test
    void deedsDifferByWhatIsDoneToWhichChildAndHowAndTextsDoNotRunTogether() {
        Set<RequestMark> marks = Set.of(
                RequestMark.of(ID, RequestMark.Deed.CREATE_WORKSPACE, "a"),
                RequestMark.of(ID, RequestMark.Deed.DELETE_WORKSPACE, "a"),
                RequestMark.of(ID, RequestMark.Deed.DELETE_WORKSPACE, "b"),
                RequestMark.of(ID, RequestMark.Deed.DELETE_WORKSPACE, "a", "b"),
                RequestMark.of(ID, RequestMark.Deed.DELETE_WORKSPACE, "ab"),
                RequestMark.of(ID, RequestMark.Deed.DELETE_WORKSPACE, "a", "c"));
        assertThat(marks.stream().map(RequestMark::digest).distinct()).hasSize(6);
        assertThat(marks).allMatch(mark -> mark.id().equals(ID));
    }

    @Test
    void isolatedAreTheAnswersOfWorkspacesAndOfIds() {
        RequestMark mark = new RequestMark(ID, ByteString.EMPTY);
        RequestMark high = new RequestMark(new UUID(1, ID.getLeastSignificantBits()), ByteString.EMPTY);
        RequestMark low = new RequestMark(new UUID(ID.getMostSignificantBits(), 1), ByteString.EMPTY);
        byte[] hash = mark.hash(1);
        assertThat(hash).hasSize(16).isEqualTo(mark.hash(1));
        for (byte[] other : List.of(mark.hash(2), high.hash(1), low.hash(1))) {
            assertThat(Arrays.equals(hash, other)).isFalse();
        }
    }

    private static ByteString digest(List<ObjectWrite> wishes) {
        return RequestMark.of(ID, new ObjectWrites(1, wishes, true, false, ID)).digest();
    }

    private static ObjectSections object(String apiVersion, int target) {
        return new ObjectSections(
                apiVersion, "", MetaSections.EMPTY, StructWriter.write(Map.of("target", target)), null);
    }

    private static ObjectWrite write(
            ObjectWrite.Verb verb,
            int typeId,
            String name,
            @Nullable ObjectSections object,
            String uid,
            long resourceVersion,
            String manager,
            boolean force) {
        return new ObjectWrite(verb, 1, typeId, 0, name, object, uid, resourceVersion, manager, force, null);
    }
}
