package dev.proreus.guarantees.truth;

import dev.proreus.guarantees.Facts;
import dev.proreus.guarantees.Interest;
import dev.proreus.guarantees.State;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which states a watch wants: those of a name, and those that its selectors match. */
final class Selector {
    /** A comma ends a requirement, but not one inside the parentheses of a set. */
    private static final Pattern COMMA = Pattern.compile(",(?![^(]*\\))");

    private static final Pattern SET = Pattern.compile("(\\S+)\\s+(in|notin)\\s*\\(([^)]*)\\)");
    private static final Pattern EQUALITY = Pattern.compile("([^=!\\s]+)\\s*(==|=|!=)\\s*(\\S*)");

    private final String name;
    private final List<Predicate<State>> requirements = new ArrayList<>();

    private Selector(String name) {
        this.name = name;
    }

    static Selector of(Interest interest) {
        Selector selector = new Selector(interest.name());
        for (String each : split(interest.labelSelector())) {
            Requirement requirement = Requirement.parse(each);
            selector.requirements.add(state -> requirement.holds(state.facts().labels()));
        }
        for (String each : split(interest.fieldSelector())) {
            Requirement requirement = Requirement.parse(each);
            selector.requirements.add(state -> requirement.holds(fields(state, requirement.key())));
        }
        return selector;
    }

    boolean matches(@Nullable State state) {
        return state != null
                && (name.isEmpty() || state.key().name().equals(name))
                && requirements.stream().allMatch(each -> each.test(state));
    }

    private static List<String> split(String selector) {
        return selector.isBlank()
                ? List.of()
                : Arrays.stream(COMMA.split(selector, -1)).map(String::strip).toList();
    }

    private static Map<String, String> fields(State state, String key) {
        Facts facts = state.facts();
        return key.equals("metadata.name") ? Map.of(key, state.key().name()) : facts.fields();
    }

    /** One term; where the key is absent, those that deny hold. */
    private record Requirement(String key, Set<String> values, boolean denies, boolean anyValue) {
        static Requirement parse(String text) {
            Matcher set = SET.matcher(text);
            if (set.matches()) {
                Set<String> values = Set.copyOf(Arrays.stream(set.group(3).split(",", -1))
                        .map(String::strip)
                        .distinct()
                        .toList());
                return new Requirement(set.group(1), values, set.group(2).equals("notin"), false);
            }
            Matcher equality = EQUALITY.matcher(text);
            if (equality.matches()) {
                boolean denies = equality.group(2).equals("!=");
                return new Requirement(equality.group(1), Set.of(equality.group(3)), denies, false);
            }
            boolean denies = text.startsWith("!");
            return new Requirement(denies ? text.substring(1).strip() : text, Set.of(), denies, true);
        }

        boolean holds(Map<String, String> facts) {
            String value = facts.get(key);
            boolean within = value != null && (anyValue || values.contains(value));
            return within != denies;
        }
    }
}
