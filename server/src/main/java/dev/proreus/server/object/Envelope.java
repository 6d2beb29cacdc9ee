package dev.proreus.server.object;

import dev.proreus.server.rpc.Checks;
import dev.proreus.workspace.commit.RequestMark;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What every write carries beside its objects.
 *
 * @param requestId a UUIDv7 by which a repeat is known; null where none was given
 * @param dryRun whether it is judged only
 * @param manager who writes
 */
record Envelope(@Nullable UUID requestId, boolean dryRun, String manager) {
    /** Reads the fields of a request; refuses malformed ones. */
    static Envelope of(String requestId, boolean dryRun, String fieldManager) {
        return new Envelope(RequestMark.id(requestId), dryRun, Checks.fieldManager(fieldManager));
    }
}
