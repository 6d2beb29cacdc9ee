package dev.proreus.workspace.commit;

import static java.util.Objects.requireNonNullElse;

import dev.proreus.workspace.Quota;
import dev.proreus.workspace.Quotas;
import dev.proreus.workspace.Reason;
import dev.proreus.workspace.RefusedException;
import dev.proreus.workspace.Retention;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What is to be set of a workspace; what is null stays.
 *
 * @param retentionAge how long history is kept, zero for as long as the store does
 * @param retentionBytes how many bytes of it are kept, 0 for as many as the store does
 * @param objectQuota most objects that it may hold, 0 for as many as there may be
 * @param byteQuota most bytes of objects that it may hold, 0 for as many as there may be
 * @param subtreeObjectQuota most objects that it and all below it may hold together
 * @param subtreeByteQuota most bytes of objects that it and all below it may hold together
 */
public record WorkspaceUpdate(
        @Nullable Duration retentionAge,
        @Nullable Long retentionBytes,
        @Nullable Long objectQuota,
        @Nullable Long byteQuota,
        @Nullable Long subtreeObjectQuota,
        @Nullable Long subtreeByteQuota) {
    /** Refuses what is negative. */
    public WorkspaceUpdate {
        boolean negative = retentionAge != null && retentionAge.isNegative();
        for (Long number :
                Arrays.asList(retentionBytes, objectQuota, byteQuota, subtreeObjectQuota, subtreeByteQuota)) {
            negative |= number != null && number < 0;
        }
        if (negative) {
            throw RefusedException.because(
                    Reason.BAD_REQUEST, "what is set of a workspace must not be negative: 0 sets no limit");
        }
    }

    Retention retention(Retention before) {
        return new Retention(
                requireNonNullElse(retentionAge, before.age()), requireNonNullElse(retentionBytes, before.bytes()));
    }

    Quotas quotas(Quotas before) {
        return new Quotas(
                new Quota(
                        requireNonNullElse(objectQuota, before.own().objects()),
                        requireNonNullElse(byteQuota, before.own().bytes())),
                new Quota(
                        requireNonNullElse(subtreeObjectQuota, before.subtree().objects()),
                        requireNonNullElse(subtreeByteQuota, before.subtree().bytes())));
    }
}
