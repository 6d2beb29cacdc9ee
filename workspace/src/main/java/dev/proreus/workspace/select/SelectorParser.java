package dev.proreus.workspace.select;

import dev.proreus.workspace.FieldViolation;
import dev.proreus.workspace.Limits;
import dev.proreus.workspace.Names;
import dev.proreus.workspace.Reason;
import dev.proreus.workspace.RefusedException;
import java.util.ArrayList;
import java.util.List;

/**
 * Parses one selector by recursive descent.
 *
 * <pre>
 * selector    = [ requirement { "," requirement } ]
 * requirement = key | "!" key | key ( "=" | "==" | "!=" ) [ value ] | key ( "in" | "notin" ) "(" values ")"
 * values      = [ value ] { "," [ value ] }          (not empty as a whole)
 * </pre>
 *
 * <p>Blanks may stand between words. What is wrong first is refused, with its place; nothing beyond a bound is read.
 */
final class SelectorParser {
    private final Grammar grammar;
    private final String text;
    private int at;
    private int values;

    SelectorParser(Grammar grammar, String text) {
        this.grammar = grammar;
        this.text = text;
    }

    /** Returns the requirements in the order written; none where the selector is blank. */
    List<Requirement> requirements() {
        if (text.length() > Limits.SELECTOR_CHARS) {
            throw refusal(
                    "is " + text.length() + " characters long; at most " + Limits.SELECTOR_CHARS + " are allowed");
        }
        List<Requirement> requirements = new ArrayList<>();
        skipBlanks();
        if (at == text.length()) {
            return requirements;
        }
        while (true) {
            if (requirements.size() == Limits.SELECTOR_REQUIREMENTS) {
                throw refusal("has more than " + Limits.SELECTOR_REQUIREMENTS + " requirements, which is the limit");
            }
            requirements.add(requirement());
            if (at == text.length()) {
                return requirements;
            }
            if (!take(',')) {
                throw expected("',' or the end");
            }
        }
    }

    private Requirement requirement() {
        if (peek() == '!') {
            if (!grammar.hasExistence()) {
                throw expected("a field; existence cannot be asked for");
            }
            take('!');
            return new Requirement(grammar.kind(), key(), Operator.NOT_EXISTS, List.of());
        }
        String key = key();
        char next = peek();
        if (next == '=' || next == '!') {
            return comparison(key);
        }
        int before = at;
        if (!isEnd(next)) {
            String word = word();
            if (word.equals("in") || word.equals("notin")) {
                return new Requirement(
                        grammar.kind(), key, word.equals("in") ? Operator.IN : Operator.NOT_IN, values(key));
            }
            at = before;
        }
        if (!isEnd(next) || !grammar.hasExistence()) {
            throw expected("'=', '==', '!=', 'in' or 'notin'" + (grammar.hasExistence() ? ", or ','" : ""));
        }
        return new Requirement(grammar.kind(), key, Operator.EXISTS, List.of());
    }

    private Requirement comparison(String key) {
        boolean negated = take('!');
        if (negated && peek() != '=') {
            throw expected("'=' after '!'");
        }
        take('=');
        if (!negated) {
            take('=');
        }
        return new Requirement(grammar.kind(), key, negated ? Operator.NOT_IN : Operator.IN, List.of(value(key)));
    }

    private List<String> values(String key) {
        if (!take('(')) {
            throw expected("'('");
        }
        if (peek() == ')') {
            throw expected("a value");
        }
        List<String> list = new ArrayList<>();
        do {
            list.add(value(key));
        } while (take(','));
        if (!take(')')) {
            throw expected("',' or ')'");
        }
        return list;
    }

    private String key() {
        int from = at;
        String key = word();
        if (key.isEmpty()) {
            throw expected("a key");
        }
        return checked(key, "key", grammar.violationOfKey(key), from);
    }

    private String value(String key) {
        if (++values > Limits.SELECTOR_VALUES) {
            throw refusal("has more than " + Limits.SELECTOR_VALUES + " values, which is the limit");
        }
        int from = at;
        String value = word();
        return checked(value, "value", grammar.violationOfValue(key, value), from);
    }

    private String checked(String word, String what, String violation, int from) {
        if (!violation.isEmpty()) {
            throw refusal("at character " + (from + 1) + ": " + what + " '" + Names.shown(word) + "' " + violation);
        }
        return word;
    }

    /** Reads up to what ends a word, and the blanks behind it; the word may be empty. */
    private String word() {
        StringBuilder word = new StringBuilder();
        while (at < text.length() && !SelectorText.endsWord(text.charAt(at))) {
            if (text.charAt(at) == SelectorText.ESCAPE && ++at == text.length()) {
                throw expected("a character after '\\'");
            }
            word.append(text.charAt(at++));
        }
        skipBlanks();
        return word.toString();
    }

    private boolean take(char wanted) {
        if (at == text.length() || text.charAt(at) != wanted) {
            return false;
        }
        at++;
        skipBlanks();
        return true;
    }

    private char peek() {
        return at == text.length() ? ',' : text.charAt(at);
    }

    private static boolean isEnd(char next) {
        return next == ',';
    }

    private void skipBlanks() {
        while (at < text.length() && SelectorText.isBlank(text.charAt(at))) {
            at++;
        }
    }

    private RefusedException expected(String what) {
        String found =
                at == text.length() ? "the end" : "'" + new String(Character.toChars(text.codePointAt(at))) + "'";
        return refusal("at character " + (at + 1) + ": expected " + what + ", found " + found);
    }

    private RefusedException refusal(String description) {
        return RefusedException.invalid(
                        Reason.BAD_REQUEST,
                        "the selector cannot be understood",
                        List.of(new FieldViolation(grammar.field(), description)))
                .with("field", grammar.field());
    }
}
