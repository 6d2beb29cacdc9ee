package dev.proreus.server.object;

import dev.proreus.server.rpc.Edge;
import dev.proreus.server.rpc.Service;
import dev.proreus.workspace.commit.ObjectWrite.Verb;
import dev.proreus.workspace.engine.Engine;
import io.grpc.ServerServiceDefinition;
import java.util.random.RandomGenerator;

/** Serves {@code proreus.v1.ObjectService}. */
public final class ObjectService implements Service {
    private final Engine engine;
    private final Reads reads;
    private final Writes writes;

    /**
     * Makes the service.
     *
     * @param random completes names that a request leaves to the server; safe for use by many threads
     */
    public ObjectService(Engine engine, RandomGenerator random) {
        this.engine = engine;
        this.reads = new Reads(engine);
        this.writes = new Writes(engine, new GeneratedNames(random));
    }

    @Override
    public ServerServiceDefinition bind(Edge edge) {
        return edge
                .service("proreus.v1.ObjectService")
                .unary("Get", reads::get)
                .unary("List", reads::list)
                .unary("Create", request -> writes.write(Verb.CREATE, request))
                .unary("Update", request -> writes.write(Verb.UPDATE, request))
                .unary("UpdateStatus", request -> writes.write(Verb.UPDATE_STATUS, request))
                .unary("Apply", request -> writes.write(Verb.APPLY, request))
                .unary("Delete", writes::delete)
                .stream("Watch", call -> new WatchCall(engine, call))
                .build();
    }
}
