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
    public static final DeclaredFields NONE = new DeclaredFields(List.of(), "", 0);

    private final List<String> selectable;
    private final String assignmentField;
    private final long since;
    private final List<ScalarPath> paths;
    private final @Nullable ScalarPath assignmentPath;

    /**
     * Makes it of paths below spec or status.
     *
     * @param assignmentField path of the assignment field, below spec; empty for none
     * @param since the sequence of the commit that declared the newest of them; 0 where that is not known yet
     */
    public DeclaredFields(List<String> selectable, String assignmentField, long since) {
        this.selectable = List.copyOf(selectable);
        this.assignmentField = assignmentField;
        this.since = since;
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

    /**
     * Returns the sequence of the commit that declared the newest of them: the log before it lacks some of the terms.
     */
    public long since() {
        return since;
    }

    /** Returns the same fields, declared at another sequence. */
    public DeclaredFields since(long sequence) {
        return new DeclaredFields(selectable, assignmentField, sequence);
    }

    /** Returns whether both declare the same fields, whenever they did. */
    public boolean declareTheSame(DeclaredFields other) {
        return paths().equals(other.paths());
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
                && assignmentField.equals(that.assignmentField)
                && since == that.since;
    }

    @Override
    public int hashCode() {
        return 31 * selectable.hashCode() + assignmentField.hashCode() + Long.hashCode(since);
    }

    @Override
    public String toString() {
        return paths.toString();
    }
}
