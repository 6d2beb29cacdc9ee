package dev.proreus.house;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads Java as text, as far as the length of methods needs it: it drops comments and literals and matches braces. What
 * stands before a brace tells what the brace opens; a lambda counts to the method that it stands in, a method of an
 * anonymous class counts for itself too.
 */
final class JavaText {

    private static final Pattern TYPE = Pattern.compile("(?:\\b(?:class|interface|enum|record)|@interface)\\s+\\w+");
    private static final Pattern ANONYMOUS = Pattern.compile("\\bnew\\s+[\\w.<>,?\\s\\[\\]]+\\([^{}]*\\)\\s*$");
    private static final Pattern ENUM_CONSTANT = Pattern.compile(
            "^[\\s,]*(?:[A-Z][A-Z0-9_]*\\s*(?:\\([^{}]*\\))?\\s*,\\s*)*[A-Z][A-Z0-9_]*\\s*(?:\\([^{}]*\\))?\\s*$");
    private static final Pattern DATA = Pattern.compile("(?:[=(,\\]]|\\bdefault)\\s*$");

    /** An annotation, or what is left of one after the braces in its brackets. */
    private static final Pattern ANNOTATION =
            Pattern.compile("^\\s*(?:\\)|@(?!interface\\b)[\\w.]+(?:\\s*\\([^()]*\\))?)");

    private static final Pattern NAME = Pattern.compile("(\\w+)\\s*\\(");

    private JavaText() {}

    /**
     * A method, a constructor, or an initializer with braces.
     *
     * @param name its name
     * @param firstLine the line on which its signature begins, from 1
     * @param lines how many lines it has, from the signature to the closing brace
     */
    record Member(String name, int firstLine, int lines) {}

    private enum Opens {
        TYPE,
        MEMBER,
        OTHER
    }

    private record Open(Opens kind, String name, int firstLine) {}

    /** The same text with every comment and every literal turned into blanks; lines stay where they are. */
    static String withoutCommentsAndLiterals(String text) {
        StringBuilder code = new StringBuilder(text.length());
        int at = 0;
        while (at < text.length()) {
            int end = endOfCommentOrLiteral(text, at);
            if (end == at) {
                code.append(text.charAt(at));
                at++;
            } else {
                text.substring(at, end).chars().forEach(c -> code.append(c == '\n' ? '\n' : ' '));
                at = end;
            }
        }
        return code.toString();
    }

    /** The members of all types in a text that {@link #withoutCommentsAndLiterals} has been through. */
    static List<Member> members(String code) {
        List<Member> members = new ArrayList<>();
        Deque<Open> open = new ArrayDeque<>();
        int line = 1;
        int header = 0;
        int headerLine = 1;
        for (int at = 0; at < code.length(); at++) {
            char c = code.charAt(at);
            if (c == '{') {
                open.push(opened(code.substring(header, at), headerLine, open.peek()));
            } else if (c == '}' && !open.isEmpty()) {
                Open closed = open.pop();
                if (closed.kind() == Opens.MEMBER) {
                    members.add(new Member(closed.name(), closed.firstLine(), line - closed.firstLine() + 1));
                }
            }
            if (c == '\n') {
                line++;
            }
            if (c == '{' || c == '}' || c == ';') {
                header = at + 1;
                headerLine = line;
            }
        }
        return members;
    }

    private static Open opened(String header, int headerLine, @Nullable Open around) {
        if (TYPE.matcher(header).find() || ANONYMOUS.matcher(header).find()) {
            return new Open(Opens.TYPE, "", headerLine);
        }
        if (around == null
                || around.kind() != Opens.TYPE
                || DATA.matcher(header).find()) {
            return new Open(Opens.OTHER, "", headerLine);
        }
        if (ENUM_CONSTANT.matcher(header).matches()) {
            return new Open(Opens.TYPE, "", headerLine);
        }
        String signature = header;
        Matcher annotation = ANNOTATION.matcher(signature);
        while (annotation.find()) {
            signature = signature.substring(annotation.end());
            annotation = ANNOTATION.matcher(signature);
        }
        String leading =
                header.substring(0, header.length() - signature.stripLeading().length());
        int firstLine =
                headerLine + (int) leading.chars().filter(c -> c == '\n').count();
        Matcher name = NAME.matcher(signature);
        return new Open(Opens.MEMBER, name.find() ? name.group(1) : "initializer", firstLine);
    }

    /** Where the comment or literal that begins here ends, or here where none begins. */
    private static int endOfCommentOrLiteral(String text, int at) {
        if (text.startsWith("//", at)) {
            return endAt(text, text.indexOf('\n', at), 0);
        }
        if (text.startsWith("/*", at)) {
            return endAt(text, text.indexOf("*/", at + 2), 2);
        }
        if (text.startsWith("\"\"\"", at)) {
            return endOfQuoted(text, at + 3, "\"\"\"");
        }
        char c = text.charAt(at);
        return c == '"' || c == '\'' ? endOfQuoted(text, at + 1, String.valueOf(c)) : at;
    }

    private static int endOfQuoted(String text, int from, String quote) {
        int at = from;
        while (at < text.length() && !text.startsWith(quote, at)) {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        return Math.min(text.length(), at + quote.length());
    }

    private static int endAt(String text, int found, int length) {
        return found < 0 ? text.length() : found + length;
    }
}
