package dev.proreus.server.agent;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The newest generation of each object that the agent of a session accepted, at most
 * {@link SessionBounds#ACCEPTED_GENERATIONS} of them. Confined to the session's loop.
 */
final class AcceptedGenerations {
    private final Map<String, Long> byUid = new LinkedHashMap<>();

    /** Records that a generation was accepted; an older one than is known changes nothing. */
    void accept(String uid, long generation) {
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
