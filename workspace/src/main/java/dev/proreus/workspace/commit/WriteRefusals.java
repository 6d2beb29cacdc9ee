package dev.proreus.workspace.commit;

import dev.proreus.workspace.FieldViolation;
import dev.proreus.workspace.Limits;
import dev.proreus.workspace.RefusedException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The refusals of writes that were to happen together, told as one: that of the first write that is refused, with the
 * field violations of all of them. So whoever sent many mistakes learns of them at once, of {@link Limits#VIOLATIONS}
 * at most. A refusal without field violations, such as that of a name that is taken, is told alone where it is the
 * first, and is left out where it is not: it may be different when the others have been seen to.
 */
public final class WriteRefusals {
    private final List<FieldViolation> others = new ArrayList<>();
    private @Nullable RefusedException first;

    /**
     * Takes in the refusal of a write; throws what there is where nothing is to be added to it.
     *
     * @param place the part of the request that the write is, such as {@code writes[3].apply}
     * @param index the write's place among the others, from 0
     */
    public void add(String place, int index, RefusedException refusal) {
        RefusedException located = refusal.within(place).with(Receipt.INDEX, index);
        RefusedException before = first;
        if (before == null) {
            first = located;
        } else {
            others.addAll(located.violations());
        }
        int known = first().violations().size();
        if (known == 0 || known + others.size() >= Limits.VIOLATIONS) {
            throw told(Math.max(0, Limits.VIOLATIONS - known));
        }
    }

    /** Throws what was taken in, if there was anything. */
    public void throwIfAny() {
        if (first != null) {
            throw told(others.size());
        }
    }

    private RefusedException told(int most) {
        List<FieldViolation> more = others.subList(0, Math.min(most, others.size()));
        return more.isEmpty() ? first() : first().and(more);
    }

    private RefusedException first() {
        if (first == null) {
            throw new IllegalStateException("nothing was refused");
        }
        return first;
    }
}
