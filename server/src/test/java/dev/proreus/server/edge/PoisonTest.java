package dev.proreus.server.edge;

import static dev.proreus.server.edge.LiveServer.struct;
import static io.grpc.Status.Code.INVALID_ARGUMENT;
import static io.grpc.Status.Code.RESOURCE_EXHAUSTED;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.proreus.v1.GetRequest;
import dev.proreus.v1.ListRequest;
import dev.proreus.v1.UpdateStatusRequest;
import dev.proreus.v1.WatchRequest;
import dev.proreus.workspace.Limits;
import dev.proreus.workspace.Reason;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Objects that would poison their readers: refused with the path, and nothing of them is kept. */
class PoisonTest {
    @RegisterExtension
    static final LiveServer LIVE = new LiveServer();

    private static final int API_VERSION = 1;
    private static final int METADATA = 3;
    private static final int SPEC = 4;
    private static final int STATUS = 5;

    private String workspace = "";

    @BeforeEach
    void workspace() {
        workspace = LIVE.newWorkspace();
    }

    static Stream<Arguments> poison() {
        return Stream.of(
                Arguments.of(
                        "spec twice",
                        "spec",
                        object(each -> each.field(SPEC, struct("{\"a\": 1}").toByteString()))),
                Arguments.of(
                        "name twice",
                        "metadata.name",
                        metadata(each -> each.field(1, "r1").field(1, "r1"))),
                Arguments.of("a namespace", "metadata.namespace", metadata(each -> each.field(12, "default"))),
                Arguments.of("an unknown field", "object", new Wire().field(6, "x")),
                Arguments.of("a key twice", "spec.a", spec(entry("a", number(1)), entry("a", number(2)))),
                Arguments.of("NaN", "spec.a", spec(entry("a", number(Double.NaN)))),
                Arguments.of("infinity", "spec.a", spec(entry("a", number(Double.NEGATIVE_INFINITY)))),
                Arguments.of("a number that was rounded", "spec.a", spec(entry("a", number(9_007_199_254_740_994.0)))),
                Arguments.of("two kinds", "spec.a", spec(entry("a", number(1).field(4, true)))),
                Arguments.of("no kind", "spec.a", spec(entry("a", new Wire()))),
                Arguments.of(
                        "text that is no UTF-8",
                        "spec.a",
                        spec(entry("a", new Wire().field(3, ByteString.fromHex("c328"))))),
                Arguments.of(
                        "a status of no kind",
                        "status.a",
                        object(each -> each.field(STATUS, body(entry("a", new Wire()))))),
                Arguments.of("text as metadata", "object", new Wire().field(METADATA, ByteString.fromHex("ffff"))),
                Arguments.of("a path as apiVersion", "apiVersion", new Wire().field(API_VERSION, "a/b/c")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("poison")
    void itIsRefusedWithThePath(String what, String path, Wire object) {
        for (String method : new String[] {"Create", "Apply", "Update", "UpdateStatus"}) {
            Refusal refusal = Refusal.of(() -> write(method, object));

            refusal.is(INVALID_ARGUMENT, Reason.INVALID_OBJECT);
            assertThat(refusal.fields()).as(what).anyMatch(field -> field.startsWith(path));
        }
        assertNothingIsThere();
    }

    @Test
    void twoObjectsInOneRequestAreNotMerged() {
        ByteString robot = object(each -> {}).bytes();
        ByteString request = envelope().field(4, robot).field(4, robot).bytes();

        Refusal refusal = Refusal.of(() -> new RawCaller(LIVE.channel()).call("ObjectService/Create", request));

        assertThat(refusal.is(INVALID_ARGUMENT, Reason.INVALID_OBJECT).fields()).containsExactly("object");
        assertNothingIsThere();
    }

    @Test
    void oneLevelTooDeepIsRefused() {
        Struct tooDeep = nested(Limits.NESTING_LEVELS + 1);

        Refusal.of(() -> write("Create", new Wire().field(SPEC, tooDeep.toByteString())))
                .is(INVALID_ARGUMENT, Reason.INVALID_OBJECT);
        assertNothingIsThere();
    }

    @Test
    void tenThousandLevelsAreRefusedWithoutHarm() {
        Wire value = new Wire().field(4, true);
        for (int level = 0; level < 10_000; level++) {
            value = new Wire().field(5, body(entry("a", value)));
        }
        Wire object = spec(entry("a", value));

        Refusal.of(() -> write("Create", object)).is(INVALID_ARGUMENT, Reason.INVALID_OBJECT);
        assertNothingIsThere();
    }

    @Test
    void anObjectAboveTheLimitIsRefused() {
        String text = "x".repeat(Limits.OBJECT_BYTES);
        Wire object = spec(entry("a", new Wire().field(3, text)));

        assertThat(Refusal.of(() -> write("Create", object)).code()).isEqualTo(INVALID_ARGUMENT);
        assertNothingIsThere();
    }

    @Test
    void aMessageAboveTheLimitIsRefusedAndTheConnectionGoesOn() {
        for (String method : List.of("Create", "Write", "Get")) {
            for (int bytes : new int[] {Limits.REQUEST_BYTES, 3 * Limits.REQUEST_BYTES}) {
                Refusal refusal = Refusal.of(() -> write(method, spec(entry("a", text(bytes)))));

                assertThat(refusal.is(INVALID_ARGUMENT, Reason.BAD_REQUEST).message())
                        .contains("at most " + Limits.REQUEST_BYTES);
                assertThat(refusal.metadata()).containsEntry("most", String.valueOf(Limits.REQUEST_BYTES));
            }
        }
        assertNothingIsThere();
    }

    @Test
    void aMessageAboveTheLimitInAStreamIsRefusedAndTheConnectionGoesOn() {
        WatchRequest large = WatchRequest.newBuilder()
                .setWorkspace(workspace)
                .setType("robots")
                .setResumeToken("x".repeat(Limits.REQUEST_BYTES))
                .build();

        Refusal.of(() -> LIVE.objects().watch(large).next()).is(INVALID_ARGUMENT, Reason.BAD_REQUEST);
        assertNothingIsThere();
    }

    @Test
    void aMessageThatIsNotEvenReadIsRefusedByTheTransportAndTheConnectionGoesOn() {
        Refusal refusal = Refusal.of(() -> write("Create", spec(entry("a", text(Limits.READ_REQUEST_BYTES)))));

        assertThat(refusal.code()).isEqualTo(RESOURCE_EXHAUSTED);
        assertThat(refusal.message()).contains(String.valueOf(Limits.READ_REQUEST_BYTES));
        assertNothingIsThere();
    }

    private static Wire text(int bytes) {
        return new Wire().field(3, "x".repeat(bytes));
    }

    @Test
    void unknownFieldsOfTheEnvelopeAreIgnored() {
        ByteString request =
                envelope().field(4, object(each -> {})).field(99, "later").bytes();

        new RawCaller(LIVE.channel()).call("ObjectService/Create", request);

        assertThat(LIVE.objects()
                        .get(GetRequest.newBuilder()
                                .setWorkspace(workspace)
                                .setType("robots")
                                .setName("r1")
                                .build())
                        .getRevision())
                .isEqualTo(1);
    }

    @Test
    void bytesThatAreNoRequestAreRefused() {
        for (ByteString bytes : new ByteString[] {
            ByteString.fromHex("0aff"),
            ByteString.copyFromUtf8("hello"),
            new Wire().field(1, ByteString.fromHex("c328")).bytes(),
            envelope().field(4, object(each -> {})).strayEndGroup(7).bytes()
        }) {
            for (String method : new String[] {"ObjectService/Create", "ObjectService/Get", "TypeService/ListTypes"}) {
                Refusal.of(() -> new RawCaller(LIVE.channel()).call(method, bytes))
                        .is(INVALID_ARGUMENT, Reason.BAD_REQUEST);
            }
        }
    }

    @Test
    void violationsOfEndlessPathsReachTheClient() {
        String key = "\u6f22".repeat(10_000);
        Wire[] entries = new Wire[30];
        for (int i = 0; i < entries.length; i++) {
            entries[i] = entry(key + i, number(Double.NaN));
        }

        Refusal refusal = Refusal.of(() -> write("Create", spec(entries)));

        assertThat(refusal.is(INVALID_ARGUMENT, Reason.INVALID_OBJECT).fields()).isNotEmpty();
    }

    @Test
    void theGeneratedStatusFieldIsWatchedOver() {
        LIVE.applyRobot(workspace, "r1", "{}");
        Struct nan = Struct.newBuilder()
                .putFields("a", Value.newBuilder().setNumberValue(Double.NaN).build())
                .build();
        UpdateStatusRequest request = UpdateStatusRequest.newBuilder()
                .setWorkspace(workspace)
                .setType("robots")
                .setName("r1")
                .setObject(dev.proreus.v1.Object.newBuilder().setStatus(nan))
                .build();

        assertThat(Refusal.of(() -> LIVE.objects().updateStatus(request)).fields())
                .containsExactly("status.a");
    }

    private void assertNothingIsThere() {
        assertThat(LIVE.objects()
                        .list(ListRequest.newBuilder()
                                .setWorkspace(workspace)
                                .setType("robots")
                                .build())
                        .getRevision())
                .isZero();
    }

    private void write(String method, Wire object) {
        new RawCaller(LIVE.channel())
                .call("ObjectService/" + method, envelope().field(4, object).bytes());
    }

    private Wire envelope() {
        return new Wire().field(1, workspace).field(2, "robots").field(3, "r1");
    }

    /** An object with metadata, a spec, and more. */
    private static Wire object(Consumer<Wire> more) {
        Wire object = new Wire()
                .field(METADATA, new Wire().field(1, "r1"))
                .field(SPEC, struct("{\"target\": 1}").toByteString());
        more.accept(object);
        return object;
    }

    private static Wire metadata(Consumer<Wire> content) {
        Wire metadata = new Wire();
        content.accept(metadata);
        return new Wire().field(METADATA, metadata);
    }

    private static Wire spec(Wire... entries) {
        return new Wire().field(SPEC, body(entries));
    }

    private static Wire body(Wire... entries) {
        Wire body = new Wire();
        for (Wire entry : entries) {
            body.field(1, entry);
        }
        return body;
    }

    private static Wire entry(String key, Wire value) {
        return new Wire().field(1, key).field(2, value);
    }

    private static Wire number(double number) {
        return new Wire().field(2, number);
    }

    private static Struct nested(int levels) {
        Struct inner = Struct.getDefaultInstance();
        for (int i = 1; i < levels; i++) {
            inner = Struct.newBuilder()
                    .putFields("a", Value.newBuilder().setStructValue(inner).build())
                    .build();
        }
        return inner;
    }
}
