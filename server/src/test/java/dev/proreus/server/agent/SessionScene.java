package dev.proreus.server.agent;

import dev.proreus.server.rpc.StatusMapper;
import dev.proreus.v1.ConnectResponse;
import dev.proreus.v1.ConnectResponse.MessageCase;
import dev.proreus.v1.Hello;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The parts of a server around sessions, with an engine and calls that do as the test says. */
abstract class SessionScene {
    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochSecond(1_000), ZoneOffset.UTC);

    /** A robot's uid. */
    static final String UID = new UUID(0, 1).toString();

    final ScriptedEngine engine = new ScriptedEngine();
    final SessionRegistry registry = new SessionRegistry();
    long nanos = 1;
    final Presence presence = new Presence(engine, registry, () -> nanos);
    final Surroundings around = new Surroundings(
            engine, new StatusMapper(() -> "fault"), registry, presence, CLOCK, () -> nanos, () -> new UUID(9, 9));

    final ScriptedCall connect() {
        ScriptedCall call = new ScriptedCall();
        AgentSession session = new AgentSession(call, around);
        registry.join(session);
        call.serve(session);
        return call;
    }

    /** Opens a session that the engine records. */
    final ScriptedCall open(Hello.Builder hello) {
        ScriptedCall call = connect();
        call.say(Say.of(hello));
        engine.grant(hello.getAgent(), hello.getInstance(), Map.of());
        call.run();
        return call;
    }

    /** Opens a session of agent fleet that drives all robots by subscription 1. */
    final ScriptedCall driving() {
        return open(Say.hello("fleet", "a").addSubscriptions(Say.wholeType(1, "robots")));
    }

    final void pass(Duration time, ScriptedCall... calls) {
        nanos += time.toNanos();
        for (ScriptedCall call : calls) {
            call.session().check();
            call.run();
        }
    }

    static Conversation conversation(ScriptedCall call) {
        Conversation conversation = call.session().conversation();
        if (conversation == null) {
            throw new AssertionError("the session is not open");
        }
        return conversation;
    }

    static List<MessageCase> kinds(ScriptedCall call) {
        List<MessageCase> kinds = new ArrayList<>();
        for (ConnectResponse each : call.heard) {
            kinds.add(each.getMessageCase());
        }
        return kinds;
    }
}
