package dev.proreus.workspace.canonical;

import static dev.proreus.workspace.canonical.Wire.bytes;
import static dev.proreus.workspace.canonical.Wire.entry;
import static dev.proreus.workspace.canonical.Wire.fixed64;
import static dev.proreus.workspace.canonical.Wire.list;
import static dev.proreus.workspace.canonical.Wire.number;
import static dev.proreus.workspace.canonical.Wire.status;
import static dev.proreus.workspace.canonical.Wire.string;
import static dev.proreus.workspace.canonical.Wire.struct;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import dev.proreus.workspace.FieldViolation;
import dev.proreus.workspace.Limits;
import dev.proreus.workspace.RefusedException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A status and its conditions: what is merged, what is kept, what is refused. */
class StatusSectionsTest {
    private static final Instant EARLY = Instant.parse("2026-01-31T12:00:00.123456Z");
    private static final Instant LATE = Instant.parse("2026-01-31T13:00:00Z");
    private static final String EARLY_TEXT = "2026-01-31T12:00:00.123Z";
    private static final String LATE_TEXT = "2026-01-31T13:00:00.000Z";
    private static final String OWN_TEXT = "2020-02-29T23:59:59+01:00";

    @Test
    void aFirstReportGetsTheTimeOfItsArrival() {
        StatusSections merged = StatusSections.merge(null, reported(condition("Ready", "True")), EARLY);
        assertThat(timeOf(merged, "Ready")).isEqualTo(EARLY_TEXT);
    }

    @Test
    void aConditionThatStaysKeepsItsTimeAndOneThatTurnsGetsANewOne() {
        StatusSections before =
                StatusSections.merge(null, reported(condition("Ready", "True"), condition("Stalled", "False")), EARLY);
        StatusSections after = StatusSections.merge(
                before, reported(condition("Ready", "False"), condition("Stalled", "False")), LATE);
        assertThat(timeOf(after, "Ready")).isEqualTo(LATE_TEXT);
        assertThat(timeOf(after, "Stalled")).isEqualTo(EARLY_TEXT);
    }

    @Test
    void aTimeThatTheReportBringsCountsOnlyWhereTheStatusTurns() {
        ConditionSection own = withTime("Ready", "True", string(OWN_TEXT));
        StatusSections first = StatusSections.merge(null, reported(own), EARLY);
        assertThat(timeOf(first, "Ready")).isEqualTo(OWN_TEXT);
        StatusSections before = StatusSections.merge(null, reported(condition("Ready", "True")), EARLY);
        assertThat(timeOf(StatusSections.merge(before, reported(own), LATE), "Ready"))
                .isEqualTo(EARLY_TEXT);
        ConditionSection turned = withTime("Ready", "False", string(OWN_TEXT));
        assertThat(timeOf(StatusSections.merge(before, reported(turned), LATE), "Ready"))
                .isEqualTo(OWN_TEXT);
    }

    @Test
    void aTimeThatSaysNothingIsNoTime() {
        for (ByteString nothing : List.of(string(""), number(1, 0))) {
            StatusSections merged = StatusSections.merge(null, reported(withTime("Ready", "True", nothing)), EARLY);
            assertThat(timeOf(merged, "Ready")).isEqualTo(EARLY_TEXT);
            assertThat(Canonicalizer.status(merged.encode())).isEqualTo(merged);
        }
    }

    @Test
    void whatIsNotReportedStaysAndTheRestIsReplaced() {
        StatusSections before = StatusSections.merge(
                null,
                new StatusSections(
                        entry("battery", fixed64(2, 0.5)), OptionalLong.of(6), List.of(condition("Held", "True"))),
                EARLY);
        StatusSections report = new StatusSections(
                entry("zone", string("dock")), OptionalLong.of(7), List.of(condition("Ready", "True")));
        StatusSections after = StatusSections.merge(before, report, LATE);
        assertThat(after.body()).isEqualTo(entry("zone", string("dock")));
        assertThat(after.observedGeneration()).hasValue(7);
        assertThat(after.conditions()).extracting(ConditionSection::type).containsExactly("Held", "Ready");
        assertThat(after.condition("Held")).isEqualTo(before.condition("Held"));
        StatusSections silent = StatusSections.merge(after, StatusSections.EMPTY, LATE);
        assertThat(silent.body()).isEmpty();
        assertThat(silent.observedGeneration()).isEmpty();
        assertThat(silent.conditions()).isEqualTo(after.conditions());
    }

    @Test
    void theSameReportAgainChangesNoByte() {
        StatusSections report = Canonicalizer.status(Wire.join(
                entry("zone", string("dock")),
                entry("conditions", list(full("Stalled", "False"), full("Ready", "True"))),
                entry("observedGeneration", fixed64(2, 7))));
        StatusSections once = StatusSections.merge(null, report, EARLY);
        StatusSections twice = StatusSections.merge(once, report, LATE);
        assertThat(twice).isEqualTo(once);
        assertThat(twice.encode()).isEqualTo(once.encode());
        assertThat(StatusSections.decode(once.encode())).isEqualTo(once);
        assertThat(Canonicalizer.status(once.encode())).isEqualTo(once);
    }

