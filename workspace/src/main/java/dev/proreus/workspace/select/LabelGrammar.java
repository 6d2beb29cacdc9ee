package dev.proreus.workspace.select;

import dev.proreus.workspace.Names;
import dev.proreus.workspace.Term;

/** Label selectors: keys and values are those that labels can have. */
final class LabelGrammar implements Grammar {
    @Override
    public String field() {
        return "label_selector";
    }

    @Override
    public Term.Kind kind() {
        return Term.Kind.LABEL;
    }

    @Override
    public boolean hasExistence() {
        return true;
    }

    @Override
    public String violationOfKey(String key) {
        return Names.violationOfKey(key);
    }

    @Override
    public String violationOfValue(String key, String value) {
        return Names.violationOfLabelValue(value);
    }
}
