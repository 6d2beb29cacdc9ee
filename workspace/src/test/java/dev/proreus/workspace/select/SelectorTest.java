package dev.proreus.workspace.select;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.proreus.workspace.Limits;
import dev.proreus.workspace.Reason;
import dev.proreus.workspace.RefusedException;
import dev.proreus.workspace.Selectable;
import dev.proreus.workspace.Term;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelectorTest {
    private static final List<String> DECLARED = List.of("spec.agent", "spec.row");
    private static final Selectable STATE = Selectable.of(
            "robot-1",
            Map.of("tier", "gold", "a.example/site", "", "in", "x"),
            Map.of("spec.agent", "fleet, one (of two)"));

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                          | true
            tier=gold                   | true
            tier == gold                | true
            tier=silver                 | false
            tier!=gold                  | false
            tier != silver              | true
            missing=gold                | false
            missing!=gold               | true
            tier in (gold, silver)      | true
            tier in (silver)            | false
            missing in (gold)           | false
            tier notin (gold,silver)    | false
            tier notin ( silver )       | true
            missing notin (gold)        | true
            tier                        | true
            missing                     | false
            !tier                       | false
            ! missing                   | true
            a.example/site              | true
            a.example/site=             | true
            a.example/site in (,x)      | true
            a.example/site!=            | false
            in in (x)                   | true
            tier=gold,!missing,in       | true
            tier=gold , missing         | false
            tier=gold,tier!=gold        | false
            """)
    void labelsAreSelectedAsInKubernetes(String selector, boolean matches) {
        assertThat(Selector.ofLabels(selector).matches(STATE)).isEqualTo(matches);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                                                | true
            metadata.name=robot-1                             | true
            metadata.name!=robot-1                            | false
            metadata.name in (robot-1,robot-2)                | true
            spec.agent=fleet\\,\\ one\\ \\(of\\ two\\)        | true
            spec.agent!=fleet                                 | true
            spec.row=7                                        | false
            spec.row!=7                                       | true
            spec.row notin (7,8),metadata.name=robot-1        | true
            spec.row=                                         | false
            """)
    void fieldsAreSelectedByTheirText(String selector, boolean matches) {
        assertThat(Selector.ofFields(selector, DECLARED).matches(STATE)).isEqualTo(matches);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            tier gold         | at character 6: expected '=', '==', '!=', 'in' or 'notin', or ',', found 'g'
            tier=gold silver  | at character 11: expected ',' or the end, found 's'
            tier=a=b          | at character 7: expected ',' or the end, found '='
            ,                 | at character 1: expected a key, found ','
            tier,             | at character 6: expected a key, found the end
            =gold             | at character 1: expected a key, found '='
            !                 | at character 2: expected a key, found the end
            !!tier            | at character 2: expected a key, found '!'
            tier!gold         | at character 6: expected '=' after '!', found 'g'
            tier===gold       | at character 7: expected ',' or the end, found '='
            tier in gold      | at character 9: expected '(', found 'g'
            tier in           | at character 8: expected '(', found the end
            tier in ()        | at character 10: expected a value, found ')'
            tier in (a b)     | at character 12: expected ',' or ')', found 'b'
            tier in (a        | at character 11: expected ',' or ')', found the end
            tier in (a))      | at character 12: expected ',' or the end, found ')'
            tier=gold\\       | at character 11: expected a character after '\\', found the end
            tier😀=gold       | at character 1: key 'tier😀' must be at most 63 letters
            tier=gold😀       | at character 6: value 'gold😀' must be empty or at most 63 letters
            -tier             | at character 1: key '-tier' must be
            A_B/tier          | at character 1: key 'A_B/tier' has a prefix that is not a DNS-1123 subdomain
            """)
    void whatIsWrongInALabelSelectorIsToldWithItsPlace(String selector, String told) {
        assertThat(refusal(() -> Selector.ofLabels(selector), "label_selector")).startsWith(told);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            spec.agent        | at character 11: expected '=', '==', '!=', 'in' or 'notin', found the end
            !spec.agent       | at character 1: expected a field; existence cannot be asked for, found '!'
            spec.other=x      | at character 1: key 'spec.other' is not a field to select by; the type declares spec.agent, spec.row, and metadata.name is always one
            spec.agent=a(b    | at character 13: expected ',' or the end, found '('
            """)
    void whatIsWrongInAFieldSelectorIsToldWithItsPlace(String selector, String told) {
        assertThat(refusal(() -> Selector.ofFields(selector, DECLARED), "field_selector"))
                .isEqualTo(told);
    }

    @Test
    void selectorsAreBounded() {
        String terms = "a=b,".repeat(10_000) + "a=b";
        assertThat(refusal(() -> Selector.ofLabels(terms), "label_selector"))
                .isEqualTo("is 40003 characters long; at most " + Limits.SELECTOR_CHARS + " are allowed");
        String many = "a,".repeat(Limits.SELECTOR_REQUIREMENTS) + "a";
        assertThat(refusal(() -> Selector.ofLabels(many), "label_selector"))
                .isEqualTo("has more than " + Limits.SELECTOR_REQUIREMENTS + " requirements, which is the limit");
        String values = "a in (" + "b,".repeat(Limits.SELECTOR_VALUES) + "b)";
        assertThat(refusal(() -> Selector.ofLabels(values), "label_selector"))
                .isEqualTo("has more than " + Limits.SELECTOR_VALUES + " values, which is the limit");
        String most = "a,".repeat(Limits.SELECTOR_REQUIREMENTS - 1) + "a";
        assertThat(Selector.ofLabels(most).requirements()).hasSize(1);
    }

    @Test
    void hostileNamesAreRefused() {
        for (String name : List.of("a\0b", "a/b:c", "..", "R1", "x".repeat(4_096), "")) {
            for (String written : List.of("=" + name, "!=" + name, " in (r1," + name + ")")) {
                assertThat(refusal(() -> Selector.ofFields("metadata.name" + written, DECLARED), "field_selector"))
                        .startsWith("at character ")
                        .contains(": value '");
            }
        }
        assertThat(Selector.ofFields("spec.agent=a\0b", DECLARED).matches(STATE))
                .isFalse();
        assertThat(refusal(() -> Selector.ofLabels("tier=a\0b"), "label_selector"))
                .startsWith("at character 6: value ");
    }

    @Test
    void equalSelectorsAreEqualHoweverTheyAreWritten() {
        Selector one = Selector.ofLabels("b in (y,x,y), a == 1 ,!c");
        Selector other = Selector.ofLabels("!c,a=1,b in ( x , y ),a=1");
        assertThat(one).isEqualTo(other).hasSameHashCodeAs(other);
        assertThat(one.text(Term.Kind.LABEL)).isEqualTo("a=1,b in (x,y),!c");
        assertThat(Selector.ofLabels("a in (1)")).isEqualTo(Selector.ofLabels("a=1"));
        assertThat(Selector.ofLabels("a notin (1)")).isEqualTo(Selector.ofLabels("a!=1"));
        assertThat(Selector.ofLabels(" ")).isEqualTo(Selector.EVERY);
    }

    @Test
    void theNameAndTheEqualitiesAreThereToIndexBy() {
        Selector both = Selector.ofLabels("tier=gold,site!=b,zone in (a,b)")
                .and(Selector.ofFields("metadata.name!=r2,spec.row=7,spec.agent=fleet", DECLARED));
        assertThat(both.name()).isNull();
        assertThat(both.terms())
                .containsExactly(
                        new Term(Term.Kind.FIELD, "spec.agent", "fleet"),
                        new Term(Term.Kind.FIELD, "spec.row", "7"),
                        new Term(Term.Kind.LABEL, "tier", "gold"));
        Selector named = both.and(Selector.ofFields("metadata.name=r1", DECLARED));
        assertThat(named.name()).isEqualTo("r1");
        assertThat(named.terms()).isEqualTo(both.terms());
        assertThat(Selector.EVERY.and(both)).isEqualTo(both);
    }

    private static String refusal(org.assertj.core.api.ThrowableAssert.ThrowingCallable parse, String field) {
        RefusedException refusal = catchThrowableOfType(RefusedException.class, parse);
        assertThat(refusal).isNotNull();
        assertThat(refusal.reason()).isEqualTo(Reason.BAD_REQUEST);
        assertThat(refusal.violations()).hasSize(1);
        assertThat(refusal.violations().get(0).field()).isEqualTo(field);
        return refusal.violations().get(0).description();
    }
}