    @Test
    void keysAreSplicedInAtTheirPlaces() {
        for (List<String> around : List.of(
                List.<String>of(),
                List.of("a"),
                List.of("d"),
                List.of("z"),
                List.of("a", "d", "z"),
                List.of("con", "conditionsX", "obs", "observedGenerationX"))) {
            StructWriter body = new StructWriter();
            around.forEach(key -> body.put(key, key));
            StatusSections status =
                    new StatusSections(body.toBytes(), OptionalLong.of(3), List.of(condition("Ready", "True")));
            assertThat(Canonicalizer.status(status.encode()))
                    .as("around %s", around)
                    .isEqualTo(status);
            assertThat(Canonicalizer.spec(status.encode())).isEqualTo(status.encode());
            assertThat(StatusSections.decode(status.encode())).isEqualTo(status);
        }
    }

    @Test
    void conditionsMadeOfPartsAreThoseOfTheWire() {
        ConditionSection made = ConditionSection.of("Ready", "True", "Arrived", "at the dock", 7, EARLY);
        StructWriter parts = new StructWriter();
        parts.put("type", "Ready")
                .put("status", "True")
                .put("reason", "Arrived")
                .put("message", "at the dock");
        parts.put("observedGeneration", 7.0).put("lastTransitionTime", EARLY_TEXT);
        assertThat(made.view().content()).isEqualTo(parts.toBytes());
        assertThat(made.status()).isEqualTo("True");
        assertThat(made.lastTransitionTime()).isEqualTo(EARLY_TEXT);
        StatusSections status = StatusSections.EMPTY.plus(List.of(made));
        assertThat(Canonicalizer.status(status.encode())).isEqualTo(status);
        ConditionSection bare = ConditionSection.of("Ready", "True", "", "", 0, null);
        assertThat(bare.view()).extracting(Map.Entry::getKey).containsExactly("status", "type");
    }

    @Test
    void partsThatBreakARuleAreAllNamed() {
        RefusedException refusal = catchThrowableOfType(
                RefusedException.class,
                () -> ConditionSection.of(
                        "a b", "yes", "in time", "x".repeat(Limits.CONDITION_MESSAGE_BYTES + 1), -1, null));
        assertThat(refusal.violations())
                .extracting(FieldViolation::field)
                .containsExactly(
                        "status.conditions[\"a b\"].type",
                        "status.conditions[\"a b\"].status",
                        "status.conditions[\"a b\"].reason",
                        "status.conditions[\"a b\"].message",
                        "status.conditions[\"a b\"].observedGeneration");
        assertThat(ConditionSection.of("a", "True", "", "é".repeat(Limits.CONDITION_MESSAGE_BYTES / 2), 0, null))
                .isNotNull();
    }

