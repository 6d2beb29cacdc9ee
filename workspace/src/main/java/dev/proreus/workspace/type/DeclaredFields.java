package dev.proreus.workspace.type;

import com.google.protobuf.ByteString;
import dev.proreus.workspace.Selectable;
import dev.proreus.workspace.canonical.ScalarPath;
import dev.proreus.workspace.canonical.SelectableReader;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a type's objects that selectors may name: those that it declares as selectable, and its assignment
 * field. Immutable, with {@code equals} by value.
 */
public final class DeclaredFields {
    /** Declares no field. */
    public static final DeclaredFields NONE = new DeclaredFields(List.of(), "");

    private final List<String> selectable;
    private final String assignmentField;
    private final List<ScalarPath> paths;
    private final @Nullable ScalarPath assignmentPath;

    /**
     * Makes it of paths below spec or status.
     *
     * @param assignmentField path of the assignment field, below spec; empty for none
     */
    public DeclaredFields(List<String> selectable, String assignmentField) {
        this.selectable = List.copyOf(selectable);
        this.assignmentField = assignmentField;
        this.paths = Stream.concat(selectable.stream(), Stream.of(assignmentField))
                .filter(path -> !path.isEmpty())
                .distinct()
                .sorted()
                .map(ScalarPath::of)
                .toList();
        this.assignmentPath = assignmentField.isEmpty() ? null : ScalarPath.of(assignmentField);
    }

    /** Returns the paths declared as selectable, in the order of the definition. */
    public List<String> selectable() {
        return selectable;
    }

    /** Returns the path of the field whose value names the driving agent; empty for none. */
    public String assignmentField() {
        return assignmentField;
    }

    /** Returns all paths that selectors may name beside the name, in ascending order. */
    public List<String> paths() {
        return paths.stream().map(ScalarPath::text).toList();
    }

    /** Returns what selectors can see of an object, whose canonical bytes are walked once. */
    public Selectable selectable(String name, ByteString object) {
        return SelectableReader.read(name, object, paths);
    }

    /**
     * Returns the value of the assignment field in a spec, or null where the type has none, or the field none.
     *
     * @param spec canonical content of the spec's Struct; null where the object has none
     */
    public @Nullable String assignment(@Nullable ByteString spec) {
        return assignmentPath == null || spec == null ? null : assignmentPath.find(spec);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DeclaredFields that
                && selectable.equals(that.selectable)
                && assignmentField.equals(that.assignmentField);
    }

    @Override
    public int hashCode() {
        return 31 * selectable.hashCode() + assignmentField.hashCode();
    }

    @Override
    public String toString() {
        return paths.toString();
    }
}
