package dev.proreus.server.agent;

import dev.proreus.workspace.commit.Fence;
import dev.proreus.workspace.engine.Engine;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what is stored of the agents' presence true.
 *
 * <p>The end of a session is recorded at once. Agents that are recorded as connected and have no session are looked for
 * once after the start, when they have had the time to come back, and again after a recording failed. While the server
 * stops nothing is recorded: it is the server that goes away, not the agents, and after its next start they have the
 * same time to come back. Any thread may call.
 */
final class Presence {
    private static final Logger LOG = LoggerFactory.getLogger(Presence.class);

    private final Engine engine;
    private final SessionRegistry registry;
    private final LongSupplier nanoTime;
    private boolean sweepDue = true;
    private long sweepAt;
    private boolean stopping;

    Presence(Engine engine, SessionRegistry registry, LongSupplier nanoTime) {
        this.engine = engine;
        this.registry = registry;
        this.nanoTime = nanoTime;
        this.sweepAt = nanoTime.getAsLong() + SessionBounds.GRACE.toNanos();
    }

    /** Records that a session has ended; the stage completes when that is stored, or never will be. */
    CompletionStage<Void> gone(Fence fence) {
        if (isStopping()) {
            return CompletableFuture.completedStage(null);
        }
        return engine.closeSession(fence).exceptionally(failure -> {
            if (!isStopping()) {
                LOG.info(
                        "the end of a session of agent {} was not recorded, trying again: {}",
                        fence.agent(),
                        failure.toString());
                sweepLater();
            }
            return null;
        });
    }

    /** Looks for agents that went without being recorded, where it is time to; called by the tick. */
    void sweepIfDue() {
        synchronized (this) {
            if (stopping || !sweepDue || nanoTime.getAsLong() - sweepAt < 0) {
                return;
            }
            sweepDue = false;
        }
        engine.agents().connected().forEach((agent, recorded) -> {
            if (!registry.isPresent(agent)) {
                LOG.info("agent {} has not come back since the start", agent.name());
                gone(new Fence(agent.workspaceId(), agent.name(), recorded.epoch()));
            }
        });
    }

    /** Takes note that the server stops. */
    synchronized void stop() {
        stopping = true;
    }

    synchronized boolean isStopping() {
        return stopping;
    }

    private synchronized void sweepLater() {
        if (!sweepDue) {
            sweepDue = true;
            sweepAt = nanoTime.getAsLong() + SessionBounds.TICK.toNanos();
        }
    }
}