    static Stream<Arguments> refusals() {
        String path = "status.conditions";
        return Stream.of(
                Arguments.of("no list", status(entry("conditions", struct())), path, "must be a list"),
                Arguments.of("null", status(entry("conditions", number(1, 0))), path, "must be a list"),
                Arguments.of("no object", conditions(string("Ready")), path + "[0]", "must be an object"),
                Arguments.of(
                        "no type", conditions(struct(entry("status", string("True")))), path + "[0].type", "be given"),
                Arguments.of("type of no text", conditions(parts("type", number(4, 1))), path + "[0].type", "be given"),
                Arguments.of(
                        "type of spaces",
                        conditions(parts("type", string("a b"))),
                        path + "[0].type",
                        "must be at most"),
                Arguments.of(
                        "no status",
                        conditions(struct(entry("type", string("A")))),
                        path + "[0].status",
                        "True, False or"),
                Arguments.of(
                        "status",
                        conditions(parts("status", string("true"))),
                        path + "[0].status",
                        "True, False or Unknown"),
                Arguments.of(
                        "status of no text",
                        conditions(parts("status", number(4, 1))),
                        path + "[0].status",
                        "True, False"),
                Arguments.of(
                        "reason", conditions(parts("reason", string("not a word"))), path + "[0].reason", "camel-case"),
                Arguments.of(
                        "reason of no text", conditions(parts("reason", number(1, 0))), path + "[0].reason", "be text"),
                Arguments.of(
                        "message of no text",
                        conditions(parts("message", number(1, 0))),
                        path + "[0].message",
                        "be text"),
                Arguments.of(
                        "long message",
                        conditions(parts("message", string("x".repeat(32_769)))),
                        path + "[0].message",
                        "32769"),
                Arguments.of(
                        "time",
                        conditions(parts("lastTransitionTime", string("noon"))),
                        path + "[0].lastTransitionTime",
                        "3339"),
                Arguments.of(
                        "no such day",
                        conditions(parts("lastTransitionTime", string("2026-02-30T00:00:00Z"))),
                        path + "[0].lastTransitionTime",
                        "RFC 3339"),
                Arguments.of(
                        "time of no text",
                        conditions(parts("lastTransitionTime", number(4, 0))),
                        path + "[0].lastTransitionTime",
                        "3339"),
                Arguments.of(
                        "generation",
                        conditions(parts("observedGeneration", fixed64(2, 1.5))),
                        path + "[0].observedGeneration",
                        "whole"),
                Arguments.of(
                        "type twice",
                        conditions(full("B", "True"), full("A", "True"), full("B", "True")),
                        path + "[2].type",
                        "twice"),
                Arguments.of("too many", conditions(many(Limits.CONDITIONS + 1)), path, "more than 64"),
                Arguments.of(
                        "status' generation",
                        status(entry("observedGeneration", fixed64(2, -1))),
                        "status.observedGeneration",
                        "whole"),
                Arguments.of(
                        "half a generation",
                        status(entry("observedGeneration", fixed64(2, 0.5))),
                        "status.observedGeneration",
                        "whole"),
                Arguments.of(
                        "no number",
                        status(entry("observedGeneration", string("7"))),
                        "status.observedGeneration",
                        "whole"),
                Arguments.of(
                        "deep fault", conditions(parts("type", bytes(0x08, 0x01))), path + "[0].type", "null_value"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusals")
    void isRefusedWithItsPath(String name, ByteString object, String path, String description) {
        assertThat(RefusalTest.refusal(object).violations()).as(name).anySatisfy(violation -> {
            assertThat(violation.field()).isEqualTo(path);
            assertThat(violation.description()).contains(description);
        });
    }

    @Test
    void conditionsAreBoundedInTheMergeToo() {
        List<ConditionSection> some = new ArrayList<>();
        for (int i = 0; i < Limits.CONDITIONS; i++) {
            some.add(condition("Type" + i, "True"));
        }
        StatusSections full = StatusSections.EMPTY.plus(some);
        assertThat(StatusSections.merge(full, full, EARLY).conditions()).hasSize(Limits.CONDITIONS);
        RefusedException refusal = catchThrowableOfType(
                RefusedException.class, () -> StatusSections.merge(full, reported(condition("Ready", "True")), EARLY));
        assertThat(refusal.violations())
                .containsExactly(
                        new FieldViolation("status.conditions", "would have 65 elements; at most 64 are allowed"));
        assertThat(full.withoutCondition("Type7").conditions()).hasSize(Limits.CONDITIONS - 1);
        assertThat(full.withoutCondition("Type7").condition("Type7")).isNull();
    }

    @Test
    void aTypeIsThereOnce() {
        RefusedException refusal = catchThrowableOfType(
                RefusedException.class,
                () -> StatusSections.EMPTY.plus(List.of(condition("Ready", "True"), condition("Ready", "False"))));
        assertThat(refusal.violations().get(0).field()).isEqualTo("status.conditions[\"Ready\"]");
        List<ConditionSection> unsorted = List.of(condition("B", "True"), condition("A", "True"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StatusSections(ByteString.EMPTY, OptionalLong.empty(), unsorted));
    }

    private static StatusSections reported(ConditionSection... conditions) {
        return StatusSections.EMPTY.plus(List.of(conditions));
    }

    private static ConditionSection condition(String type, String status) {
        return ConditionSection.of(type, status, "", "", 0, null);
    }

    private static ConditionSection withTime(String type, String status, ByteString time) {
        ByteString value =
                struct(entry("lastTransitionTime", time), entry("status", string(status)), entry("type", string(type)));
        return new ConditionSection(type, value);
    }

    private static ByteString full(String type, String status) {
        return struct(entry("type", string(type)), entry("status", string(status)), entry("reason", string("Arrived")));
    }

    /** A condition that is right but for one key. */
    private static ByteString parts(String key, ByteString value) {
        List<ByteString> entries = new ArrayList<>();
        for (String other : List.of("type", "status")) {
            if (!other.equals(key)) {
                entries.add(entry(other, string("True")));
            }
        }
        entries.add(entry(key, value));
        return struct(entries.toArray(ByteString[]::new));
    }

    private static ByteString[] many(int count) {
        ByteString[] conditions = new ByteString[count];
        for (int i = 0; i < count; i++) {
            conditions[i] = full("Type" + i, "True");
        }
        return conditions;
    }

    private static ByteString conditions(ByteString... values) {
        return status(entry("conditions", list(values)));
    }

    private static String timeOf(StatusSections status, String type) {
        ConditionSection condition = status.condition(type);
        return condition == null ? "absent" : condition.lastTransitionTime();
    }
}
