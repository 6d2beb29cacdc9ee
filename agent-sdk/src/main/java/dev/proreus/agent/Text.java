package dev.proreus.agent;

/** Checks of what an author hands in. */
final class Text {
    private Text() {}

    static String require(String what, String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException(what + " is empty");
        }
        return text;
    }
}
