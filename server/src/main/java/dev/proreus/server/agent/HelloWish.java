package dev.proreus.server.agent;

import dev.proreus.server.rpc.Checks;
import dev.proreus.server.rpc.NotBuiltYet;
import dev.proreus.v1.HeartbeatMode;
import dev.proreus.v1.Hello;
import dev.proreus.v1.Subscribe;
import dev.proreus.workspace.FieldViolation;
import dev.proreus.workspace.Limits;
import dev.proreus.workspace.Names;
import dev.proreus.workspace.Reason;
import dev.proreus.workspace.RefusedException;
import dev.proreus.workspace.WorkspacePath;
import dev.proreus.workspace.agent.AgentDirectory.AgentKey;
import dev.proreus.workspace.agent.Claim;
import dev.proreus.workspace.engine.Engine;
import dev.proreus.workspace.tree.Workspace;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The session that an agent asks for, well-formed.
 *
 * @param home the workspace in which its Agent object lives
 * @param agent name of the agent
 * @param instance name of its process
 * @param sdk what speaks
 * @param beats whether it shows that it lives by messages
 * @param subscriptions what it wants to start with, in its order
 */
record HelloWish(Workspace home, String agent, String instance, String sdk, boolean beats, List<Asked> subscriptions) {
    HelloWish {
        subscriptions = List.copyOf(subscriptions);
    }

    /**
     * One subscription that Hello asks for: a wish, or why it is none.
     *
     * @param number the client's number
     * @param wish what is asked for; null where it is refused
     * @param refusal why; null where it is not refused
     */
    record Asked(
            int number,
            @Nullable SubscriptionWish wish,
            @Nullable RefusedException refusal) {}

    /**
     * Reads what is asked for. What is wrong with one subscription alone refuses that one; what is not built refuses
     * the whole session, since the agent would wait for it in vain.
     *
     * @throws RefusedException where no session can come of it
     */
    static HelloWish read(Engine engine, Hello hello) {
        NotBuiltYet.check(hello.getShared(), "shared");
        NotBuiltYet.check(hello.getWindow() != 0, "window");
        HeartbeatMode heartbeat = Checks.known("hello.heartbeat", hello.getHeartbeat(), hello.getHeartbeatValue());
        boolean beats = heartbeat == HeartbeatMode.HEARTBEAT_MODE_MESSAGE;
        hello.getSubscriptionsList().forEach(SubscriptionWish::checkBuilt);

        Workspace home = engine.workspaces().at(WorkspacePath.parse(hello.getWorkspace()));
        List<FieldViolation> violations = violations(hello);
        if (!violations.isEmpty()) {
            throw RefusedException.invalid(Reason.BAD_REQUEST, "hello is malformed", violations);
        }
        return new HelloWish(
                home, hello.getAgent(), hello.getInstance(), hello.getSdk(), beats, subscriptions(engine, home, hello));
    }

    /** Returns the claims of all subscriptions that are not refused. */
    List<Claim> claims() {
        List<Claim> claims = new ArrayList<>();
        for (Asked each : subscriptions) {
            if (each.wish() != null) {
                claims.add(each.wish().claim());
            }
        }
        return claims;
    }

    /** Returns which agent it is. */
    AgentKey key() {
        return new AgentKey(home.id(), agent);
    }

    private static List<FieldViolation> violations(Hello hello) {
        List<FieldViolation> violations = new ArrayList<>();
        String name = Names.violationOfName(hello.getAgent());
        if (!name.isEmpty()) {
            violations.add(new FieldViolation("hello.agent", name));
        }
        if (hello.getInstance().isEmpty()) {
            violations.add(new FieldViolation(
                    "hello.instance", "is empty; name this process, by something random made at its start"));
        }
        checkChars("hello.instance", hello.getInstance(), violations);
        checkChars("hello.sdk", hello.getSdk(), violations);
        if (hello.getSubscriptionsCount() > Limits.SESSION_SUBSCRIPTIONS) {
            violations.add(new FieldViolation(
                    "hello.subscriptions",
                    "has " + hello.getSubscriptionsCount() + " entries; at most " + Limits.SESSION_SUBSCRIPTIONS
                            + " are allowed"));
        }
        return violations;
    }

    private static void checkChars(String field, String text, List<FieldViolation> violations) {
        if (text.length() > SessionBounds.INSTANCE_CHARS) {
            violations.add(new FieldViolation(
                    field,
                    "is " + text.length() + " characters long; at most " + SessionBounds.INSTANCE_CHARS
                            + " are allowed"));
        }
        if (Checks.hasControls(text)) {
            violations.add(new FieldViolation(field, Checks.NO_CONTROLS));
        }
    }

    private static List<Asked> subscriptions(Engine engine, Workspace home, Hello hello) {
        List<Asked> all = new ArrayList<>();
        Set<Integer> numbers = new HashSet<>();
        Set<Claim> claims = new HashSet<>();
        for (Subscribe each : hello.getSubscriptionsList()) {
            all.add(asked(engine, home, each, numbers, claims));
        }
        return all;
    }

    private static Asked asked(
            Engine engine, Workspace home, Subscribe subscribe, Set<Integer> numbers, Set<Claim> claims) {
        int number = subscribe.getSubscription();
        try {
            SubscriptionWish wish = SubscriptionWish.read(engine.types(), home, subscribe);
            if (numbers.contains(number)) {
                throw SubscriptionWish.numberTaken(number);
            }
            if (claims.contains(wish.claim())) {
                throw SubscriptionWish.claimTaken(wish);
            }
            numbers.add(number);
            claims.add(wish.claim());
            return new Asked(number, wish, null);
        } catch (RefusedException refusal) {
            return new Asked(number, null, refusal);
        }
    }
}
