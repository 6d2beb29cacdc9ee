package dev.proreus.server.edge;

import static dev.proreus.server.edge.LiveServer.named;
import static dev.proreus.server.edge.LiveServer.struct;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.proreus.v1.CreateRequest;
import dev.proreus.v1.GetRequest;
import dev.proreus.v1.Object;
import dev.proreus.v1.WatchRequest;
import dev.proreus.workspace.Limits;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whatever an object may hold is read back unchanged by the generated stubs. */
class ValuesTest {
    @RegisterExtension
    static final LiveServer LIVE = new LiveServer();

    @Test
    void everyKindOfValueIsReadBackUnchanged() {
        Struct spec = struct("""
                {"null": null, "true": true, "false": false, "zero": 0, "minus": -0.0, "whole": 9007199254740992,
                 "fraction": 0.1, "tiny": 4.9e-324, "half": 4503599627370495.5, "empty": "", "text": "a\\u0000b\\n\\"\\\\",
                 "unicode": "Grüße, 世界, \\ud83d\\ude80", "": "no key", "a.b/c d": 1,
                 "list": [1, "two", null, true, [], {}, [[{"deep": []}]]], "struct": {"b": 2, "a": 1, "": {}}}
                """);

        assertReadBack(spec);
    }

    @Test
    void theDeepestLegalObjectIsReadBackUnchanged() {
        Value inner = Value.newBuilder().setStringValue("bottom").build();
        for (int level = Limits.NESTING_LEVELS; level > 1; level--) {
            inner = level % 2 == 0
                    ? Value.newBuilder()
                            .setListValue(ListValue.newBuilder().addValues(inner))
                            .build()
                    : Value.newBuilder()
                            .setStructValue(Struct.newBuilder().putFields("k", inner))
                            .build();
        }

        assertReadBack(Struct.newBuilder().putFields("k", inner).build());
    }

    @Test
    void theDeepestTowerOfObjectsIsReadBackUnchanged() {
        Struct tower = Struct.getDefaultInstance();
        for (int level = Limits.NESTING_LEVELS; level > 1; level--) {
            tower = Struct.newBuilder()
                    .putFields("k", Value.newBuilder().setStructValue(tower).build())
                    .build();
        }

        assertReadBack(tower);
    }

    @Test
    void aLargeObjectIsReadBackUnchanged() {
        long seed = System.nanoTime();
        System.out.println("ValuesTest seed " + seed);
        Random random = new Random(seed);
        Struct.Builder spec = Struct.newBuilder();
        int bytes = 0;
        while (bytes < Limits.OBJECT_BYTES - 30_000) {
            String text = "x".repeat(random.nextInt(20_000));
            bytes += text.length() + 30;
            spec.putFields(
                    "k" + random.nextInt(),
                    Value.newBuilder().setStringValue(text).build());
        }

        assertReadBack(spec.build());
    }

    private static void assertReadBack(Struct spec) {
        String workspace = LIVE.newWorkspace();
        Object wanted = named("r1", "{}").toBuilder().setSpec(spec).build();
        Object created = LIVE.objects()
                .create(CreateRequest.newBuilder()
                        .setWorkspace(workspace)
                        .setType("robots")
                        .setObject(wanted)
                        .build())
                .getObject();
        Object read = LIVE.objects()
                .get(GetRequest.newBuilder()
                        .setWorkspace(workspace)
                        .setType("robots")
                        .setName("r1")
                        .build())
                .getObject();
        Object watched;
        try (WatchTape tape = WatchTape.of(
                LIVE, WatchRequest.newBuilder().setWorkspace(workspace).setType("robots"))) {
            watched = tape.event().getAdded();
        }

        assertThat(created.getSpec()).isEqualTo(spec);
        assertThat(read).isEqualTo(created);
        assertThat(watched).isEqualTo(created);
    }
}
