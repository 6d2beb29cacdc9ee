package dev.proreus.server.rpc;

import dev.proreus.workspace.FieldViolation;
import dev.proreus.workspace.Limits;
import dev.proreus.workspace.Names;
import dev.proreus.workspace.Reason;
import dev.proreus.workspace.RefusedException;
import dev.proreus.workspace.select.Selector;
import dev.proreus.workspace.type.TypeDefinition;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Checks of fields that many requests have. Each refuses with BAD_REQUEST, the field, and what would be right. */
public final class Checks {
    private static final Pattern UUID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    /** The conditions that the server alone writes. */
    private static final Set<String> SERVER_CONDITIONS = Set.of("Accepted", "Held", "DeletionBlocked");

    /** What is said of a field that must be one line of words. */
    public static final String NO_CONTROLS = "must not hold control characters";

    /** Who writes where the request does not say. */
    private static final String UNNAMED = "unnamed";

    /** What generated code calls each number of an enum that it knows no name for. */
    private static final String UNRECOGNIZED = "UNRECOGNIZED";

    private Checks() {}

    /** Returns the refusal of a request for one of its fields. */
    public static RefusedException refusal(String field, String description) {
        return RefusedException.invalid(
                        Reason.BAD_REQUEST,
                        "the request cannot be understood",
                        List.of(new FieldViolation(field, description)))
                .with("field", field);
    }

    /** Returns the name of an object, once it is there and right. */
    public static String objectName(String name) {
        if (name.isEmpty()) {
            throw refusal("name", "is empty; say which object is meant");
        }
        String violation = Names.violationOfName(name);
        if (!violation.isEmpty()) {
            throw refusal("name", violation);
        }
        return name;
    }

    /** Returns the name of who writes: the one given, or that of nobody in particular. */
    public static String fieldManager(String given) {
        if (given.length() > Limits.TOKEN_CHARS) {
            throw refusal(
                    "field_manager",
                    "is " + given.length() + " characters long; at most " + Limits.TOKEN_CHARS + " are allowed");
        }
        if (hasControls(given)) {
            throw refusal("field_manager", NO_CONTROLS);
        }
        return given.isEmpty() ? UNNAMED : given;
    }

    /** Returns whether a text has control characters, which a {@link #NO_CONTROLS} field must not. */
    public static boolean hasControls(String text) {
        return text.codePoints().anyMatch(Character::isISOControl);
    }

    /** Returns a precondition on a uid, empty for any, once it is empty or a UUID. */
    public static String uid(String given) {
        if (!given.isEmpty() && !isUid(given)) {
            throw refusal("uid", "must be empty or a UUID, such as 0190c5e0-7c6e-4a3b-9f0e-2b1d5c3a4e6f");
        }
        return given.toLowerCase(Locale.ROOT);
    }

    /** Returns whether a text is a uid. */
    public static boolean isUid(String text) {
        return UUID.matcher(text).matches();
    }

    /**
     * Returns the value of an enum, once it is one that the contract has.
     *
     * @param number of the value in the request
     */
    public static <E extends Enum<E>> E known(String field, E value, int number) {
        if (value.name().equals(UNRECOGNIZED)) {
            String names = Arrays.stream(value.getDeclaringClass().getEnumConstants())
                    .map(Enum::name)
                    .filter(name -> !name.equals(UNRECOGNIZED))
                    .collect(Collectors.joining(", "));
            throw refusal(field, "is " + number + ", which stands for nothing; it must be one of " + names);
        }
        return value;
    }

    /** Returns whether the server alone writes conditions of a type. */
    public static boolean isServersCondition(String type) {
        return SERVER_CONDITIONS.contains(type);
    }

    /** Returns what a request's label_selector and field_selector mean together, for objects of a type. */
    public static Selector selector(TypeDefinition type, String labels, String fields) {
        return Selector.ofLabels(labels)
                .and(Selector.ofFields(fields, type.fields().paths()));
    }

    /** Returns a number that must not be negative, such as a revision or the size of a page. */
    public static long notNegative(String field, long given) {
        if (given < 0) {
            throw refusal(field, "is " + given + "; it must not be negative");
        }
        return given;
    }
}
