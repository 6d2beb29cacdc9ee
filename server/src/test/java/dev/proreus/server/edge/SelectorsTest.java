package dev.proreus.server.edge;

import static io.grpc.Status.Code.INVALID_ARGUMENT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proreus.v1.ApplyRequest;
import dev.proreus.v1.DeleteRequest;
import dev.proreus.v1.ListRequest;
import dev.proreus.v1.ListResponse;
import dev.proreus.v1.Object;
import dev.proreus.v1.ObjectMeta;
import dev.proreus.v1.WatchRequest;
import dev.proreus.workspace.Limits;
import dev.proreus.workspace.Reason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Lists and watches with selectors, through real gRPC. */
class SelectorsTest {
    @RegisterExtension
    static final LiveServer LIVE = new LiveServer();

    private String workspace = "";

    @BeforeEach
    void inAWorkspaceOfItsOwn() {
        workspace = LIVE.newWorkspace();
    }

    @Test
    void aListGivesWhatBothSelectorsMean() {
        apply("r1", "gold", "fleet");
        apply("r2", "gold", "other");
        apply("r3", "iron", "fleet");
        assertThat(names("tier=gold", "spec.agent=fleet")).containsExactly("r1");
        assertThat(names("tier!=gold", "")).containsExactly("r3");
        assertThat(names("tier in (gold,iron),!site", "metadata.name in (r2,r3)"))
                .containsExactly("r2", "r3");
        assertThat(names("", "metadata.name=r9")).isEmpty();
    }

    @Test
    void pagesOfASelectionShowOneRevisionAndTheirTokensAreItsOwn() {
        for (int i = 0; i < 6; i++) {
            apply("r" + i, i % 2 == 0 ? "gold" : "iron", "fleet");
        }
        ListRequest.Builder gold = list("tier=gold", "").setPageSize(2);
        ListResponse first = LIVE.objects().list(gold.build());
        apply("r4", "iron", "fleet");
        ListResponse second =
                LIVE.objects().list(gold.setPageToken(first.getNextPageToken()).build());
        assertThat(second.getItems(0).getObject().getMetadata().getName()).isEqualTo("r4");
        assertThat(second.getRevision()).isEqualTo(first.getRevision());
        ListRequest.Builder iron = list("tier=iron", "").setPageToken(first.getNextPageToken());
        Refusal.of(() -> LIVE.objects().list(iron.build())).is(INVALID_ARGUMENT, Reason.BAD_REQUEST);
    }

    @Test
    void aWatchTellsWhatEntersAndWhatLeaves() {
        apply("r1", "gold", "fleet");
        apply("r2", "iron", "fleet");
        WatchRequest.Builder gold = watch("tier=gold", "spec.agent!=other");
        try (WatchTape tape = WatchTape.of(LIVE, gold)) {
            assertThat(tape.line()).isEqualTo("added r1 @1");
            assertThat(tape.line()).isEqualTo("bookmark @2 done");
            apply("r2", "gold", "fleet");
            apply("r1", "gold", "other");
            apply("r3", "iron", "fleet");
            apply("r2", "gold", "third");
            delete("r3");
            delete("r2");
            apply("r2", "gold", "fleet");
            assertThat(tape.line()).isEqualTo("added r2 @3");
            assertThat(tape.line()).isEqualTo("left r1 @4");
            assertThat(tape.line()).isEqualTo("modified r2 @6");
            assertThat(tape.line()).isEqualTo("deleted r2 @8");
            assertThat(tape.line()).isEqualTo("added r2 @9");
        }
        try (WatchTape tape = WatchTape.of(LIVE, gold.setAfterRevision(2))) {
            assertThat(tape.line()).isEqualTo("added r2 @3");
            assertThat(tape.line()).isEqualTo("left r1 @4");
            assertThat(tape.line()).isEqualTo("modified r2 @6");
            assertThat(tape.line()).isEqualTo("deleted r2 @8");
            assertThat(tape.line()).isEqualTo("added r2 @9");
        }
    }

    @Test
    void aNameAndSelectorsAreFoundInHistoryToo() {
        apply("r1", "gold", "fleet");
        apply("r1", "iron", "fleet");
        apply("r1", "gold", "fleet");
        try (WatchTape tape =
                WatchTape.of(LIVE, watch("tier=gold", "").setName("r1").setAfterRevision(0))) {
            assertThat(tape.line()).isEqualTo("added r1 @1");
            assertThat(tape.line()).isEqualTo("left r1 @2");
            assertThat(tape.line()).isEqualTo("added r1 @3");
        }
    }

    @Test
    void anObjectOfManyLabelsIsToldOnce() {
        apply("r1", many("a"));
        apply("r1", many("b"));
        apply("r1", Map.of("a7", "x"));
        try (WatchTape tape = WatchTape.of(LIVE, watch("a7=x", "").setAfterRevision(0))) {
            assertThat(tape.line()).isEqualTo("added r1 @1");
            assertThat(tape.line()).isEqualTo("left r1 @2");
            assertThat(tape.line()).isEqualTo("added r1 @3");
            apply("r1", many("b"));
            assertThat(tape.line()).isEqualTo("left r1 @4");
        }
    }

