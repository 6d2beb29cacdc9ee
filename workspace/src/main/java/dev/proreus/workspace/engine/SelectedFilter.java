package dev.proreus.workspace.engine;

import dev.proreus.workspace.Selectable;
import dev.proreus.workspace.Term;
import dev.proreus.workspace.select.Selector;
import dev.proreus.workspace.watch.WatchFilter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Wants what a selector means. Name and terms are taken out of it once.
 *
 * @param selector the selector
 * @param name the one name that can match, or null
 * @param terms the equalities that every match satisfies
 */
record SelectedFilter(Selector selector, @Nullable String name, List<Term> terms) implements WatchFilter {
    /** Returns the filter of a selector. */
    static WatchFilter of(Selector selector) {
        String name = selector.name();
        return switch (selector.requirements().size()) {
            case 0 -> WatchFilter.every();
            case 1 -> name != null ? WatchFilter.named(name) : new SelectedFilter(selector, null, selector.terms());
            default -> new SelectedFilter(selector, name, selector.terms());
        };
    }

    @Override
    public boolean matches(Selectable state) {
        return selector.matches(state);
    }
}
