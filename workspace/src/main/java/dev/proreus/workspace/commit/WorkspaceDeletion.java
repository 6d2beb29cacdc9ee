package dev.proreus.workspace.commit;

import dev.proreus.workspace.FieldViolation;
import dev.proreus.workspace.Limits;
import dev.proreus.workspace.Reason;
import dev.proreus.workspace.RefusedException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a workspace is to be deleted, with all that lies below it.
 *
 * @param grace how long the deletion can be taken back; null where nothing was said, which does for an empty one alone
 * @param force whether it goes at once, without grace, whatever finalizers are left
 */
public record WorkspaceDeletion(@Nullable Duration grace, boolean force) {
    /** At once, and only where it holds nothing. */
    public static final WorkspaceDeletion IF_EMPTY = new WorkspaceDeletion(null, false);

    /** At once, whatever it holds. */
    public static final WorkspaceDeletion FORCED = new WorkspaceDeletion(null, true);

    /** Refuses a grace that is none. */
    public WorkspaceDeletion {
        String violation = "";
        if (grace != null && (grace.isNegative() || grace.compareTo(Limits.GRACE_MAX) > 0)) {
            violation = "must be from 0s to " + Limits.GRACE_MAX.toSeconds() + "s";
        } else if (grace != null && !grace.isZero() && force) {
            violation = "must be absent with force, which waits for nothing";
        }
        if (!violation.isEmpty()) {
            throw RefusedException.invalid(
                    Reason.BAD_REQUEST,
                    "the workspace cannot be deleted so",
                    List.of(new FieldViolation("grace", violation)));
        }
    }

    /** Returns the deletion that can be taken back for a time, and honours finalizers after it. */
    public static WorkspaceDeletion after(Duration grace) {
        return new WorkspaceDeletion(grace, false);
    }
}
