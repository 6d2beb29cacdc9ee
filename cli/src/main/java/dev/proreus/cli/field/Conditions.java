package dev.proreus.cli.field;

import com.google.protobuf.Struct;
import com.google.protobuf.Timestamp;
import com.google.protobuf.Value;
import dev.proreus.v1.Condition;
import dev.proreus.v1.Object;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The conditions that an object's status holds. */
public final class Conditions {

    private Conditions() {}

    /** Returns the conditions in the order of the status; what is not one is left out. */
    public static List<Condition> of(Object object) {
        Value held = object.getStatus().getFieldsOrDefault("conditions", Value.getDefaultInstance());
        return held.getListValue().getValuesList().stream()
                .filter(Value::hasStructValue)
                .map(value -> condition(value.getStructValue()))
                .toList();
    }

    /** Returns the condition of a type. */
    public static Optional<Condition> find(Object object, String type) {
        return of(object).stream().filter(each -> each.getType().equals(type)).findFirst();
    }

    /** Returns whether the condition is True and speaks of the object's newest generation. */
    public static boolean isTrueNow(Object object, String type) {
        return find(object, type)
                .filter(each -> each.getStatus().equals("True") && isNow(object, each))
                .isPresent();
    }

    /** Returns whether the condition speaks of the object's newest generation; one that names none counts as such. */
    public static boolean isNow(Object object, Condition condition) {
        long observed = condition.getObservedGeneration();
        return observed == 0 || observed >= object.getMetadata().getGeneration();
    }

    /** Returns the generation that the status speaks of; 0 where it speaks of none. */
    public static long observedGeneration(Object object) {
        Value stated = object.getStatus().getFieldsOrDefault("observedGeneration", Value.getDefaultInstance());
        return stated.hasNumberValue()
                ? (long) stated.getNumberValue()
                : find(object, "Ready").map(Condition::getObservedGeneration).orElse(0L);
    }

    private static Condition condition(Struct fields) {
        Condition.Builder condition = Condition.newBuilder()
                .setType(text(fields, "type"))
                .setStatus(text(fields, "status"))
                .setReason(text(fields, "reason"))
                .setMessage(text(fields, "message"))
                .setObservedGeneration(
                        (long) fields.getFieldsOrDefault("observedGeneration", Value.getDefaultInstance())
                                .getNumberValue());
        time(text(fields, "lastTransitionTime")).ifPresent(condition::setLastTransitionTime);
        return condition.build();
    }

    private static String text(Struct fields, String key) {
        return fields.getFieldsOrDefault(key, Value.getDefaultInstance()).getStringValue();
    }

    private static Optional<Timestamp> time(String text) {
        try {
            Instant instant = Instant.parse(text);
            return Optional.of(Timestamp.newBuilder()
                    .setSeconds(instant.getEpochSecond())
                    .setNanos(instant.getNano())
                    .build());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
