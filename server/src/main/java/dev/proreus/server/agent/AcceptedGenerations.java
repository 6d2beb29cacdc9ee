package dev.proreus.server.agent;

import dev.proreus.server.rpc.Checks;
import dev.proreus.server.rpc.NotBuiltYet;
import dev.proreus.v1.Ack;
import dev.proreus.v1.Verdict;
import dev.proreus.workspace.Limits;
import dev.proreus.workspace.Reason;
import dev.proreus.workspace.RefusedException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The newest generation of each object that the agent of a session accepted, at most
 * {@link SessionBounds#ACCEPTED_GENERATIONS} of them. Confined to the session's loop.
 */
final class AcceptedGenerations {
    private final Map<String, Long> byUid = new LinkedHashMap<>();

    /**
     * Records that a generation was accepted; an older one than is known changes nothing.
     *
     * @throws RefusedException where the ack is malformed, or says something else
     */
    void take(Ack ack) {
        Verdict verdict = Checks.known("ack.verdict", ack.getVerdict(), ack.getVerdictValue());
        NotBuiltYet.check(verdict == Verdict.VERDICT_HELD || verdict == Verdict.VERDICT_REJECTED, "verdict " + verdict);
        if (verdict != Verdict.VERDICT_ACCEPTED) {
            throw RefusedException.because(Reason.BAD_REQUEST, "ack.verdict is not said: set VERDICT_ACCEPTED");
        }
        if (ack.getUid().isEmpty() || ack.getUid().length() > Limits.TOKEN_CHARS || ack.getGeneration() <= 0) {
            throw RefusedException.because(
                    Reason.BAD_REQUEST, "the ack names no object: send the uid and the generation that were delivered");
        }
        accept(ack.getUid(), ack.getGeneration());
    }

    private void accept(String uid, long generation) {
        Long known = byUid.remove(uid);
        byUid.put(uid, known == null ? generation : Math.max(known, generation));
        if (byUid.size() > SessionBounds.ACCEPTED_GENERATIONS) {
            byUid.remove(byUid.keySet().iterator().next());
        }
    }

    /** Returns the newest accepted generation of an object; 0 where none is known. */
    long of(String uid) {
        return byUid.getOrDefault(uid, 0L);
    }
}
