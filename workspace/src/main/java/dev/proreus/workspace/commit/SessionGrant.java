package dev.proreus.workspace.commit;

import dev.proreus.workspace.RefusedException;
import dev.proreus.workspace.agent.Claim;
import java.util.Map;

/**
 * What opening a session gave.
 *
 * @param epoch the session's epoch: the revision of the commit that recorded it
 * @param refused the claims that were refused, and why; the others are held
 */
public record SessionGrant(long epoch, Map<Claim, RefusedException> refused) {
    public SessionGrant {
        refused = Map.copyOf(refused);
    }
}
