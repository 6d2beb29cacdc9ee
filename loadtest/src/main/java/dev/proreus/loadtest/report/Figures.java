package dev.proreus.loadtest.report;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Figures by name, in the order in which they are shown; as JSON one flat object. */
public final class Figures {
    private static final Pattern ENTRY = Pattern.compile("\"(\\w+)\"\\s*:\\s*(\"(?:[^\"\\\\]|\\\\.)*\"|[-+.\\w]+)");

    private final Map<String, Object> values = new LinkedHashMap<>();

    public Figures() {}

    /** Reads the numbers and truth values of a flat JSON object, such as another scenario printed. */
    public static Map<String, String> parse(String json) {
        Map<String, String> read = new LinkedHashMap<>();
        Matcher entry = ENTRY.matcher(json);
        while (entry.find()) {
            String value = entry.group(2);
            read.put(entry.group(1), value.startsWith("\"") ? value.substring(1, value.length() - 1) : value);
        }
        return read;
    }

    /** Puts a whole number. */
    public Figures put(String name, long value) {
        values.put(name, value);
        return this;
    }

    /** Puts a number, rounded to so many digits behind the point. */
    public Figures put(String name, double value, int digits) {
        double factor = Math.pow(10, digits);
        values.put(name, Math.round(value * factor) / factor);
        return this;
    }

    /** Puts a truth value. */
    public Figures put(String name, boolean value) {
        values.put(name, value);
        return this;
    }

    /** Puts a text. */
    public Figures put(String name, String value) {
        values.put(name, value);
        return this;
    }

    /** Returns the figures as a JSON object on lines of its own. */
    public String json() {
        StringBuilder json = new StringBuilder("{\n");
        values.forEach((name, value) -> json.append(json.length() == 2 ? "" : ",\n")
                .append("  \"")
                .append(name)
                .append("\": ")
                .append(value instanceof String text ? quoted(text) : value));
        return json.append("\n}\n").toString();
    }

    /** Returns the figures as one line of text, {@code name=value} each. */
    public String line() {
        StringBuilder line = new StringBuilder();
        values.forEach((name, value) -> line.append(line.isEmpty() ? "" : " ")
                .append(name)
                .append('=')
                .append(value instanceof Double number ? String.format(Locale.ROOT, "%s", number) : value));
        return line.append(System.lineSeparator()).toString();
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> quoted.append('\\').append(c);
                default -> quoted.append(c < ' ' ? ' ' : c);
            }
        }
        return quoted.append('"').toString();
    }
}
