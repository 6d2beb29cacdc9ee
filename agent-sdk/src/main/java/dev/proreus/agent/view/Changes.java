package dev.proreus.agent.view;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What a delivery did to a view. A name in both sets is that of an object that was replaced by another.
 *
 * @param gone names of objects that are no longer held
 * @param triggered names of objects that need to be reconciled
 * @param newHistory whether the workspace's history is another one than before: whatever was under way belongs to the
 *     old one
 */
public record Changes(Set<String> gone, Set<String> triggered, boolean newHistory) {
    static Changes none() {
        return new Changes(new LinkedHashSet<>(), new LinkedHashSet<>(), false);
    }
}
