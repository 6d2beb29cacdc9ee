package dev.proreus.workspace.canonical;

import dev.proreus.workspace.Limits;

/**
 * The place that a walk has come to, such as {@code spec.route[3].speed}. Steps are noted as positions of keys in the
 * input and spelt out only when somebody asks.
 */
final class FieldPath {
    /** Characters of one key that a path shows; a hostile key must not make a long answer. */
    private static final int SHOWN_CHARS = 64;

    private static final int INDEX = -1;

    private final String root;
    private final WireCursor input;
    private final int[] firsts = new int[Limits.NESTING_LEVELS + 1];
    private final int[] seconds = new int[Limits.NESTING_LEVELS + 1];
    private int depth;

    FieldPath(String root, WireCursor input) {
        this.root = root;
        this.input = input;
    }

    void enterKey(int from, int to) {
        firsts[depth] = from;
        seconds[depth++] = to;
    }

    void enterIndex(int index) {
        firsts[depth] = index;
        seconds[depth++] = INDEX;
    }

    void leave() {
        depth--;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(root);
        for (int i = 0; i < depth; i++) {
            text.append(seconds[i] == INDEX ? "[" + firsts[i] + "]" : step(input.text(firsts[i], seconds[i])));
        }
        return text.toString();
    }

    /** Returns the step that a key makes in a path: {@code .key}, or {@code ["a key"]} where it is no plain word. */
    static String step(String key) {
        boolean plain = !key.isEmpty() && key.length() <= SHOWN_CHARS;
        for (int i = 0; plain && i < key.length(); i++) {
            char c = key.charAt(i);
            plain = c == '_' || c == '-' || (c < 0x80 && Character.isLetterOrDigit(c));
        }
        return plain ? "." + key : bracketed(key);
    }

    /** Returns the step of a key of labels or annotations, always in brackets, since most hold dots and slashes. */
    static String bracketed(String key) {
        return "[" + quoted(key) + "]";
    }

    private static String quoted(String key) {
        StringBuilder text = new StringBuilder("\"");
        int end = Math.min(key.length(), SHOWN_CHARS);
        if (end < key.length() && Character.isHighSurrogate(key.charAt(end - 1))) {
            end--;
        }
        for (int i = 0; i < end; i++) {
            char c = key.charAt(i);
            if (c == '"' || c == '\\') {
                text.append('\\').append(c);
            } else if (c < 0x20 || c == 0x7f) {
                text.append(String.format("\\u%04x", (int) c));
            } else {
                text.append(c);
            }
        }
        return text.append(end < key.length() ? "...\"" : "\"").toString();
    }
}
