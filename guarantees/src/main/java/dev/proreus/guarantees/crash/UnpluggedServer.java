package dev.proreus.guarantees.crash;

import dev.proreus.guarantees.power.Loss;
import dev.proreus.guarantees.power.PowerNotes;
import dev.proreus.guarantees.power.SyncFault;
import io.grpc.Channel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A server whose kill is a loss of power: what it had not made durable is damaged. The process is another server's to
 * start and kill, with the environment of the notes.
 */
public final class UnpluggedServer implements KillableServer {
    private final KillableServer server;
    private final PowerNotes notes;
    private final SplittableRandom random;
    private final @Nullable SyncFault fault;
    private Loss lost = Loss.NONE;
    private boolean runs;

    /** Makes a server whose syncs are honest. */
    public UnpluggedServer(KillableServer server, PowerNotes notes, SplittableRandom random) {
        this(server, notes, random, null);
    }

    /** Makes a server with a fault in its syncs, once it serves, which loses all that it can each time. */
    public UnpluggedServer(
            KillableServer server, PowerNotes notes, SplittableRandom random, @Nullable SyncFault fault) {
        this.server = server;
        this.notes = notes;
        this.random = random;
        this.fault = fault;
    }

    @Override
    public synchronized Channel start() throws IOException {
        notes.begin();
        runs = true;
        Channel channel = server.start();
        if (fault != null) {
            notes.plant(fault);
        }
        return channel;
    }

    @Override
    public synchronized void kill() {
        server.kill();
        if (runs) {
            runs = false;
            try {
                lost = lost.plus(fault == null ? notes.lose(random) : notes.lose(random, true));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Returns what all losses took. */
    public synchronized Loss lost() {
        return lost;
    }
}
