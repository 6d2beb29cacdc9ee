package dev.proreus.workspace.canonical;

import com.google.protobuf.ByteString;
import dev.proreus.workspace.Limits;
import dev.proreus.workspace.Names;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rules of the two keys of a status that the server knows, {@code conditions} and {@code observedGeneration}. */
final class ConditionRules {
    static final String CONDITIONS = "conditions";
    static final String OBSERVED_GENERATION = "observedGeneration";
    static final String TYPE = "type";
    static final String STATUS = "status";
    static final String REASON = "reason";
    static final String MESSAGE = "message";
    static final String LAST_TRANSITION_TIME = "lastTransitionTime";

    private static final Set<String> STATUSES = Set.of("True", "False", "Unknown");
    private static final String PATH = "status." + CONDITIONS;

    private ConditionRules() {}

    /**
     * Splits a status that comes from outside and whose form was checked. What it returns counts without violations.
     */
    static StatusSections sections(ByteString struct, Violations violations) {
        StatusSplit split = StatusSplit.of(struct);
        OptionalLong observed = wholeNumber("status." + OBSERVED_GENERATION, split.observedGeneration(), violations);
        List<ConditionSection> conditions = conditions(split.conditions(), violations);
        return violations.areNone() ? new StatusSections(split.body(), observed, conditions) : StatusSections.EMPTY;
    }

    private static List<ConditionSection> conditions(ValueView list, Violations violations) {
        if (list.isPresent() && list.kind() != ValueView.Kind.LIST) {
            violations.add(PATH, "must be a list of objects with type and status");
        }
        List<ConditionSection> conditions = new ArrayList<>();
        Set<String> types = new HashSet<>();
        int index = 0;
        for (ValueView element : list.elements()) {
            if (index == Limits.CONDITIONS) {
                violations.add(PATH, "has more than " + Limits.CONDITIONS + " elements");
                break;
            }
            String path = PATH + "[" + index++ + "]";
            ConditionSection condition = checked(path, element, violations);
            if (condition != null && !types.add(condition.type())) {
                violations.add(path + ".type", "is there twice; a type is allowed once");
            }
            if (condition != null) {
                conditions.add(condition);
            }
        }
        conditions.sort(Comparator.comparing(ConditionSection::type));
        return conditions;
    }

    /** Checks a condition; null where it has no type. */
    static @Nullable ConditionSection checked(String path, ValueView value, Violations violations) {
        if (value.kind() != ValueView.Kind.STRUCT) {
            violations.add(path, "must be an object with type and status");
            return null;
        }
        StructView condition = value.struct();
        String type = condition.find(TYPE).stringOr("");
        violations.addUnlessEmpty(
                path + "." + TYPE, type.isEmpty() ? "must be given, such as Ready" : Names.violationOfKey(type));
        if (!STATUSES.contains(condition.find(STATUS).stringOr(""))) {
            violations.add(path + "." + STATUS, "must be True, False or Unknown");
        }
        checkReason(path + "." + REASON, condition.find(REASON), violations);
        checkMessage(path + "." + MESSAGE, condition.find(MESSAGE), violations);
        checkTime(path + "." + LAST_TRANSITION_TIME, condition.find(LAST_TRANSITION_TIME), violations);
        wholeNumber(path + "." + OBSERVED_GENERATION, condition.find(OBSERVED_GENERATION), violations);
        return type.isEmpty() ? null : new ConditionSection(type, value.encoded());
    }

    private static void checkReason(String path, ValueView value, Violations violations) {
        boolean text = value.kind() == ValueView.Kind.STRING;
        String reason = value.stringOr("");
        if (value.isPresent() && !text) {
            violations.add(path, "must be text");
        }
        violations.addUnlessEmpty(path, reason.isEmpty() ? "" : Names.violationOfKind(reason));
    }

    private static void checkMessage(String path, ValueView value, Violations violations) {
        if (value.isPresent() && value.kind() != ValueView.Kind.STRING) {
            violations.add(path, "must be text");
        } else if (value.encoded().size() > Limits.CONDITION_MESSAGE_BYTES) {
            int bytes = value.stringLength();
            if (bytes > Limits.CONDITION_MESSAGE_BYTES) {
                violations.add(
                        path, "has " + bytes + " bytes; at most " + Limits.CONDITION_MESSAGE_BYTES + " are allowed");
            }
        }
    }

    private static void checkTime(String path, ValueView value, Violations violations) {
        ValueView.Kind kind = value.kind();
        boolean none = kind == ValueView.Kind.ABSENT || kind == ValueView.Kind.NULL;
        String time = value.stringOr("");
        boolean empty = kind == ValueView.Kind.STRING && time.isEmpty();
        if (!none && !empty && !Timestamps.isText(time)) {
            violations.add(path, "must be a time after RFC 3339, such as 2026-01-31T12:00:00.000Z");
        }
    }

    private static OptionalLong wholeNumber(String path, ValueView value, Violations violations) {
        if (!value.isPresent()) {
            return OptionalLong.empty();
        }
        double number = value.numberOr(-1);
        if (number < 0 || number > Limits.EXACT_INTEGER || number != Math.rint(number)) {
            violations.add(path, "must be a whole number that is not negative");
            return OptionalLong.empty();
        }
        return OptionalLong.of((long) number);
    }
}
