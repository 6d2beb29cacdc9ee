package dev.proreus.server.object;

import dev.proreus.server.rpc.Edge;
import dev.proreus.server.rpc.Service;
import dev.proreus.workspace.commit.ObjectWrite.Verb;
import dev.proreus.workspace.engine.Engine;
import io.grpc.ServerServiceDefinition;

/** Serves {@code proreus.v1.ObjectService}. */
public final class ObjectService implements Service {
    private final Engine engine;

    /** Makes the service. */
    public ObjectService(Engine engine) {
        this.engine = engine;
    }

    @Override
    public ServerServiceDefinition bind(Edge edge) {
        Reads reads = new Reads(engine);
        Writes writes = new Writes(engine, edge::loop);
        return edge
                .service("proreus.v1.ObjectService")
                .unary("Get", reads::get)
                .unary("List", reads::list)
                .unary("Create", request -> writes.write(Verb.CREATE, request))
                .unary("Update", request -> writes.write(Verb.UPDATE, request))
                .unary("UpdateStatus", request -> writes.write(Verb.UPDATE_STATUS, request))
                .unary("Apply", request -> writes.write(Verb.APPLY, request))
                .unary("Delete", writes::delete)
                .unary("Write", writes::writeAll)
                .stream("Watch", call -> new WatchCall(engine, call))
                .build();
    }
}
