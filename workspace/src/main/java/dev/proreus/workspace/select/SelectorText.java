package dev.proreus.workspace.select;

/** How words stand in selectors: a backslash before a character takes away what it would mean. */
final class SelectorText {
    static final char ESCAPE = '\\';

    private SelectorText() {}

    /** Returns whether a character ends a word unless it is escaped. */
    static boolean endsWord(char c) {
        return c == ',' || c == '=' || c == '!' || c == '(' || c == ')' || isBlank(c);
    }

    static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r';
    }

    /** Returns a word as it is written. */
    static String escaped(String word) {
        StringBuilder written = null;
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if (c == ESCAPE || endsWord(c)) {
                written = written == null ? new StringBuilder(word.length() + 8).append(word, 0, i) : written;
                written.append(ESCAPE);
            }
            if (written != null) {
                written.append(c);
            }
        }
        return written == null ? word : written.toString();
    }
}
