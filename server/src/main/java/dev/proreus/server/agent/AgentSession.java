package dev.proreus.server.agent;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.proreus.server.rpc.StreamCall;
import dev.proreus.server.rpc.StreamHandler;
import dev.proreus.server.rpc.raw.RawConnectRequest;
import dev.proreus.workspace.Reason;
import dev.proreus.workspace.RefusedException;
import dev.proreus.workspace.agent.AgentDirectory.AgentKey;
import dev.proreus.workspace.agent.AgentRecord;
import dev.proreus.workspace.commit.Fence;
import dev.proreus.workspace.commit.SessionGrant;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One stream of an agent, from its first message to its end.
 *
 * <p><b>State.</b> NEW waits for Hello. OPENING waits for the commit that records the session. OPEN has a
 * {@link Conversation}, which does what the agent says. CLOSING listens no more: after Goodbye it waits until all
 * reports have their answers, after half-close also until the snapshots that were begun have been given, so that what a
 * person pipes into a stream shows what it is about. ENDED is final. From OPENING on {@code agent} says whose session
 * it is, from OPEN on {@code fence} says under which epoch it writes.
 *
 * <p><b>Invariants.</b> At most one request of the client is asked for and not taken ({@code asked}); the session asks
 * for the next one only while it is OPEN, nothing of the conversation must finish first, and the client reads its
 * answers. So messages are dealt with in order, and what a session holds is bounded. A session leaves the registry when
 * it ends, and is recorded as gone unless another has taken over from it. It is silent only while it is listened to.
 *
 * <p>How a stream ends: OK after Goodbye or half-close, when all reports have their answers and the agent is recorded
 * as disconnected; FAILED_PRECONDITION, SUPERSEDED, after the message Superseded; UNAVAILABLE, STOPPING, after Drain;
 * UNAVAILABLE, HEARTBEAT_MISSED, where heartbeat MESSAGE was chosen and nothing came; UNKNOWN, OUTCOME_UNKNOWN, where
 * it could not close in time; else with what refused it.
 *
 * <p><b>Threads.</b> Confined to the event loop of its call. {@link #superseded}, {@link #drain}, {@link #stop} and
 * {@link #check} are for any thread and go on on the loop.
 */
final class AgentSession implements StreamHandler.Requests {
    private static final Logger LOG = LoggerFactory.getLogger(AgentSession.class);

    private enum Phase {
        NEW,
        OPENING,
        OPEN,
        CLOSING,
        ENDED
    }

    private final StreamCall call;
    private final Surroundings around;
    private final Sender sender;
    private final Silence silence;
    private final SessionLoop loop;
    private Phase phase = Phase.NEW;
    private boolean asked = true;
    private boolean halfClosed;
    private boolean beats;
    private @Nullable Duration drainDeadline;
    private @Nullable AgentKey agent;
    private @Nullable Conversation conversation;

    private volatile @Nullable Fence fence;

    AgentSession(StreamCall call, Surroundings around) {
        this.call = call;
        this.around = around;
        this.sender = new Sender(call);
        this.silence = new Silence(around.nanoTime());
        this.loop = new SessionLoop(call.loop(), this::fail);
        silence.begin(SessionBounds.HELLO_WITHIN);
    }

    @Override
    public void next(byte[] request) throws InvalidProtocolBufferException {
        asked = false;
        silence.end();
        RawConnectRequest message = RawConnectRequest.parseFrom(request);
        Conversation open = conversation;
        if (phase == Phase.NEW) {
            hello(message);
        } else if (phase == Phase.OPEN && open != null) {
            if (message.hasGoodbye()) {
                open.stop();
                close();
            } else {
                open.take(message);
            }
        }
        listen();
    }

    @Override
    public void halfClosed() {
        halfClosed = true;
        if (phase == Phase.NEW) {
            fail(RefusedException.because(
                    Reason.BAD_REQUEST, "the stream ended without a message: send hello first, and keep it open"));
        } else if (phase == Phase.OPEN) {
            close();
        }
    }

    @Override
    public void ready() {
        sender.ready();
        Conversation open = conversation;
        if (open != null && phase != Phase.ENDED) {
            if (phase == Phase.CLOSING) {
                silence.begin(SessionBounds.CLOSING_WITHIN);
            }
            open.ready();
            listen();
        }
    }

    @Override
    public void cancelled() {
        end(true);
    }

    /** Tells the session that another one has taken over. */
    void superseded(String instance, long epoch) {
        loop.run(() -> {
            if (phase != Phase.ENDED) {
                sender.send(Messages.superseded(instance, epoch));
                end(false);
                call.fail(Endings.superseded(instance, epoch));
            }
        });
    }

    /** Announces that the server stops. */
    void drain(Duration deadline) {
        loop.run(() -> {
            drainDeadline = deadline;
            if (phase == Phase.OPEN || phase == Phase.CLOSING) {
                sender.send(Messages.drain(deadline));
            }
        });
    }

    /** Ends the session because the server stops. */
    void stop() {
        loop.run(() -> fail(Endings.stopping()));
    }

    /**
     * Ends the session where it has been silent for too long, or is not what is recorded any more: its workspace or its
     * Agent object was deleted, or another one has taken over. Of the last it hears at once, unless that one had left
     * before this one came to act.
     */
    void check() {
        if (silence.isTooLong()) {
            loop.run(() -> {
                if (silence.isTooLong()) {
                    fail(tooLong());
                }
            });
        }
        Fence mine = fence;
        if (mine != null) {
            checkRecord(mine);
        }
    }

    private void checkRecord(Fence mine) {
        AgentRecord recorded = around.engine().agents().agent(mine.workspaceId(), mine.agent());
        if (recorded != null && recorded.epoch() > mine.epoch()) {
            superseded(recorded.instance(), recorded.epoch());
        } else if (recorded == null) {
            boolean gone = around.engine().workspaces().byId(mine.workspaceId()) == null;
            loop.run(() -> fail(gone ? Endings.workspaceDeleted() : Endings.agentDeleted(mine.agent())));
        }
    }

    /** Goes on after something of the conversation has finished. */
    void settle() {
        Conversation open = conversation;
        if (phase == Phase.CLOSING && open != null && open.isSettled()) {
            depart();
        }
        listen();
    }

    /** Ends the session with an error. */
    void fail(Throwable why) {
        if (phase != Phase.ENDED) {
            end(true);
            call.fail(why);
        }
    }

    /** What the agent of the session says and is told; null before Welcome. */
    @Nullable
    Conversation conversation() {
        return conversation;
    }

    private void hello(RawConnectRequest message) {
        if (!message.hasHello()) {
            throw RefusedException.because(
                    Reason.BAD_REQUEST, "the first message must be hello: send workspace, agent and instance in it");
        }
        if (around.presence().isStopping()) {
            throw Endings.stopping();
        }
        HelloWish wish = HelloWish.read(around.engine(), message.getHello());
        AgentKey key = wish.key();
        phase = Phase.OPENING;
        beats = wish.beats();
        around.registry().opening(key);
        loop.then(
                around.engine().openSession(wish.home(), wish.agent(), wish.instance(), wish.sdk(), wish.claims()),
                grant -> opened(wish, key, grant),
                failure -> {
                    around.registry().notOpened(key);
                    fail(failure);
                });
    }

    private void opened(HelloWish wish, AgentKey key, SessionGrant grant) {
        Fence granted = new Fence(wish.home().id(), wish.agent(), grant.epoch());
        SessionRegistry.Tenure tenure = new SessionRegistry.Tenure(this, wish.instance(), grant.epoch());
        SessionRegistry.Handover handover = around.registry().opened(key, tenure);
        if (handover != null) {
            SessionRegistry.Tenure to = handover.to();
            handover.from().session().superseded(to.instance(), to.epoch());
        }
        boolean late = handover != null && !handover.to().equals(tenure);
        if (late) {
            return;
        }
        agent = key;
        fence = granted;
        if (phase == Phase.ENDED) {
            leave(true);
            return;
        }
        phase = Phase.OPEN;
        Conversation opened = new Conversation(around, this, sender, loop, wish.home(), granted);
        conversation = opened;
        opened.welcome(wish, grant);
        LOG.debug("agent {} of {} has session epoch {}", wish.agent(), wish.home(), grant.epoch());
        if (drainDeadline != null) {
            sender.send(Messages.drain(drainDeadline));
        }
        if (halfClosed) {
            close();
        }
        listen();
    }

    private void close() {
        Conversation open = conversation;
        if (phase == Phase.OPEN && open != null) {
            phase = Phase.CLOSING;
            silence.begin(SessionBounds.CLOSING_WITHIN);
            open.finish();
            settle();
        }
    }

    /** Ends in peace: the client sees the end of the stream when its agent is recorded as disconnected. */
    private void depart() {
        Fence mine = fence;
        end(false);
        if (mine != null) {
            loop.then(around.presence().gone(mine), stored -> call.complete(), failure -> call.complete());
        }
    }

    private void end(boolean record) {
        if (phase == Phase.ENDED) {
            return;
        }
        phase = Phase.ENDED;
        silence.end();
        if (conversation != null) {
            conversation.stop();
        }
        leave(record);
    }

    private void leave(boolean record) {
        around.registry().leave(this, agent);
        if (record && fence != null) {
            around.presence().gone(fence);
        }
    }

    private void listen() {
        Conversation open = conversation;
        boolean able = phase == Phase.OPEN && open != null && open.hasRoom() && !sender.isCrowded();
        if (able && !asked) {
            asked = true;
            silence.begin(beats ? SessionBounds.SILENCE : null);
            call.request(1);
        }
    }

    private RefusedException tooLong() {
        return switch (phase) {
            case NEW, OPENING -> Endings.noHello();
            case OPEN -> Endings.noHeartbeat();
            case CLOSING, ENDED -> Endings.noEnd();
        };
    }
}
