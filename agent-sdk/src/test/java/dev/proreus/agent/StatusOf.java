package dev.proreus.agent;

import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.proreus.v1.Report;

/** The status that a server stores for a report. */
final class StatusOf {
    private StatusOf() {}

    static Struct report(Report report) {
        ListValue.Builder conditions = ListValue.newBuilder();
        report.getConditionsList()
                .forEach(condition -> conditions.addValues(Value.newBuilder()
                        .setStructValue(Struct.newBuilder()
                                .putFields("type", text(condition.getType()))
                                .putFields("status", text(condition.getStatus()))
                                .putFields("reason", text(condition.getReason()))
                                .putFields("observedGeneration", number(condition.getObservedGeneration()))
                                .putFields("lastTransitionTime", text("2026-11-23T00:00:00Z")))));
        return report.getStatus().toBuilder()
                .putFields(
                        "conditions",
                        Value.newBuilder().setListValue(conditions).build())
                .putFields("observedGeneration", number(report.getObservedGeneration()))
                .build();
    }

    private static Value text(String text) {
        return Value.newBuilder().setStringValue(text).build();
    }

    private static Value number(long number) {
        return Value.newBuilder().setNumberValue((double) number).build();
    }
}
