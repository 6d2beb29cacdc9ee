package dev.proreus.server.edge;

import static dev.proreus.server.edge.LiveServer.named;
import static io.grpc.Status.Code.FAILED_PRECONDITION;
import static io.grpc.Status.Code.INVALID_ARGUMENT;
import static io.grpc.Status.Code.NOT_FOUND;
import static io.grpc.Status.Code.OUT_OF_RANGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.proreus.v1.ApplyRequest;
import dev.proreus.v1.CreateRequest;
import dev.proreus.v1.DeleteRequest;
import dev.proreus.v1.GetRequest;
import dev.proreus.v1.GetWorkspaceRequest;
import dev.proreus.v1.ListRequest;
import dev.proreus.v1.ListWorkspacesRequest;
import dev.proreus.v1.Mutation;
import dev.proreus.v1.Object;
import dev.proreus.v1.ObjectMeta;
import dev.proreus.v1.Scope;
import dev.proreus.v1.UpdateRequest;
import dev.proreus.v1.UpdateWorkspaceRequest;
import dev.proreus.v1.WatchRequest;
import dev.proreus.v1.Workspace;
import dev.proreus.v1.WriteRequest;
import dev.proreus.workspace.Reason;
import io.grpc.Status.Code;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What makes no sense is a typed error before anything is written, through every door that it can come in by. */
class BadInputTest {
    private static final int LONG = 4 << 10;

    @RegisterExtension
    static final LiveServer LIVE = new LiveServer();

    @RegisterExtension
    static final LiveServer OTHER_STORE = new LiveServer();

    private String workspace = "";
    private long revision;

    @BeforeEach
    void workspaceWithTwoRobots() {
        workspace = LIVE.newWorkspace();
        LIVE.applyRobot(workspace, "r1", "{}");
        revision = LIVE.applyRobot(workspace, "r2", "{}").getRevision();
    }

