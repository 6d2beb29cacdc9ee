package dev.proreus.workspace.canonical;

import com.google.protobuf.ByteString;
import dev.proreus.workspace.RefusedException;

/** The door for objects that come from outside: gives their canonical form or refuses them. */
@SuppressWarnings("DoNotCallSuggester") // until the walk stands
public final class Canonicalizer {
    /** Version of the canonical form, as it stands in records. */
    public static final int FORM_VERSION = 1;

    private Canonicalizer() {}

    /**
     * Splits an encoded {@code proreus.v1.Object} into canonical sections.
     *
     * @throws RefusedException with {@code INVALID_OBJECT} and a violation for each place that breaks a rule
     */
    public static ObjectSections object(ByteString wire) {
        throw new UnsupportedOperationException();
    }

    /**
     * Returns the canonical content of an encoded {@code google.protobuf.Struct} that is a spec; paths start with
     * {@code spec}.
     *
     * @throws RefusedException with {@code INVALID_OBJECT} and a violation for each place that breaks a rule
     */
    public static ByteString spec(ByteString structWire) {
        throw new UnsupportedOperationException();
    }

    /**
     * Splits an encoded {@code google.protobuf.Struct} that is a status into canonical sections; paths start with
     * {@code status}.
     *
     * @throws RefusedException with {@code INVALID_OBJECT} and a violation for each place that breaks a rule
     */
    public static StatusSections status(ByteString structWire) {
        throw new UnsupportedOperationException();
    }
}
