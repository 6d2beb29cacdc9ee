package dev.proreus.workspace.canonical;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Reads the single fields of one message that comes from outside, and notes those that are there twice: parsers take
 * the last one, so that two readers of the bytes could see different values.
 */
final class ScalarWalk {
    private static final Pattern UUID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private final WireCursor in;
    private final Violations violations;
    private int seen;

    ScalarWalk(WireCursor in, Violations violations) {
        this.in = in;
        this.violations = violations;
    }

    /** Notes that the field of that tag is there, which must be for the first time. */
    void once(int tag, String path) {
        int bit = 1 << (tag >>> 3);
        if ((seen & bit) != 0) {
            violations.add(path, "is there twice; a field is allowed once");
        }
        seen |= bit;
    }

    /** Reads text; empty where it is no valid UTF-8. */
    String text(int tag, String path, int end) {
        once(tag, path);
        return content(path, in.block(end));
    }

    /** Reads what lies between the cursor and {@code textEnd} as text; empty where it is no valid UTF-8. */
    String content(String path, int textEnd) {
        int from = in.at();
        in.moveTo(textEnd);
        if (!Utf8.isValid(in.bytes(), from, textEnd)) {
            violations.add(path, "is not valid UTF-8");
            return "";
        }
        return in.text(from, textEnd);
    }

    /** Reads a uid, in lower case. */
    String uid(int tag, String path, int end) {
        String text = text(tag, path, end);
        if (!text.isEmpty() && !UUID.matcher(text).matches()) {
            violations.add(path, "must be a UUID, such as 0190c5e0-7c6e-4a3b-9f0e-2b1d5c3a4e6f");
        }
        return text.toLowerCase(Locale.ROOT);
    }

    /** Reads a whole number that is not negative. */
    long count(int tag, String path, int end) {
        once(tag, path);
        long value = in.varint(end);
        if (value < 0) {
            violations.add(path, "must not be negative");
        }
        return value;
    }

    /** Reads a truth value. */
    boolean flag(int tag, String path, int end) {
        once(tag, path);
        return in.varint(end) != 0;
    }

    /** Notes and skips a field that does not belong into a message whose fields are 1 to {@code fields}. */
    void stray(int tag, int fields, String path, int end) {
        violations.add(path, Tags.violation(tag, fields));
        in.skip(tag, end);
    }
}
