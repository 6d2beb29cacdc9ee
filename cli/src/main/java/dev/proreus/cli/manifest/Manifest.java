package dev.proreus.cli.manifest;

import dev.proreus.v1.Object;
import java.util.Map;
import java.util.Optional;

/**
 * One document of a file: an object as it is to be.
 *
 * @param object the object
 * @param start where the document starts
 * @param places where each key stands, by its path, such as {@code spec.target} or {@code spec.steps[2].name}
 */
public record Manifest(Object object, Place start, Map<String, Place> places) {

    public Manifest {
        places = Map.copyOf(places);
    }

    /** Returns where the value at a path of the object stands in the file, or else the nearest value around it. */
    public Optional<Place> place(String path) {
        String here = path.startsWith("object.") ? path.substring("object.".length()) : path;
        while (!here.isEmpty()) {
            Place found = places.get(here);
            if (found != null) {
                return Optional.of(found);
            }
            int end = Math.max(here.lastIndexOf('.'), here.lastIndexOf('['));
            here = here.substring(0, Math.max(0, end));
        }
        return Optional.empty();
    }
}
