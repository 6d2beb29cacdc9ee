package dev.proreus.agent.runtime;

import dev.proreus.agent.Agent;
import dev.proreus.agent.AgentHealth;
import dev.proreus.agent.AgentListener;
import dev.proreus.agent.AgentObject;
import dev.proreus.agent.AgentPlan;
import dev.proreus.agent.Handler;
import dev.proreus.agent.Result;
import dev.proreus.agent.pace.Backoff;
import dev.proreus.agent.pace.Loop;
import dev.proreus.agent.reconcile.Dispatcher;
import dev.proreus.agent.reconcile.ObjectKey;
import dev.proreus.agent.reconcile.StatusReport;
import dev.proreus.agent.session.Refusal;
import dev.proreus.agent.session.SessionEvents;
import dev.proreus.agent.session.Sessions;
import dev.proreus.agent.view.Changes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running agent: the sessions deliver objects, the dispatcher has them reconciled, and what comes of it goes back as
 * reports.
 *
 * <p>Thread rule: everything runs on the loop but the public methods, which hand over to it or wait for it, and the
 * author's reconcilers, which run on the workers.
 */
final class AgentRuntime implements Agent {
    private static final Logger LOG = LoggerFactory.getLogger(AgentRuntime.class);

    private static final Duration FIRST_RETRY = Duration.ofMillis(200);
    private static final Duration LONGEST_RETRY = Duration.ofMinutes(5);
    private static final String REPORT_REFUSED = "ReportRefused";

    /** Longest text of a refusal in a condition, in characters. */
    private static final int MESSAGE_CHARS = 1024;

    private final AgentPlan plan;
    private final Engine engine;
    private final Loop loop;
    private final Sessions sessions;
    private final Dispatcher dispatcher;
    private final Objects objects = new Objects();
    private final Standing standing;
    private String lastTrouble = "";

    AgentRuntime(AgentPlan plan, Engine engine) {
        this.plan = plan;
        this.engine = engine;
        this.loop = engine.loop();
        this.standing = new Standing(loop::nanoTime);
        this.sessions = new Sessions(
                plan,
                engine.instance(),
                engine.channels(),
                loop,
                new Backoff(plan.reconnect().first(), plan.reconnect().cap(), engine.random()),
                new Happenings());
        this.dispatcher = new Dispatcher(
                plan.handlers(),
                plan.workers(),
                engine.workers(),
                loop,
                new Backoff(FIRST_RETRY, LONGEST_RETRY, engine.random()),
                objects);
    }

    void start() {
        loop.execute(sessions::connect);
    }

    @Override
    public AgentHealth health() {
        return standing.health();
    }

    @Override
    public boolean awaitConnected(Duration timeout) throws InterruptedException {
        return standing.awaitGreen(timeout);
    }

    @Override
    public void awaitTermination() throws InterruptedException {
        standing.awaitStopped();
    }

    @Override
    public boolean awaitTermination(Duration timeout) throws InterruptedException {
        return standing.awaitStopped(timeout);
    }

