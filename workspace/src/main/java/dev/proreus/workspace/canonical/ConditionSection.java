package dev.proreus.workspace.canonical;

import com.google.protobuf.ByteString;
import dev.proreus.workspace.RefusedException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One condition, kept as bytes under its type.
 *
 * @param type what the statement is about, such as {@code Ready}
 * @param value the whole condition: a canonical {@code google.protobuf.Value} that holds a Struct
 */
@SuppressWarnings("DoNotCallSuggester") // until the walk stands
public record ConditionSection(String type, ByteString value) {
    /**
     * Makes a condition out of its parts.
     *
     * @param observedGeneration the generation that it speaks of; 0 where it says none
     * @param lastTransitionTime when its status last changed; null leaves that to the merge
     * @throws RefusedException with {@code INVALID_OBJECT} and a violation for each part that breaks a rule
     */
    public static ConditionSection of(
            String type,
            String status,
            String reason,
            String message,
            long observedGeneration,
            @Nullable Instant lastTransitionTime) {
        throw new UnsupportedOperationException();
    }

    /** Returns a view of its keys. */
    public StructView view() {
        throw new UnsupportedOperationException();
    }

    /** Returns its status: {@code True}, {@code False} or {@code Unknown}. */
    public String status() {
        return view().find("status").stringOr("");
    }
}