    @AfterEach
    void nothingWasWritten() {
        assertThat(shown().getRevision()).isEqualTo(revision);
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, Long.MIN_VALUE})
    void negativeRevisions(long negative) {
        refusedEverywhere(negative, INVALID_ARGUMENT, Reason.BAD_REQUEST);
        List<Runnable> writes = List.of(
                () -> LIVE.objects()
                        .delete(DeleteRequest.newBuilder()
                                .setWorkspace(workspace)
                                .setType("robots")
                                .setName("r1")
                                .setResourceVersion(negative)
                                .build()),
                () -> LIVE.objects()
                        .update(UpdateRequest.newBuilder()
                                .setWorkspace(workspace)
                                .setType("robots")
                                .setObject(at(negative))
                                .build()),
                () -> LIVE.objects().apply(apply(at(negative)).build()),
                () -> write(Mutation.newBuilder().setType("robots").setUpdate(at(negative))));
        for (Runnable write : writes) {
            Refusal refusal = Refusal.of(write);
            assertThat(refusal.code()).as("%s", refusal).isEqualTo(INVALID_ARGUMENT);
            assertThat(refusal.reason()).isIn(Reason.BAD_REQUEST.name(), Reason.INVALID_OBJECT.name());
        }
    }

    /** A number above the newest revision is one of another workspace or another time. */
    @ParameterizedTest
    @ValueSource(longs = {3, 1_000_000, 1L << 40, Long.MAX_VALUE - 1, Long.MAX_VALUE})
    void absurdAndForeignRevisions(long absurd) {
        refusedEverywhere(absurd, OUT_OF_RANGE, Reason.REVISION_NOT_REACHED);
        Refusal.of(() -> LIVE.objects()
                        .update(UpdateRequest.newBuilder()
                                .setWorkspace(workspace)
                                .setType("robots")
                                .setObject(at(absurd))
                                .build()))
                .is(Code.ABORTED, Reason.RESOURCE_VERSION_CONFLICT);
        Refusal.of(() -> write(Mutation.newBuilder().setType("robots").setUpdate(at(absurd))))
                .is(Code.ABORTED, Reason.RESOURCE_VERSION_CONFLICT);
    }

    private void refusedEverywhere(long at, Code code, Reason reason) {
        refusal(watch().setAfterRevision(at)).is(code, reason);
        Refusal.of(() -> LIVE.objects().get(get("r1").setAtRevision(at).build()))
                .is(code, reason);
        Refusal.of(() -> LIVE.objects().list(list().setAtRevision(at).build())).is(code, reason);
    }

    @Test
    void forgedTokens() {
        List<String> forged = new ArrayList<>(List.of("nonsense", "%", "\0", "\u00fc".repeat(20), "x".repeat(10_000)));
        SplittableRandom random = new SplittableRandom(4);
        for (int size = 1; size <= 64; size++) {
            byte[] bytes = new byte[size];
            random.nextBytes(bytes);
            forged.add(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
        }
        forged.addAll(changed(pageToken(list())));
        forged.addAll(changed(resumeToken(watchOverSubtree())));
        for (String token : forged) {
            refusedAsToken(token);
        }
    }

    @Test
    void tokensOfAnotherWorkspaceOrAnotherRequest() {
        String there = LIVE.newWorkspace();
        LIVE.applyRobot(there, "r1", "{}");
        LIVE.applyRobot(there, "r2", "{}");
        refusedAsToken(pageToken(list().setWorkspace(there)));
        refusedAsToken(pageToken(list().setLabelSelector("!tier")));
        refusedAsToken(resumeToken(watchOverSubtree().setWorkspace(there)));
        refusedAsToken(resumeToken(watchOverSubtree().setName("r1")));
        refusedAsToken(pageToken(list()).substring(1));
    }

    @Test
    void tokensOfAnotherKind() {
        String page = pageToken(list());
        String resume = resumeToken(watchOverSubtree());
        refusal(watchOverSubtree().setResumeToken(page)).is(INVALID_ARGUMENT, Reason.BAD_REQUEST);
        Refusal.of(() -> LIVE.objects().list(list().setPageToken(resume).build()))
                .is(INVALID_ARGUMENT, Reason.BAD_REQUEST);
        refusal(watch().setResumeToken(resume)).is(INVALID_ARGUMENT, Reason.BAD_REQUEST);
    }

    @Test
    void tokensOfAnotherStore() {
        String there = OTHER_STORE.newWorkspace(workspace);
        OTHER_STORE.applyRobot(there, "r1", "{}");
        OTHER_STORE.applyRobot(there, "r2", "{}");
        refusedAsToken(OTHER_STORE
                .objects()
                .list(list().setWorkspace(there).setPageSize(1).build())
                .getNextPageToken());
        try (WatchTape tape = WatchTape.of(OTHER_STORE, watchOverSubtree().setWorkspace(there))) {
            refusedAsToken(tokenOf(tape));
        }
    }

    @Test
    void expiredTokens() {
        String page = pageToken(list());
        String resume = resumeToken(watchOverSubtree());
        for (int target = 0; target < 50; target++) {
            revision = LIVE.applyRobot(workspace, "r1", "{\"target\": " + target + "}")
                    .getRevision();
        }
        var unused = LIVE.workspaces()
                .updateWorkspace(UpdateWorkspaceRequest.newBuilder()
                        .setWorkspace(workspace)
                        .setRetentionBytes(1)
                        .build());
        await().atMost(Duration.ofSeconds(30)).until(() -> shown().getOldestRevision() == revision);
        Refusal expired = Refusal.of(() -> LIVE.objects()
                        .list(list().setPageSize(1).setPageToken(page).build()))
                .is(OUT_OF_RANGE, Reason.RESOURCE_VERSION_EXPIRED);
        assertThat(expired.metadata()).containsEntry("oldest", Long.toString(revision));
        refusal(watchOverSubtree().setResumeToken(resume)).is(OUT_OF_RANGE, Reason.RESOURCE_VERSION_EXPIRED);
        refusal(watch().setAfterRevision(1)).is(OUT_OF_RANGE, Reason.RESOURCE_VERSION_EXPIRED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a,", "a=b,", "a!=b,", "!a,", "a in (b,c),", "a notin (b), "})
    void selectorsOfTenThousandTerms(String term) {
        String selector = term.repeat(10_000) + "a";
        refusedAsSelector("label_selector", list().setLabelSelector(selector), watch().setLabelSelector(selector));
        refusedAsSelector("field_selector", list().setFieldSelector(selector), watch().setFieldSelector(selector));
    }

    /** As many as fit the characters that a selector may have. */
    @Test
    void selectorsOfTooManyTermsOrValues() {
        String terms = "a,".repeat(1_000) + "a";
        String values = "a in (" + "b,".repeat(1_000) + "b)";
        String open = "a in (" + "(".repeat(4_000);
        for (String selector : List.of(terms, values, open, "a\0b", "a=\0", "\ud800", "a=" + "x".repeat(LONG))) {
            refusedAsSelector("label_selector", list().setLabelSelector(selector), watch().setLabelSelector(selector));
            refusedAsSelector("field_selector", list().setFieldSelector(selector), watch().setFieldSelector(selector));
        }
        String names = "metadata.name=a\0b";
        refusedAsSelector("field_selector", list().setFieldSelector(names), watch().setFieldSelector(names));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b", "a:b", "a\0", "\0", "a\nb", "a\\b", "..", "a%2fb", "\u202e"})
    void namesWithSeparatorsAndNuls(String name) {
        refusedAsName(name);
    }

    @Test
    void namesOfFourKibibytes() {
        refusedAsName("a".repeat(LONG));
        refusedAsName("a.".repeat(LONG / 2) + "a");
        refusedAsName("\0".repeat(LONG));
        refusedAsName("\u00e9".repeat(LONG / 2));
    }

    private void refusedAsName(String name) {
        List<Runnable> asName = List.of(
                () -> LIVE.objects().get(get(name).build()),
                () -> LIVE.objects().apply(apply(named(name, "{}")).build()),
                () -> LIVE.objects().apply(apply(named("", "{}")).setName(name).build()),
                () -> LIVE.objects()
                        .create(CreateRequest.newBuilder()
                                .setWorkspace(workspace)
                                .setType("robots")
                                .setObject(Object.newBuilder()
                                        .setMetadata(ObjectMeta.newBuilder().setGenerateName(name)))
                                .build()),
                () -> LIVE.objects()
                        .delete(DeleteRequest.newBuilder()
                                .setWorkspace(workspace)
                                .setType("robots")
                                .setName(name)
                                .build()),
                () -> write(Mutation.newBuilder().setType("robots").setCreate(named(name, "{}"))),
                () -> write(Mutation.newBuilder().setType("robots").setDelete(name)),
                () -> LIVE.objects().watch(watch().setName(name).build()).next(),
                () -> LIVE.newWorkspace(workspace + ":" + name + "/"),
                () -> LIVE.objects()
                        .get(get("r1").setWorkspace("root:" + name + "\0").build()));
        for (Runnable call : asName) {
            Refusal refusal = Refusal.of(call);
            assertThat(refusal.code()).as("%s", refusal).isEqualTo(INVALID_ARGUMENT);
            assertThat(refusal.reason()).isIn(Reason.BAD_REQUEST.name(), Reason.INVALID_OBJECT.name());
        }
        Refusal type =
                Refusal.of(() -> LIVE.objects().get(get("r1").setType(name).build()));
        assertThat(type.code()).isIn(INVALID_ARGUMENT, NOT_FOUND);
        assertThat(type.reason()).isIn(Reason.BAD_REQUEST.name(), Reason.TYPE_NOT_FOUND.name());
    }

    @Test
    void batchesThatWriteOneKeyTwice() {
        Mutation.Builder delete = Mutation.newBuilder().setType("robots").setDelete("r1");
        Mutation.Builder byAnotherName = Mutation.newBuilder().setType("rb").setApply(named("r1", "{\"target\": 1}"));
        for (Mutation.Builder second : List.of(delete, byAnotherName)) {
            Refusal refusal = Refusal.of(() -> write(
                            Mutation.newBuilder().setType("robots").setApply(named("r1", "{\"target\": 2}")),
                            Mutation.newBuilder().setType("robots").setApply(named("r3", "{}")),
                            second))
                    .is(INVALID_ARGUMENT, Reason.BAD_REQUEST);
            assertThat(refusal.fields()).containsExactly("writes[2]");
        }
    }

    @Test
    void batchesThatAreTooLarge() {
        Mutation.Builder[] many = new Mutation.Builder[129];
        for (int i = 0; i < many.length; i++) {
            many[i] = Mutation.newBuilder().setType("robots").setApply(named("n" + i, "{}"));
        }
        Refusal.of(() -> write(many)).is(INVALID_ARGUMENT, Reason.BAD_REQUEST);
        String half = "{\"text\": \"" + "x".repeat(600_000) + "\"}";
        Refusal.of(() -> write(
                        Mutation.newBuilder().setType("robots").setApply(named("n1", half)),
                        Mutation.newBuilder().setType("robots").setApply(named("n2", half))))
                .is(INVALID_ARGUMENT, Reason.BAD_REQUEST);
        Refusal.of(() -> write()).is(INVALID_ARGUMENT, Reason.BAD_REQUEST);
    }

    @Test
    void creationsUnderAPrecondition() {
        Object read = LIVE.objects().get(get("r1").build()).getObject();
        for (String name : List.of("r1", "r9")) {
            ObjectMeta.Builder uid = ObjectMeta.newBuilder()
                    .setName(name)
                    .setUid(read.getMetadata().getUid());
            ObjectMeta.Builder version = ObjectMeta.newBuilder().setName(name).setResourceVersion(1);
            refusedAsCreation("metadata.uid", uid);
            refusedAsCreation("metadata.resourceVersion", version);
        }
    }

    private void refusedAsCreation(String field, ObjectMeta.Builder metadata) {
        Object.Builder object = Object.newBuilder().setMetadata(metadata);
        Refusal alone = Refusal.of(() -> LIVE.objects()
                .create(CreateRequest.newBuilder()
                        .setWorkspace(workspace)
                        .setType("robots")
                        .setObject(object)
                        .build()));
        assertThat(alone.is(INVALID_ARGUMENT, Reason.BAD_REQUEST).fields()).containsExactly(field);
        Refusal among =
                Refusal.of(() -> write(Mutation.newBuilder().setType("robots").setCreate(object)));
        assertThat(among.is(INVALID_ARGUMENT, Reason.BAD_REQUEST).fields())
                .containsExactly("writes[0].create." + field);
    }

    @Test
    void requestIdsReusedWithAnotherContent() {
        String id = id(Instant.now());
        revision = LIVE.objects()
                .apply(apply(named("r1", "{\"target\": 1}")).setRequestId(id).build())
                .getRevision();
        List<Runnable> others = List.of(
                () -> LIVE.objects()
                        .apply(apply(named("r1", "{\"target\": 2}"))
                                .setRequestId(id)
                                .build()),
                () -> LIVE.objects()
                        .delete(DeleteRequest.newBuilder()
                                .setWorkspace(workspace)
                                .setType("robots")
                                .setName("r1")
                                .setRequestId(id)
                                .build()),
                () -> LIVE.objects()
                        .write(WriteRequest.newBuilder()
                                .setWorkspace(workspace)
                                .setRequestId(id)
                                .addWrites(
                                        Mutation.newBuilder().setType("robots").setDelete("r2"))
                                .build()));
        for (Runnable other : others) {
            assertThat(Refusal.of(other)
                            .is(INVALID_ARGUMENT, Reason.BAD_REQUEST)
                            .fields())
                    .containsExactly("request_id");
        }
    }

    @Test
    void requestIdsThatAreTooOldOrNone() {
        String old = id(Instant.now().minus(Duration.ofMinutes(11)));
        for (boolean dryRun : new boolean[] {false, true}) {
            Refusal.of(() -> LIVE.objects()
                            .apply(apply(named("r1", "{\"target\": 1}"))
                                    .setRequestId(old)
                                    .setDryRun(dryRun)
                                    .build()))
                    .is(FAILED_PRECONDITION, Reason.REQUEST_ID_EXPIRED);
        }
        for (String none : List.of("\0", "x".repeat(LONG), UUID.randomUUID().toString(), old + "0")) {
            Refusal.of(() -> LIVE.objects()
                            .apply(apply(named("r1", "{\"target\": 1}"))
                                    .setRequestId(none)
                                    .build()))
                    .is(INVALID_ARGUMENT, Reason.BAD_REQUEST);
        }
    }

    private void refusedAsToken(String token) {
        Refusal.of(() -> LIVE.objects()
                        .list(list().setPageSize(1).setPageToken(token).build()))
                .is(INVALID_ARGUMENT, Reason.BAD_REQUEST);
        Refusal.of(() -> LIVE.workspaces()
                        .listWorkspaces(ListWorkspacesRequest.newBuilder()
                                .setWorkspace(workspace)
                                .setPageToken(token)
                                .build()))
                .is(INVALID_ARGUMENT, Reason.BAD_REQUEST);
        refusal(watchOverSubtree().setResumeToken(token)).is(INVALID_ARGUMENT, Reason.BAD_REQUEST);
    }

    private static void refusedAsSelector(String field, ListRequest.Builder list, WatchRequest.Builder watch) {
        Refusal listed = Refusal.of(() -> LIVE.objects().list(list.build())).is(INVALID_ARGUMENT, Reason.BAD_REQUEST);
        assertThat(listed.fields()).containsExactly(field);
        assertThat(listed.message().length()).isLessThan(1_000);
        assertThat(refusal(watch).is(INVALID_ARGUMENT, Reason.BAD_REQUEST).fields())
                .containsExactly(field);
    }

    /** Returns a token with another bit changed each time, and shorter by one character each time. */
    private static List<String> changed(String token) {
        List<String> changed = new ArrayList<>();
        byte[] bytes = Base64.getUrlDecoder().decode(token);
        for (int i = 0; i < bytes.length; i++) {
            byte[] other = bytes.clone();
            other[i] ^= 1;
            changed.add(Base64.getUrlEncoder().withoutPadding().encodeToString(other));
        }
        for (int length = 1; length < token.length(); length++) {
            changed.add(token.substring(0, length));
        }
        return changed;
    }

    private static String pageToken(ListRequest.Builder list) {
        return LIVE.objects().list(list.setPageSize(1).build()).getNextPageToken();
    }

    private static String resumeToken(WatchRequest.Builder watch) {
        try (WatchTape tape = WatchTape.of(LIVE, watch)) {
            return tokenOf(tape);
        }
    }

    private static String tokenOf(WatchTape tape) {
        String line = tape.line();
        while (!line.startsWith("bookmark")) {
            line = tape.line();
        }
        return tape.lastBookmark().getResumeToken();
    }

    private static Refusal refusal(WatchRequest.Builder watch) {
        return Refusal.of(() -> LIVE.objects().watch(watch.build()).next());
    }

    private void write(Mutation.Builder... writes) {
        WriteRequest.Builder request = WriteRequest.newBuilder().setWorkspace(workspace);
        for (Mutation.Builder each : writes) {
            request.addWrites(each);
        }
        var unused = LIVE.objects().write(request.build());
    }

    private Workspace shown() {
        return LIVE.workspaces()
                .getWorkspace(
                        GetWorkspaceRequest.newBuilder().setWorkspace(workspace).build())
                .getWorkspace();
    }

    private static Object at(long resourceVersion) {
        return Object.newBuilder()
                .setMetadata(ObjectMeta.newBuilder().setName("r1").setResourceVersion(resourceVersion))
                .setSpec(LiveServer.struct("{\"target\": 9}"))
                .build();
    }

    private static String id(Instant made) {
        UUID random = UUID.randomUUID();
        long high = (made.toEpochMilli() << 16) | 0x7000L | (random.getMostSignificantBits() & 0xFFF);
        return new UUID(high, random.getLeastSignificantBits()).toString();
    }

    private ApplyRequest.Builder apply(Object object) {
        return ApplyRequest.newBuilder()
                .setWorkspace(workspace)
                .setType("robots")
                .setObject(object);
    }

    private GetRequest.Builder get(String name) {
        return GetRequest.newBuilder().setWorkspace(workspace).setType("robots").setName(name);
    }

    private ListRequest.Builder list() {
        return ListRequest.newBuilder().setWorkspace(workspace).setType("robots");
    }

    private WatchRequest.Builder watch() {
        return WatchRequest.newBuilder().setWorkspace(workspace).setType("robots");
    }

    private WatchRequest.Builder watchOverSubtree() {
        return watch().setScope(Scope.SCOPE_SUBTREE);
    }
}