    @Override
    public void close(Duration deadline) {
        loop.execute(() -> dispatcher.stop(() -> sessions.finish(this::stopped)));
        loop.after(deadline, () -> {
            engine.interruption().run();
            sessions.stop("closed");
            stopped();
        });
        try {
            standing.awaitStopped();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void stopped() {
        if (!standing.isStopped()) {
            standing.set(sessions.health());
            standing.stopped();
            engine.shutdown().run();
            LOG.info(
                    "Agent {} in {} has stopped: {}",
                    plan.name(),
                    plan.workspace(),
                    standing.health().reason());
        }
    }

    private void tell(Consumer<AgentListener> what) {
        try {
            what.accept(plan.listener());
        } catch (RuntimeException e) {
            LOG.warn("The listener of agent {} threw; the agent goes on", plan.name(), e);
        }
    }

    /** A trouble that lasts is logged once, however its words vary: a lost connection is one that cannot be made. */
    private void logTrouble(String what, Refusal why) {
        String trouble = what + why.reason();
        if (trouble.equals(lastTrouble)) {
            LOG.debug("Agent {} in {}: still {}: {}", plan.name(), plan.workspace(), what, why);
        } else {
            lastTrouble = trouble;
            LOG.info("Agent {} in {}: {}: {}; trying again", plan.name(), plan.workspace(), what, why);
        }
    }

    private final class Objects implements Dispatcher.Objects {
        @Override
        public Optional<AgentObject> newest(ObjectKey key) {
            return sessions.newest(key);
        }

        @Override
        public boolean isReported(ObjectKey key) {
            return sessions.isReported(key);
        }

        @Override
        public long epoch() {
            return sessions.epoch();
        }

        @Override
        public void reconciled(ObjectKey key, AgentObject seen, Result result) {
            tell(listener -> listener.reconciled(seen, result));
            Optional<AgentObject> now =
                    newest(key).filter(object -> object.uid().equals(seen.uid()));
            if (now.isEmpty()) {
                return;
            }
            if (result.outcome() != Result.Outcome.FAILED) {
                sessions.accept(key, seen.uid(), seen.generation());
            }
            report(key, now.get(), seen.generation(), result);
        }

        void report(ObjectKey key, AgentObject now, long observedGeneration, Result result) {
            StatusReport report = StatusReport.of(now, observedGeneration, result);
            if (report.changes(now.status())) {
                sessions.report(key, report);
            }
        }
    }

    private final class Happenings implements SessionEvents {
        @Override
        public void connected(String session, long epoch, List<AgentListener.Resumed> resumed) {
            lastTrouble = "";
            LOG.info(
                    "Agent {} in {} is connected: session {}, epoch {}, {}",
                    plan.name(),
                    plan.workspace(),
                    session,
                    epoch,
                    resumed);
            tell(listener -> listener.connected(session, epoch, resumed));
        }

        @Override
        public void disconnected(Refusal why, Duration retry) {
            logTrouble("not connected", why);
            tell(listener -> listener.disconnected(why.toString(), retry));
        }

        @Override
        public void superseded(String why) {
            LOG.warn("Agent {} in {} was superseded and stops: {}", plan.name(), plan.workspace(), why);
            dispatcher.stop(() -> {});
            engine.interruption().run();
            tell(listener -> listener.superseded(why));
            stopped();
        }

        @Override
        public void refused(Handler handler, Refusal why, Duration retry) {
            logTrouble("claim on " + handler.type() + " is not held", why);
            tell(listener -> listener.refused(handler, why.toString()));
        }

        @Override
        public void changed(int handler, Changes changes) {
            dispatcher.changed(handler, changes);
        }

        @Override
        public void reported(AgentObject object) {
            tell(listener -> listener.reported(object));
        }

        @Override
        public void reportRefused(int handler, StatusReport report, Refusal why) {
            if (why.saysNotOurs()) {
                LOG.debug("A report about {} came too late: {}", report.name(), why);
                return;
            }
            LOG.warn("A report about {} was refused: {}", report.name(), why);
            tell(listener -> listener.problem(why.reason(), why.message()));
            ObjectKey key = new ObjectKey(handler, report.name());
            dispatcher.reportRefused(key);
            if (why.saysNeverAgain() && !report.names(REPORT_REFUSED)) {
                Result refused = Result.failed(REPORT_REFUSED).message(shortened(why.toString()));
                sessions.newest(key).ifPresent(now -> objects.report(key, now, report.observedGeneration(), refused));
            }
        }

        @Override
        public void problem(Refusal why) {
            LOG.warn("Agent {} in {}: the server reports a problem: {}", plan.name(), plan.workspace(), why);
            tell(listener -> listener.problem(why.reason(), why.message()));
        }

        @Override
        public void healthMoved() {
            standing.set(sessions.health());
        }
    }

    private static String shortened(String text) {
        return text.length() <= MESSAGE_CHARS ? text : text.substring(0, MESSAGE_CHARS - 3) + "...";
    }
}
