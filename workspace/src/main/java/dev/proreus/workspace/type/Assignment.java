package dev.proreus.workspace.type;

import com.google.protobuf.ByteString;
import dev.proreus.workspace.canonical.StructView;
import dev.proreus.workspace.canonical.ValueView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the value of a type's assignment field, which names the driving agent. */
public final class Assignment {
    private Assignment() {}

    /**
     * Returns the value of the assignment field in a spec, or null where the type declares none, the field is absent,
     * or it is not a string.
     *
     * @param spec canonical content of the spec's Struct; null where the object has none
     */
    public static @Nullable String of(TypeDefinition type, @Nullable ByteString spec) {
        if (type.assignmentField().isEmpty() || spec == null) {
            return null;
        }
        List<String> path = List.of(type.assignmentField().split("\\."));
        ValueView value = StructView.of(spec).find(path.subList(1, path.size()));
        return value.kind() == ValueView.Kind.STRING ? value.stringOr("") : null;
    }
}
