package dev.proreus.server.rpc;

import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayList;
import java.util.List;

/**
 * The threads that carry connections, one for each core. gRPC does not show the loop of a call, but calls with a direct
 * executor start on it, so it is the one that the thread at hand belongs to.
 */
public final class EventLoops {
    private final EventLoopGroup group;
    private final List<EventExecutor> all = new ArrayList<>();

    /** Describes the loops of the group that the server's connections run on. */
    public EventLoops(EventLoopGroup group) {
        this.group = group;
        group.forEach(all::add);
    }

    /** Returns the loop that the current thread belongs to; off the loops, any of them. */
    EventExecutor current() {
        for (EventExecutor each : all) {
            if (each.inEventLoop()) {
                return each;
            }
        }
        return group.next();
    }
}
