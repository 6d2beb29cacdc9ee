package dev.proreus.workspace.canonical;

import com.google.protobuf.ByteString;
import dev.proreus.workspace.RefusedException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One condition, kept as bytes under its type.
 *
 * @param type what the statement is about, such as {@code Ready}
 * @param value the whole condition: a canonical {@code google.protobuf.Value} that holds a Struct
 */
public record ConditionSection(String type, ByteString value) {
    /**
     * Makes a condition out of its parts.
     *
     * @param observedGeneration the generation that it speaks of; 0 where it says none
     * @param lastTransitionTime when its status last changed; null leaves that to the merge
     * @throws RefusedException with {@code INVALID_OBJECT} and a violation for each part that breaks a rule
     */
    public static ConditionSection of(
            String type,
            String status,
            String reason,
            String message,
            long observedGeneration,
            @Nullable Instant lastTransitionTime) {
        StructWriter condition =
                new StructWriter().put(ConditionRules.TYPE, type).put(ConditionRules.STATUS, status);
        if (!reason.isEmpty()) {
            condition.put(ConditionRules.REASON, reason);
        }
        if (!message.isEmpty()) {
            condition.put(ConditionRules.MESSAGE, message);
        }
        if (observedGeneration != 0) {
            condition.put(ConditionRules.OBSERVED_GENERATION, (double) observedGeneration);
        }
        if (lastTransitionTime != null) {
            condition.put(ConditionRules.LAST_TRANSITION_TIME, Timestamps.text(lastTransitionTime));
        }
        ByteString value = ValueBytes.struct(condition.content());
        Violations violations = new Violations();
        ConditionSection section = ConditionRules.checked(pathOf(type), ValueView.of(value), violations);
        violations.throwIfAny();
        return Objects.requireNonNull(section, "a condition without violations has a type");
    }

    /** Returns a view of its keys. */
    public StructView view() {
        return ValueView.of(value).struct();
    }

    /** Returns its status: {@code True}, {@code False} or {@code Unknown}. */
    public String status() {
        return view().find(ConditionRules.STATUS).stringOr("");
    }

    /** Returns when its status last changed, as RFC 3339 text; empty where it does not say. */
    public String lastTransitionTime() {
        return view().find(ConditionRules.LAST_TRANSITION_TIME).stringOr("");
    }

    /** Returns the path of a condition that is known by its type only. */
    static String pathOf(String type) {
        return "status." + ConditionRules.CONDITIONS + FieldPath.bracketed(type);
    }

    /** Returns this condition as it stands after the one before it of the same type, at a time given as text. */
    ConditionSection after(@Nullable ConditionSection before, String now) {
        String kept = before != null && before.status().equals(status()) ? before.lastTransitionTime() : "";
        String own = lastTransitionTime();
        String time = !kept.isEmpty() ? kept : !own.isEmpty() ? own : now;
        return time.equals(own) ? this : withLastTransitionTime(time);
    }

    private ConditionSection withLastTransitionTime(String time) {
        StructEntry entry = new StructEntry(ConditionRules.LAST_TRANSITION_TIME, ValueBytes.string(time));
        WireBuffer out = new WireBuffer(value.size() + 64);
        int start = out.open(Tags.STRUCT_VALUE, value.size());
        StructEntry.splice(view().content(), List.of(entry), out);
        out.close(start, value.size());
        return new ConditionSection(type, out.toBytes());
    }
}
