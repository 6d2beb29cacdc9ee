package dev.proreus.agent.session;

import dev.proreus.agent.AgentObject;
import dev.proreus.agent.Fields;
import dev.proreus.agent.Handler;
import dev.proreus.agent.reconcile.StatusReport;
import dev.proreus.agent.view.Changes;
import dev.proreus.agent.view.ObjectView;
import dev.proreus.agent.view.Position;
import dev.proreus.agent.view.ViewEvent;
import dev.proreus.v1.Subscribe;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One handler's share of the session: what it holds, what is to be said about it, and how it stands with the server.
 *
 * <p>View and outbox outlive sessions; the number and the state are those of the newest session. For the loop.
 */
final class Subscription {
    /** How it stands with the server. */
    enum State {
        /** Not asked for in this session, or asked for without an answer yet. */
        ASKED,
        /** A snapshot is under way. */
        SNAPSHOT,
        /** It delivers changes, and reports are sent. */
        LIVE,
        /** The server refused or ended it; it will be asked for again. */
        REFUSED
    }

    private final int index;
    private final Handler handler;
    private final String workspace;
    private final ObjectView view = new ObjectView();
    private final Outbox outbox = new Outbox();

    /** What came since the last bookmark: it counts together at the next one, or not at all. */
    private final List<ViewEvent> pass = new ArrayList<>();

    private int number;
    private State state = State.ASKED;
    private int refusals;
    private String refusal = "";

    Subscription(int index, Handler handler, String workspace) {
        this.index = index;
        this.handler = handler;
        this.workspace = workspace;
    }

    int index() {
        return index;
    }

    Handler handler() {
        return handler;
    }

    String workspace() {
        return workspace;
    }

    ObjectView view() {
        return view;
    }

    Outbox outbox() {
        return outbox;
    }

    int number() {
        return number;
    }

    State state() {
        return state;
    }

    /** Why it was refused; empty where it was not. */
    String refusal() {
        return refusal;
    }

    boolean isHeld() {
        return state == State.LIVE || state == State.SNAPSHOT;
    }

    /** Asks under a new number, from where the view stands. */
    Subscribe ask(int newNumber) {
        number = newNumber;
        state = State.ASKED;
        return Codec.subscribe(number, handler.type(), handler.claim(), view.position());
    }

    void beginSnapshot() {
        held(State.SNAPSHOT);
        pass.clear();
        view.beginSnapshot();
    }

    /**
     * Takes in events, which show at the next bookmark: whoever resumes from one must know nothing of what came after.
     */
    void deliver(List<ViewEvent> events) {
        if (state == State.SNAPSHOT) {
            view.deliver(events);
        } else {
            pass.addAll(events);
        }
    }

    /** Takes in a bookmark; returns what has changed. */
    Changes bookmark(Position at, boolean closesSnapshot) {
        if (state == State.SNAPSHOT) {
            Changes changes = view.bookmark(at, closesSnapshot);
            if (closesSnapshot) {
                live();
            }
            return changes;
        }
        Changes changes = view.deliver(pass);
        pass.clear();
        view.bookmark(at, false);
        return changes;
    }

    void live() {
        held(State.LIVE);
    }

    /** Takes in a refusal; returns how many there were in a row before. */
    int refused(String why) {
        state = State.REFUSED;
        refusal = why;
        abandon();
        return refusals++;
    }

    void disconnected() {
        state = State.ASKED;
        number = 0;
        abandon();
        outbox.disconnected();
    }

    /** Returns an object as the agent knows it: what the server said, and the newest report on top. */
    Optional<AgentObject> newest(String name) {
        return view.get(name)
                .map(object -> outbox.newest(name)
                        .filter(report -> report.uid().equals(object.uid()))
                        .map(report -> object.withStatus(report.applyTo(object.status()), object.resourceVersion()))
                        .orElse(object));
    }

    /**
     * Takes in that a report is durable; returns the object as it stands at the server, empty where it is not held any
     * more.
     */
    Optional<AgentObject> reported(StatusReport report, long resourceVersion) {
        Optional<AgentObject> object =
                view.get(report.name()).filter(o -> o.uid().equals(report.uid()));
        if (object.isEmpty()) {
            return Optional.empty();
        }
        Fields status = report.applyTo(object.get().status());
        view.reported(report.name(), report.uid(), status, resourceVersion);
        return view.get(report.name());
    }

    private void abandon() {
        pass.clear();
        view.abandonSnapshot();
    }

    private void held(State newState) {
        state = newState;
        refusals = 0;
        refusal = "";
    }
}
