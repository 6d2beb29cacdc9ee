package dev.proreus.workspace.canonical;

import dev.proreus.workspace.FieldViolation;
import dev.proreus.workspace.Limits;
import dev.proreus.workspace.Reason;
import dev.proreus.workspace.RefusedException;
import java.util.ArrayList;
import java.util.List;

/** The violations that a walk has found. The last one that is allowed ends the walk. */
final class Violations {
    private static final String WHAT = "the object is invalid";

    private final List<FieldViolation> found = new ArrayList<>(0);

    /** Notes a violation at a place, whose text is asked for now. */
    void add(Object path, String description) {
        found.add(new FieldViolation(path.toString(), description));
        if (found.size() >= Limits.VIOLATIONS) {
            throw refusal();
        }
    }

    /** Notes a violation, unless the description is empty. */
    void addUnlessEmpty(Object path, String description) {
        if (!description.isEmpty()) {
            add(path, description);
        }
    }

    boolean areNone() {
        return found.isEmpty();
    }

    /** Ends the walk if it found anything. */
    void throwIfAny() {
        if (!found.isEmpty()) {
            throw refusal();
        }
    }

    /** Returns the refusal of bytes that are no message; what was found before counts for nothing then. */
    static RefusedException malformed(String path, MalformedException cause) {
        String description = "is no well-formed protobuf message: " + cause.getMessage();
        return RefusedException.invalid(Reason.INVALID_OBJECT, WHAT, List.of(new FieldViolation(path, description)));
    }

    /** Returns the refusal of one place. */
    static RefusedException single(String path, String description) {
        return RefusedException.invalid(Reason.INVALID_OBJECT, WHAT, List.of(new FieldViolation(path, description)));
    }

    private RefusedException refusal() {
        return RefusedException.invalid(Reason.INVALID_OBJECT, WHAT, found);
    }
}
