package dev.proreus.agent.session;

import dev.proreus.agent.reconcile.StatusReport;
import dev.proreus.v1.ConnectRequest;
import dev.proreus.v1.ReportResult;
import dev.proreus.v1.SessionLimits;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The reports of one session: sends what the outboxes hold while the call takes it, and matches answers.
 *
 * <p>State: the reports without an answer by their numbers, never more than the server allows, whose turn it is among
 * the subscriptions, and whether a pause is on, since the server could not take a report just then. A report that is
 * refused for no fault of its own waits again in its outbox: after such a pause, or until its subscription is held
 * again, where that had ended when the report arrived. For the loop.
 */
final class Reports {
    /** Reports without an answer where the server says no limit. */
    private static final int IN_FLIGHT = 256;

    private record Sent(Subscription subscription, int number, StatusReport report) {
        /** Returns whether the subscription that it was sent for is still the one that is held. */
        boolean isHeld() {
            return subscription.isHeld() && subscription.number() == number;
        }
    }

    private final Setting setting;
    private final List<Subscription> subscriptions;
    private final SessionEvents events;
    private final Runnable afterPause;
    private final Map<Long, Sent> unanswered = new HashMap<>();
    private int mostInFlight = IN_FLIGHT;
    private long mostBytes = Long.MAX_VALUE;
    private long numbers;
    private int turn;
    private int pauses;
    private boolean paused;
    private boolean flushing;

    /** @param afterPause runs when what waits may be sent again */
    Reports(Setting setting, List<Subscription> subscriptions, SessionEvents events, Runnable afterPause) {
        this.setting = setting;
        this.subscriptions = subscriptions;
        this.events = events;
        this.afterPause = afterPause;
    }

    void limit(SessionLimits limits) {
        mostInFlight = limits.getReportsInFlight() > 0 ? limits.getReportsInFlight() : IN_FLIGHT;
        mostBytes = limits.getMessageBytes() > 0 ? limits.getMessageBytes() : Long.MAX_VALUE;
    }

    /**
     * Sends what waits, as far as the call takes it. What is refused here may want to report again: that is sent too.
     */
    void flush(AgentCall call) {
        if (flushing) {
            return;
        }
        flushing = true;
        try {
            Optional<Subscription> next = nextTurn(call);
            while (next.isPresent()) {
                send(call, next.get());
                next = nextTurn(call);
            }
        } finally {
            flushing = false;
        }
    }

    /** Takes in that a report is durable. */
    void answered(ReportResult result) {
        Sent sent = unanswered.remove(result.getSeq());
        pauses = 0;
        if (sent != null) {
            sent.subscription.outbox().answered(sent.report);
            sent.subscription.reported(sent.report, result.getResourceVersion()).ifPresent(events::reported);
        }
    }

    /** Takes in that a report was refused. Where the session ends with it, the report stays for the next one. */
    void refused(long number, Refusal why) {
        if (why.endsSession()) {
            return;
        }
        Sent sent = unanswered.remove(number);
        if (sent == null) {
            return;
        }
        Outbox outbox = sent.subscription.outbox();
        if (why.saysNotNow()) {
            outbox.returned(sent.report);
            pause(why.retryAfter());
        } else if (!sent.isHeld()) {
            outbox.returned(sent.report);
        } else if (outbox.answered(sent.report)) {
            events.reportRefused(sent.subscription.index(), sent.report, why);
        }
    }

    /** Sends nothing for a while that grows from one pause to the next, or as long as the server says. */
    private void pause(Duration least) {
        if (paused) {
            return;
        }
        paused = true;
        Duration own = setting.backoff().delay(pauses++);
        setting.loop().after(own.compareTo(least) < 0 ? least : own, () -> {
            paused = false;
            afterPause.run();
        });
    }

    /** Returns whether nothing waits that this session could still send, and all that was sent is answered. */
    boolean areSettled() {
        return unanswered.isEmpty()
                && subscriptions.stream()
                        .noneMatch(s -> s.isHeld() && !s.outbox().isSettled());
    }

    private Optional<Subscription> nextTurn(AgentCall call) {
        if (paused || !call.isReady() || unanswered.size() >= mostInFlight) {
            return Optional.empty();
        }
        for (int i = 0; i < subscriptions.size(); i++) {
            Subscription subscription = subscriptions.get((turn + i) % subscriptions.size());
            if (subscription.state() == Subscription.State.LIVE
                    && subscription.outbox().hasNext()) {
                turn = (turn + i + 1) % subscriptions.size();
                return Optional.of(subscription);
            }
        }
        return Optional.empty();
    }

    private void send(AgentCall call, Subscription subscription) {
        Outbox.Saying saying = subscription.outbox().poll().orElseThrow();
        if (saying instanceof Outbox.Accepted accepted) {
            call.send(Codec.accepted(subscription.number(), accepted.name(), accepted.uid(), accepted.generation()));
        } else if (saying instanceof Outbox.Told told) {
            send(call, subscription, told.report());
        }
    }

    private void send(AgentCall call, Subscription subscription, StatusReport report) {
        long number = ++numbers;
        ConnectRequest message = Codec.report(number, subscription.number(), report);
        unanswered.put(number, new Sent(subscription, subscription.number(), report));
        if (message.getSerializedSize() <= mostBytes) {
            call.send(message);
        } else {
            String why = "the report has " + message.getSerializedSize() + " bytes and the server takes " + mostBytes;
            refused(number, new Refusal("RESOURCE_EXHAUSTED", Refusal.REPORT_TOO_LARGE, why));
        }
    }
}
