package dev.proreus.workspace.select;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proreus.workspace.Limits;
import dev.proreus.workspace.Reason;
import dev.proreus.workspace.RefusedException;
import dev.proreus.workspace.Selectable;
import dev.proreus.workspace.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Random selectors against an evaluator that knows nothing of the parser, and random texts against the parser. */
class SelectorPropertyTest {
    private static final List<String> KEYS = List.of("a", "b", "in", "x.example/c");
    private static final List<String> LABEL_VALUES = List.of("", "1", "2", "in", "A-b_c.d");
    private static final List<String> PATHS = List.of("spec.a", "spec.b");
    private static final List<String> FIELD_VALUES =
            List.of("", "1", "x y", "a,b", "(x)", "!=", "\\", "ä", "\u0000", "\ud83d\ude00", "\ud800");
    private static final String ALPHABET = "ab=!,() \\\tinot.-/1\u0000\ud83d\u00e4";
    private static final int ROUNDS = 20_000;

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);

    @Test
    void aSelectorMatchesWhatItsWordsSay() {
        for (int round = 0; round < ROUNDS; round++) {
            List<Written> labels = written(KEYS, LABEL_VALUES, true);
            List<Written> fields = written(PATHS, FIELD_VALUES, false);
            Map<String, String> labelled = some(KEYS, LABEL_VALUES);
            Map<String, String> valued = some(PATHS, FIELD_VALUES);
            Selector selector = Selector.ofLabels(text(labels)).and(Selector.ofFields(text(fields), PATHS));
            Selectable state = Selectable.of("r", labelled, valued);
            boolean expected = labels.stream().allMatch(each -> each.meets.test(labelled))
                    && fields.stream().allMatch(each -> each.meets.test(valued));
            assertThat(selector.matches(state))
                    .as("seed %s: %s against %s", seed, selector, state)
                    .isEqualTo(expected);
            boolean terms = selector.terms().stream()
                    .allMatch(term -> term.value().equals(state.value(term.kind(), term.key())));
            assertThat(!expected || terms)
                    .as("seed %s: terms of %s", seed, selector)
                    .isTrue();
        }
    }

    @Test
    void whatIsPrintedIsParsedToTheSame() {
        for (int round = 0; round < ROUNDS; round++) {
            Selector labels = Selector.ofLabels(text(written(KEYS, LABEL_VALUES, true)));
            Selector fields = Selector.ofFields(text(written(PATHS, FIELD_VALUES, false)), PATHS);
            assertThat(Selector.ofLabels(labels.text(Term.Kind.LABEL)))
                    .as("seed %s", seed)
                    .isEqualTo(labels);
            assertThat(Selector.ofFields(fields.text(Term.Kind.FIELD), PATHS))
                    .as("seed %s", seed)
                    .isEqualTo(fields);
        }
    }

    @Test
    void anyTextIsParsedOrRefusedWithItsPlace() {
        for (int round = 0; round < 5 * ROUNDS; round++) {
            StringBuilder text = new StringBuilder();
            int length = random.nextInt(24);
            for (int i = 0; i < length; i++) {
                text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
            }
            check(text.toString(), () -> Selector.ofLabels(text.toString()));
            check(text.toString(), () -> Selector.ofFields(text.toString(), List.of("a", "b")));
        }
    }

    private void check(String text, java.util.function.Supplier<Selector> parse) {
        try {
            assertThat(parse.get().requirements().size()).isLessThanOrEqualTo(Limits.SELECTOR_REQUIREMENTS);
        } catch (RefusedException refusal) {
            assertThat(refusal.reason()).as("seed %s: %s", seed, text).isEqualTo(Reason.BAD_REQUEST);
            assertThat(refusal.violations().get(0).description())
                    .as("seed %s: %s", seed, text)
                    .matches("(?s)at character \\d+: .+");
        } catch (RuntimeException e) {
            throw new AssertionError("seed " + seed + ": " + text, e);
        }
    }

    private List<Written> written(List<String> keys, List<String> values, boolean existence) {
        List<Written> all = new ArrayList<>();
        int count = random.nextInt(4);
        for (int i = 0; i < count; i++) {
            all.add(one(pick(keys), values, existence));
        }
        return all;
    }

    private Written one(String key, List<String> values, boolean existence) {
        String value = pick(values);
        List<String> set = new ArrayList<>(List.of(value));
        while (random.nextBoolean()) {
            set.add(pick(values));
        }
        return switch (random.nextInt(existence ? 7 : 5)) {
            case 0 -> new Written(key + blank() + "=" + blank() + escaped(value), in -> value.equals(in.get(key)));
            case 1 -> new Written(key + "==" + escaped(value), in -> value.equals(in.get(key)));
            case 2 -> new Written(key + blank() + "!=" + escaped(value), in -> !value.equals(in.get(key)));
            case 3 -> new Written(key + " in " + list(set), in -> in.containsKey(key) && set.contains(in.get(key)));
            case 4 -> new Written(key + " notin" + list(set), in -> !in.containsKey(key) || !set.contains(in.get(key)));
            case 5 -> new Written(key, in -> in.containsKey(key));
            default -> new Written("!" + blank() + key, in -> !in.containsKey(key));
        };
    }

    private String list(List<String> values) {
        StringBuilder list = new StringBuilder("(");
        for (int i = 0; i < values.size(); i++) {
            list.append(i == 0 ? "" : "," + blank()).append(escaped(values.get(i)));
        }
        return values.equals(List.of("")) ? "(,)" : list.append(')').toString();
    }

    private String text(List<Written> written) {
        StringBuilder text = new StringBuilder(blank());
        for (int i = 0; i < written.size(); i++) {
            text.append(i == 0 ? "" : blank() + "," + blank()).append(written.get(i).text);
        }
        return text.append(blank()).toString();
    }

    private String blank() {
        return random.nextInt(3) == 0 ? " " : "";
    }

    private static String escaped(String value) {
        return value.replaceAll("([\\\\,=!() ])", "\\\\$1");
    }

    private Map<String, String> some(List<String> keys, List<String> values) {
        Map<String, String> some = new TreeMap<>();
        for (String key : keys) {
            if (random.nextBoolean()) {
                some.put(key, pick(values));
            }
        }
        return some;
    }

    private String pick(List<String> from) {
        return from.get(random.nextInt(from.size()));
    }

    /** A requirement as written, and what it asks of a map of values. */
    private record Written(String text, Predicate<Map<String, String>> meets) {}
}
