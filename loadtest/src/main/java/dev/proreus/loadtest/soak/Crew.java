package dev.proreus.loadtest.soak;

import dev.proreus.agent.Agent;
import dev.proreus.agent.AgentListener;
import dev.proreus.agent.AgentObject;
import dev.proreus.agent.HandlerBuilder;
import dev.proreus.agent.Result;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** The agents in one workspace: they come, claim, report, are taken over from, and go. For one thread. */
final class Crew {
    private static final int MOST = 3;
    private static final Duration FIRST_RETRY = Duration.ofMillis(100);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(1);
    private static final Duration GOODBYE = Duration.ofSeconds(5);

    private final Supplier<String> target;
    private final String workspace;
    private final Ledger ledger;
    private final RandomGenerator random;
    private final Deque<Agent> agents = new ArrayDeque<>();

    Crew(Supplier<String> target, String workspace, Ledger ledger, RandomGenerator random) {
        this.target = target;
        this.workspace = workspace;
        this.ledger = ledger;
        this.random = random;
    }

    /** Lets an agent come or go. */
    void change() {
        if (agents.size() < MOST && (agents.isEmpty() || random.nextBoolean())) {
            agents.add(come());
        } else {
            go();
        }
    }

    /** One of two names, so that now and then one takes over from another. */
    private Agent come() {
        ledger.count(Ledger.Entry.AGENTS);
        int number = random.nextInt(2);
        return Agent.builder(target.get())
                .workspace(workspace)
                .name("agent-" + number)
                .workers(1)
                .reconnect(FIRST_RETRY, LONGEST_RETRY)
                .manage(Holding.SHARED.name(), things -> claim(things, number))
                .listener(new Reports())
                .start();
    }

    private static void claim(HandlerBuilder things, int number) {
        HandlerBuilder claimed = number == 0 ? things.wholeType() : things.named("object-0");
        claimed.reconcile((thing, context) -> Result.ready("Seen").status("generation", thing.generation()));
    }

    /** Lets the oldest go, with a goodbye or without. */
    private void go() {
        Agent oldest = agents.poll();
        if (oldest != null) {
            oldest.close(random.nextBoolean() ? GOODBYE : Duration.ZERO);
        }
    }

    /** Lets all go. */
    void leave() {
        while (!agents.isEmpty()) {
            go();
        }
    }

    private final class Reports implements AgentListener {
        @Override
        public void reported(AgentObject object) {
            ledger.count(Ledger.Entry.REPORTS);
        }
    }
}
