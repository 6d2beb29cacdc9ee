package dev.proreus.workspace.type;

import java.util.List;

/**
 * The names that a type goes by.
 *
 * @param group DNS-1123 subdomain, such as fleet.example.com
 * @param plural DNS-1123 label, such as robots
 * @param singular DNS-1123 label, such as robot
 * @param kind camel-case word, such as Robot
 * @param shortNames DNS-1123 labels, such as rb
 */
public record TypeNames(String group, String plural, String singular, String kind, List<String> shortNames) {
    public TypeNames {
        shortNames = List.copyOf(shortNames);
    }

    /** Returns the full name, plural and group, such as robots.fleet.example.com. */
    public String full() {
        return plural + "." + group;
    }

    /** Returns whether {@code name} is any of these: full name, plural, singular, kind or short name. */
    public boolean answersTo(String name) {
        return name.equals(plural)
                || name.equals(singular)
                || name.equals(kind)
                || shortNames.contains(name)
                || name.equals(full());
    }
}