    /** The two labels have one hash of 32 bits, by which the index finds a watch. */
    @Test
    void uniqueIsAnEventOfAnObjectWhoseLabelsLookTheSame() {
        try (WatchTape tape = WatchTape.of(LIVE, watch("a=v81973", "").setAfterRevision(0))) {
            apply("r0", Map.of("a", "v81973"));
            assertThat(tape.line()).isEqualTo("added r0 @1");
            apply("r1", Map.of("a", "v81973", "b", "v5595"));
            apply("r2", Map.of("a", "v81973"));
            assertThat(tape.line()).isEqualTo("added r1 @2");
            assertThat(tape.line()).isEqualTo("added r2 @3");
        }
    }

    private static Map<String, String> many(String prefix) {
        Map<String, String> labels = new HashMap<>();
        for (int i = 0; i < 2 * Limits.LOGGED_TERMS; i++) {
            labels.put(prefix + i, "x");
        }
        return labels;
    }

    @Test
    void historyFromBeforeAFieldWasDeclaredIsSelectedByItToo() {
        String docks = "{\"group\": \"%s.example.com\", \"names\": {\"plural\": \"docks\", \"kind\": \"Dock\"},"
                + " \"versions\": [{\"name\": \"v1\"}], \"selectableFields\": [%s]}";
        String group = workspace.substring(workspace.indexOf(':') + 1);
        String type = "docks." + group + ".example.com";
        LIVE.applyIn(workspace, "resourcetypes", type, docks.formatted(group, ""));
        LIVE.applyIn(workspace, "docks", "d1", "{\"row\": 7}");
        LIVE.applyIn(workspace, "docks", "d2", "{\"row\": 8}");
        LIVE.applyIn(workspace, "docks", "d1", "{\"row\": 8}");
        LIVE.applyIn(workspace, "resourcetypes", type, docks.formatted(group, "\"spec.row\""));
        WatchRequest.Builder seventh = watch("", "spec.row=7").setType("docks").setAfterRevision(1);
        try (WatchTape tape = WatchTape.of(LIVE, seventh)) {
            assertThat(tape.line()).isEqualTo("added d1 @2");
            assertThat(tape.line()).isEqualTo("left d1 @4");
            LIVE.applyIn(workspace, "docks", "d2", "{\"row\": 7}");
            assertThat(tape.line()).isEqualTo("added d2 @6");
        }
    }

    @Test
    void aSelectorThatCannotBeUnderstoodIsRefusedWithItsPlace() {
        refused(list("tier in gold", ""), "label_selector", "at character 9: expected '(', found 'g'");
        refused(
                list("", "spec.target=7"),
                "field_selector",
                "at character 1: key 'spec.target' is not a field to select by; the type declares spec.agent, and"
                        + " metadata.name is always one");
        refused(
                list("", "metadata.name=a\0b"),
                "field_selector",
                "at character 15: value 'a\\u0000b' must be a DNS-1123 subdomain: lower-case letters, digits, '-' and '.',"
                        + " such as robot-1");
        refused(
                list("a=b,".repeat(10_000), ""),
                "label_selector",
                "is 40000 characters long; at most 8192 are allowed");
        WatchRequest watch = watch("", "!spec.agent").build();
        Refusal.of(() -> LIVE.objects().watch(watch).next()).is(INVALID_ARGUMENT, Reason.BAD_REQUEST);
    }

    private void refused(ListRequest.Builder request, String field, String description) {
        Refusal refusal =
                Refusal.of(() -> LIVE.objects().list(request.build())).is(INVALID_ARGUMENT, Reason.BAD_REQUEST);
        assertThat(refusal.fields()).containsExactly(field);
        assertThat(refusal.message()).endsWith(field + ": " + description);
    }

    private List<String> names(String labels, String fields) {
        List<String> names = new ArrayList<>();
        LIVE.objects()
                .list(list(labels, fields).build())
                .getItemsList()
                .forEach(item -> names.add(item.getObject().getMetadata().getName()));
        return names;
    }

    private ListRequest.Builder list(String labels, String fields) {
        return ListRequest.newBuilder()
                .setWorkspace(workspace)
                .setType("robots")
                .setLabelSelector(labels)
                .setFieldSelector(fields);
    }

    private WatchRequest.Builder watch(String labels, String fields) {
        return WatchRequest.newBuilder()
                .setWorkspace(workspace)
                .setType("robots")
                .setLabelSelector(labels)
                .setFieldSelector(fields);
    }

    private void apply(String name, String tier, String agent) {
        apply(name, Map.of("tier", tier), "{\"agent\": \"" + agent + "\"}");
    }

    private void apply(String name, Map<String, String> labels) {
        apply(name, labels, "{}");
    }

    private void apply(String name, Map<String, String> labels, String spec) {
        Object robot = Object.newBuilder()
                .setMetadata(ObjectMeta.newBuilder().putAllLabels(labels))
                .setSpec(LiveServer.struct(spec))
                .build();
        ApplyRequest request = ApplyRequest.newBuilder()
                .setWorkspace(workspace)
                .setType("robots")
                .setName(name)
                .setObject(robot)
                .build();
        assertThat(LIVE.objects().apply(request).getRevision()).isPositive();
    }

    private void delete(String name) {
        DeleteRequest request = DeleteRequest.newBuilder()
                .setWorkspace(workspace)
                .setType("robots")
                .setName(name)
                .build();
        assertThat(LIVE.objects().delete(request).getRevision()).isPositive();
    }
}
