package dev.proreus.workspace.canonical;

import com.google.protobuf.ByteString;
import dev.proreus.workspace.Limits;
import dev.proreus.workspace.RefusedException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The status of an object: its body, and the two keys of it that the server knows.
 *
 * @param body canonical content of the status Struct without {@code conditions} and {@code observedGeneration}
 * @param observedGeneration the generation that the status speaks of
 * @param conditions the conditions, ascending by type, one for each type
 */
public record StatusSections(ByteString body, OptionalLong observedGeneration, List<ConditionSection> conditions) {
    /** A status that says nothing. */
    public static final StatusSections EMPTY = new StatusSections(ByteString.EMPTY, OptionalLong.empty(), List.of());

    public StatusSections {
        conditions = List.copyOf(conditions);
        for (int i = 1; i < conditions.size(); i++) {
            if (conditions.get(i - 1).type().compareTo(conditions.get(i).type()) >= 0) {
                throw new IllegalArgumentException("conditions are not ascending by type, one for each");
            }
        }
    }

    /**
     * Returns what a report makes of the previous status. Body and observed generation are replaced. Conditions merge
     * by type: those not reported stay. A reported condition whose {@code status} is the previous one's keeps the
     * previous {@code lastTransitionTime}; another keeps the one that it brings, or gets {@code now}.
     *
     * @throws RefusedException with {@code INVALID_OBJECT} where there would be too many conditions
     */
    public static StatusSections merge(@Nullable StatusSections previous, StatusSections reported, Instant now) {
        Map<String, ConditionSection> merged = new TreeMap<>();
        if (previous != null) {
            previous.conditions.forEach(condition -> merged.put(condition.type(), condition));
        }
        String nowText = Timestamps.text(now);
        for (ConditionSection condition : reported.conditions) {
            merged.compute(condition.type(), (type, before) -> condition.after(before, nowText));
        }
        return new StatusSections(reported.body, reported.observedGeneration, bounded(merged));
    }

    /** Returns the bytes that it takes, but for a few of each condition. */
    public int bytes() {
        int bytes = body.size();
        for (ConditionSection condition : conditions) {
            bytes += condition.value().size();
        }
        return bytes;
    }

    /**
     * Returns a copy with more conditions.
     *
     * @throws RefusedException with {@code INVALID_OBJECT} where a type is there twice, or there are too many
     */
    public StatusSections plus(List<ConditionSection> more) {
        Map<String, ConditionSection> all = new TreeMap<>();
        conditions.forEach(condition -> all.put(condition.type(), condition));
        for (ConditionSection condition : more) {
            if (all.put(condition.type(), condition) != null) {
                throw Violations.single(
                        ConditionSection.pathOf(condition.type()), "is there twice; a type is allowed once");
            }
        }
        return new StatusSections(body, observedGeneration, bounded(all));
    }

    /** Returns a copy with another observed generation. */
    public StatusSections withObservedGeneration(OptionalLong newObservedGeneration) {
        return new StatusSections(body, newObservedGeneration, conditions);
    }

    /** Returns a copy without the condition of that type. */
    public StatusSections withoutCondition(String type) {
        List<ConditionSection> others = conditions.stream()
                .filter(condition -> !condition.type().equals(type))
                .toList();
        return new StatusSections(body, observedGeneration, others);
    }

    /** Returns the condition of that type; null where there is none. */
    public @Nullable ConditionSection condition(String type) {
        for (ConditionSection condition : conditions) {
            if (condition.type().equals(type)) {
                return condition;
            }
        }
        return null;
    }

    /** Returns the canonical content of the whole status Struct. */
    public ByteString encode() {
        WireBuffer out = new WireBuffer(body.size() + 32);
        encode(out);
        return out.toBytes();
    }

    /**
     * Splits the canonical content of a status Struct, as the store holds it.
     *
     * @throws IllegalArgumentException where these bytes are no status; not every deviation is looked for
     */
    public static StatusSections decode(ByteString struct) {
        StatusSplit split = StatusSplit.of(struct);
        List<ConditionSection> conditions = new ArrayList<>();
        for (ValueView condition : split.conditions().elements()) {
            String type = condition.struct().find(ConditionRules.TYPE).stringOr("");
            conditions.add(new ConditionSection(type, condition.encoded()));
        }
        OptionalLong observed = split.observedGeneration().isPresent()
                ? OptionalLong.of((long) split.observedGeneration().numberOr(0))
                : OptionalLong.empty();
        return new StatusSections(split.body(), observed, conditions);
    }

    void encode(WireBuffer out) {
        List<StructEntry> entries = new ArrayList<>(2);
        if (!conditions.isEmpty()) {
            List<ByteString> values =
                    conditions.stream().map(ConditionSection::value).toList();
            entries.add(new StructEntry(ConditionRules.CONDITIONS, ValueBytes.list(values)));
        }
        observedGeneration.ifPresent(generation -> entries.add(
                new StructEntry(ConditionRules.OBSERVED_GENERATION, ValueBytes.number((double) generation))));
        StructEntry.splice(body, entries, out);
    }

    private static List<ConditionSection> bounded(Map<String, ConditionSection> byType) {
        if (byType.size() > Limits.CONDITIONS) {
            throw Violations.single(
                    "status." + ConditionRules.CONDITIONS,
                    "would have " + byType.size() + " elements; at most " + Limits.CONDITIONS + " are allowed");
        }
        return List.copyOf(byType.values());
    }
}
