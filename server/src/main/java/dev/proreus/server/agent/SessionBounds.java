package dev.proreus.server.agent;

import dev.proreus.workspace.Limits;
import java.time.Duration;

/** The bounds of agents' sessions, beside those that {@link Limits} has, each with its reason. */
final class SessionBounds {
    /**
     * Reports of a session without an answer: enough to fill commit batches, few enough to bound what waits for one.
     */
    static final int REPORTS_IN_FLIGHT = 256;

    /** Answers, results aside, that a client leaves unread before the session stops listening to it. */
    static final int UNREAD_ANSWERS = 64;

    /** Objects of which a session remembers the generation that its agent accepted; the eldest is forgotten first. */
    static final int ACCEPTED_GENERATIONS = 1_024;

    /** Characters of an instance's name and of what an SDK calls itself. */
    static final int INSTANCE_CHARS = Limits.TOKEN_CHARS;

    /**
     * How long a session with heartbeat MESSAGE may be silent: 2.5 intervals, so that two beats may be lost or late.
     */
    static final Duration SILENCE = Limits.HEARTBEAT_INTERVAL.multipliedBy(5).dividedBy(2);

    /**
     * How long a stream may wait with its Hello: time for a person to type one. It is noticed a tick later at most, and
     * so before the transport ends a stream that says nothing, which has no words for what was missing.
     */
    static final Duration HELLO_WITHIN = Duration.ofSeconds(45);

    /**
     * How long a session that closes may stand still: its client has left, and may not even read what it asked for. One
     * that reads is given what it asked for to the end.
     */
    static final Duration CLOSING_WITHIN = Duration.ofSeconds(30);

    /** How often silence is looked for: often enough that a lapse is noticed within three intervals. */
    static final Duration TICK = Limits.HEARTBEAT_INTERVAL.dividedBy(2);

    /** How long after a start agents that were connected count as renewed: they must have time to come back. */
    static final Duration GRACE = longer(Limits.HEARTBEAT_INTERVAL.multipliedBy(2), Duration.ofSeconds(30));

    private SessionBounds() {}

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? other : one;
    }
}
