package dev.proreus.workspace.select;

import dev.proreus.workspace.Names;
import dev.proreus.workspace.Selectable;
import dev.proreus.workspace.Term;
import java.util.List;

/** Field selectors: keys are the name and the paths that the type declares; values of fields may be anything. */
final class FieldGrammar implements Grammar {
    private final List<String> declared;

    FieldGrammar(List<String> declared) {
        this.declared = declared;
    }

    @Override
    public String field() {
        return "field_selector";
    }

    @Override
    public Term.Kind kind() {
        return Term.Kind.FIELD;
    }

    @Override
    public boolean hasExistence() {
        return false;
    }

    @Override
    public String violationOfKey(String key) {
        return key.equals(Selectable.NAME) || declared.contains(key)
                ? ""
                : "is not a field to select by; the type declares "
                        + String.join(", ", declared.isEmpty() ? List.of("none") : declared) + ", and "
                        + Selectable.NAME + " is always one";
    }

    @Override
    public String violationOfValue(String key, String value) {
        return key.equals(Selectable.NAME) ? Names.violationOfName(value) : "";
    }
}
