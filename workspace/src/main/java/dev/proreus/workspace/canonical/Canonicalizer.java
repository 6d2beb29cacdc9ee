package dev.proreus.workspace.canonical;

import com.google.protobuf.ByteString;
import dev.proreus.workspace.Limits;
import dev.proreus.workspace.RefusedException;
import java.util.function.Supplier;

/** The door for objects that come from outside: gives their canonical form or refuses them. */
public final class Canonicalizer {
    /** Version of the canonical form. No row has it by itself: the format byte of stored versions changes with it. */
    public static final int FORM_VERSION = 1;

    private static final String OBJECT = "object";

    private Canonicalizer() {}

    /**
     * Splits an encoded {@code proreus.v1.Object} into canonical sections.
     *
     * @throws RefusedException with {@code INVALID_OBJECT} and a violation for each place that breaks a rule
     */
    public static ObjectSections object(ByteString wire) {
        checkSize(OBJECT, wire.size(), Limits.REQUEST_BYTES);
        Violations violations = new Violations();
        ObjectSections sections = malformedIsRefused(
                OBJECT, () -> new ObjectWalk(ByteSpan.of(wire).cursor(), violations).sections());
        violations.throwIfAny();
        // What is not minimal in the input gets shorter, what is left out gets written, at most twice as long.
        if (wire.size() > Limits.OBJECT_BYTES / 2) {
            checkSize(OBJECT, sections.encode().size(), Limits.OBJECT_BYTES);
        }
        return sections;
    }

    /**
     * Returns the canonical content of an encoded {@code google.protobuf.Struct} that is a spec; paths start with
     * {@code spec}.
     *
     * @throws RefusedException with {@code INVALID_OBJECT} and a violation for each place that breaks a rule
     */
    public static ByteString spec(ByteString structWire) {
        Violations violations = new Violations();
        ByteString content = struct("spec", structWire, violations);
        violations.throwIfAny();
        return content;
    }

    /**
     * Splits an encoded {@code google.protobuf.Struct} that is a status into canonical sections; paths start with
     * {@code status}.
     *
     * @throws RefusedException with {@code INVALID_OBJECT} and a violation for each place that breaks a rule
     */
    public static StatusSections status(ByteString structWire) {
        Violations violations = new Violations();
        ByteString content = struct("status", structWire, violations);
        StatusSections sections = ConditionRules.sections(content, violations);
        violations.throwIfAny();
        return sections;
    }

    private static ByteString struct(String path, ByteString wire, Violations violations) {
        checkSize(path, wire.size(), Limits.REQUEST_BYTES);
        WireCursor in = ByteSpan.of(wire).cursor();
        ByteString content = malformedIsRefused(path, () -> StructWalk.content(path, in, in.end(), violations));
        checkSize(path, content.size(), Limits.OBJECT_BYTES);
        return content;
    }

    private static <T> T malformedIsRefused(String path, Supplier<T> walk) {
        try {
            return walk.get();
        } catch (MalformedException e) {
            throw Violations.malformed(path, e);
        }
    }

    private static void checkSize(String path, int size, int allowed) {
        if (size > allowed) {
            throw Violations.single(path, "has " + size + " bytes; at most " + allowed + " are allowed");
        }
    }
}
