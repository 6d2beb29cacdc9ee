package dev.proreus.workspace.canonical;

import com.google.protobuf.ByteString;
import dev.proreus.workspace.RefusedException;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The status of an object: its body, and the two keys of it that the server knows.
 *
 * @param body canonical content of the status Struct without {@code conditions} and {@code observedGeneration}
 * @param observedGeneration the generation that the status speaks of
 * @param conditions the conditions, ascending by type, one for each type
 */
@SuppressWarnings("DoNotCallSuggester") // until the walk stands
public record StatusSections(ByteString body, OptionalLong observedGeneration, List<ConditionSection> conditions) {
    /** A status that says nothing. */
    public static final StatusSections EMPTY = new StatusSections(ByteString.EMPTY, OptionalLong.empty(), List.of());

    public StatusSections {
        conditions = List.copyOf(conditions);
    }

    /**
     * Returns what a report makes of the previous status. Body and observed generation are replaced. Conditions merge
     * by type: those not reported stay. A reported condition whose {@code status} is the previous one's keeps the
     * previous {@code lastTransitionTime}; another keeps the one that it brings, or gets {@code now}.
     *
     * @throws RefusedException with {@code INVALID_OBJECT} where there would be too many conditions
     */
    public static StatusSections merge(@Nullable StatusSections previous, StatusSections reported, Instant now) {
        throw new UnsupportedOperationException();
    }

    /**
     * Returns a copy with more conditions.
     *
     * @throws RefusedException with {@code INVALID_OBJECT} where a type is there twice, or there are too many
     */
    public StatusSections plus(List<ConditionSection> more) {
        throw new UnsupportedOperationException();
    }

    /** Returns a copy with another observed generation. */
    public StatusSections withObservedGeneration(OptionalLong newObservedGeneration) {
        return new StatusSections(body, newObservedGeneration, conditions);
    }

    /** Returns a copy without the condition of that type. */
    public StatusSections withoutCondition(String type) {
        throw new UnsupportedOperationException();
    }

    /** Returns the condition of that type; null where there is none. */
    public @Nullable ConditionSection condition(String type) {
        throw new UnsupportedOperationException();
    }

    /** Returns the canonical content of the whole status Struct. */
    public ByteString encode() {
        throw new UnsupportedOperationException();
    }

    /** Splits the canonical content of a status Struct, as the store holds it. */
    public static StatusSections decode(ByteString struct) {
        throw new UnsupportedOperationException();
    }
}
