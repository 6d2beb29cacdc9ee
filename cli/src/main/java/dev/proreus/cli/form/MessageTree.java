package dev.proreus.cli.form;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Duration;
import com.google.protobuf.ListValue;
import com.google.protobuf.MapEntry;
import com.google.protobuf.Message;
import com.google.protobuf.Struct;
import com.google.protobuf.Timestamp;
import com.google.protobuf.Value;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message as a tree of maps, lists, strings, numbers, booleans and nulls, in the order of its fields and under their
 * JSON names. Unset fields are left out. Unlike the JSON mapping of protobuf it shows 64-bit integers, and whole
 * doubles of a Struct, as whole numbers, the way people write them.
 */
public final class MessageTree {
    /** Beyond this magnitude a double does not hold every whole number, and is shown as the double it is. */
    private static final double EXACT = 9_007_199_254_740_992.0;

    private MessageTree() {}

    /** Returns the tree of a message that is not a Struct. */
    public static Map<String, @Nullable Object> of(Message message) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        message.getAllFields().forEach((field, value) -> tree.put(field.getJsonName(), ofField(field, value)));
        return tree;
    }

    /** Returns the tree of a Struct. */
    public static Map<String, @Nullable Object> of(Struct struct) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        struct.getFieldsMap().forEach((key, value) -> tree.put(key, of(value)));
        return tree;
    }

    private static @Nullable Object of(Value value) {
        return switch (value.getKindCase()) {
            case NULL_VALUE, KIND_NOT_SET -> null;
            case NUMBER_VALUE -> ofNumber(value.getNumberValue());
            case STRING_VALUE -> value.getStringValue();
            case BOOL_VALUE -> value.getBoolValue();
            case STRUCT_VALUE -> of(value.getStructValue());
            case LIST_VALUE -> of(value.getListValue());
        };
    }

    private static List<@Nullable Object> of(ListValue list) {
        List<@Nullable Object> tree = new ArrayList<>();
        list.getValuesList().forEach(value -> tree.add(of(value)));
        return tree;
    }

    private static Object ofNumber(double number) {
        boolean whole = number == Math.rint(number) && Math.abs(number) <= EXACT && !isNegativeZero(number);
        return whole ? (Object) (long) number : (Object) number;
    }

    private static boolean isNegativeZero(double number) {
        return Double.doubleToRawLongBits(number) == Double.doubleToRawLongBits(-0.0);
    }

    private static @Nullable Object ofField(FieldDescriptor field, Object value) {
        if (field.isMapField()) {
            Map<String, @Nullable Object> tree = new LinkedHashMap<>();
            for (Object each : (List<?>) value) {
                MapEntry<?, ?> entry = (MapEntry<?, ?>) each;
                FieldDescriptor held = field.getMessageType().findFieldByName("value");
                tree.put(String.valueOf(entry.getKey()), ofSingle(held, entry.getValue()));
            }
            return tree;
        }
        if (field.isRepeated()) {
            List<@Nullable Object> tree = new ArrayList<>();
            ((List<?>) value).forEach(each -> tree.add(ofSingle(field, each)));
            return tree;
        }
        return ofSingle(field, value);
    }

    private static @Nullable Object ofSingle(FieldDescriptor field, Object value) {
        return switch (field.getJavaType()) {
            case MESSAGE -> ofMessage((Message) value);
            case ENUM -> ((EnumValueDescriptor) value).getName();
            case BYTE_STRING -> ((ByteString) value).toStringUtf8();
            case INT -> ((Integer) value).longValue();
            default -> value;
        };
    }

    private static @Nullable Object ofMessage(Message message) {
        if (message instanceof Struct struct) {
            return of(struct);
        }
        if (message instanceof Value value) {
            return of(value);
        }
        if (message instanceof Timestamp time) {
            return Instant.ofEpochSecond(time.getSeconds(), time.getNanos()).toString();
        }
        if (message instanceof Duration duration) {
            return seconds(duration);
        }
        return of(message);
    }

    private static String seconds(Duration duration) {
        if (duration.getNanos() == 0) {
            return duration.getSeconds() + "s";
        }
        return String.format("%d.%09ds", duration.getSeconds(), Math.abs(duration.getNanos()));
    }
}
