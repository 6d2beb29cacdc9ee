package dev.proreus.workspace;

import java.util.regex.Pattern;

/**
 * The rules of names, after DNS-1123 (RFC 1123, section 2.1) as Kubernetes uses it. Each rule returns the violation's
 * text, or the empty string where the name is right, so that callers can gather all violations at once; {@link #check}
 * refuses by one.
 */
public final class Names {
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");
    private static final Pattern SUBDOMAIN = Pattern.compile(LABEL + "(\\." + LABEL + ")*");
    private static final Pattern KIND = Pattern.compile("[A-Z][A-Za-z0-9]*");
    private static final Pattern QUALIFIED = Pattern.compile("[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?");

    /** What a terminal obeys or hides instead of showing it: controls, directions, separators, halves of characters. */
    private static final Pattern UNSEEN = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}]");

    private Names() {}

    /** Checks an object's name: a DNS-1123 subdomain of at most {@link Limits#NAME_CHARS} characters. */
    public static String violationOfName(String name) {
        if (name.length() > Limits.NAME_CHARS) {
            return "is " + name.length() + " characters long; at most " + Limits.NAME_CHARS + " are allowed";
        }
        return SUBDOMAIN.matcher(name).matches()
                ? ""
                : "must be a DNS-1123 subdomain: lower-case letters, digits, '-' and '.', such as robot-1";
    }

    /** Checks a part of a path or of a type's name: a DNS-1123 label. */
    public static String violationOfLabel(String label) {
        if (label.length() > Limits.LABEL_CHARS) {
            return "is " + label.length() + " characters long; at most " + Limits.LABEL_CHARS + " are allowed";
        }
        return LABEL.matcher(label).matches()
                ? ""
                : "must be a DNS-1123 label: lower-case letters, digits and '-', such as acme";
    }

    /** Checks a kind: a camel-case word such as Robot. */
    public static String violationOfKind(String kind) {
        boolean right =
                kind.length() <= Limits.LABEL_CHARS && KIND.matcher(kind).matches();
        return right ? "" : "must be a camel-case word of at most " + Limits.LABEL_CHARS + " characters, such as Robot";
    }

    /** Checks the key of a label or annotation: an optional DNS-1123 prefix with '/', then a qualified name. */
    public static String violationOfKey(String key) {
        int slash = key.indexOf('/');
        String name = key.substring(slash + 1);
        if (slash >= 0 && !violationOfName(key.substring(0, slash)).isEmpty()) {
            return "has a prefix that is not a DNS-1123 subdomain";
        }
        return qualified(name)
                ? ""
                : "must be at most 63 letters, digits, '-', '_' or '.', such as tier or a.example/tier";
    }

    /** Checks the value of a label: empty, or a qualified name. */
    public static String violationOfLabelValue(String value) {
        return value.isEmpty() || qualified(value)
                ? ""
                : "must be empty or at most 63 letters, digits, '-', '_' or '.'";
    }

    /**
     * Returns a text from outside as messages show it: cut where it is long, and with what is not seen as its number.
     */
    public static String shown(String text) {
        String start = text.length() <= Limits.NAME_CHARS ? text : text.substring(0, Limits.NAME_CHARS) + "...";
        return UNSEEN.matcher(start)
                .replaceAll(unseen -> String.format("\\\\u%04x", unseen.group().codePointAt(0)));
    }

    private static boolean qualified(String text) {
        return text.length() <= Limits.LABEL_CHARS && QUALIFIED.matcher(text).matches();
    }

    /** Refuses a name that no object can have. */
    public static void check(String name) {
        String violation = violationOfName(name);
        if (!violation.isEmpty()) {
            throw RefusedException.because(
                    Reason.BAD_REQUEST, "name '" + shown(name) + "' " + (name.isEmpty() ? "is empty" : violation));
        }
    }
}
