package dev.proreus.server.rpc;

import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import io.grpc.ServerCallHandler;
import io.grpc.ServerServiceDefinition;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;

/** What binds handlers to the contract: its schema, the event loops, and the translation of failures. */
public final class Edge {
    private final Schema schema;
    private final EventLoops loops;
    private final StatusMapper statuses;
    private final Duration requestMax;

    /**
     * Makes the edge of one server.
     *
     * @param requestMax how long the request of a call may take to come, the first one of a stream
     */
    public Edge(Schema schema, EventLoops loops, StatusMapper statuses, Duration requestMax) {
        this.schema = schema;
        this.loops = loops;
        this.statuses = statuses;
        this.requestMax = requestMax;
    }

    /** Starts the binding of a service of the contract, such as {@code proreus.v1.ObjectService}. */
    public Binding service(String fullName) {
        return new Binding(schema.service(fullName));
    }

    /** Returns the event loop of the call at hand, to the thread that a handler is called on. */
    public Executor loop() {
        return loops.current();
    }

    /** Returns the translation of failures, for those that travel within a stream. */
    public StatusMapper statuses() {
        return statuses;
    }

    /** A service in the making. A method that gets no handler answers NOT_BUILT_YET. */
    public final class Binding {
        private final ServiceDescriptor service;
        private final Map<String, ServerCallHandler<byte[], Encoded>> handlers = new LinkedHashMap<>();

        private Binding(ServiceDescriptor service) {
            this.service = service;
        }

        /** Binds a method of one request and one answer. */
        public Binding unary(String method, UnaryHandler handler) {
            check(method, false);
            handlers.put(method, new UnaryCalls(handler, loops, statuses, requestMax));
            return this;
        }

        /** Binds a method that streams, either way. */
        public Binding stream(String method, StreamHandler handler) {
            check(method, true);
            handlers.put(method, new StreamCalls(handler, loops, statuses, requestMax));
            return this;
        }

        /** Returns the service. */
        public ServerServiceDefinition build() {
            Map<MethodDescriptor, io.grpc.MethodDescriptor<byte[], Encoded>> methods = new LinkedHashMap<>();
            service.getMethods().forEach(method -> methods.put(method, Schema.method(method)));
            io.grpc.ServiceDescriptor.Builder descriptor = io.grpc.ServiceDescriptor.newBuilder(service.getFullName())
                    .setSchemaDescriptor(Schema.source(service));
            methods.values().forEach(descriptor::addMethod);
            ServerServiceDefinition.Builder bound = ServerServiceDefinition.builder(descriptor.build());
            methods.forEach((method, typed) -> bound.addMethod(typed, handler(method)));
            return bound.build();
        }

        private ServerCallHandler<byte[], Encoded> handler(MethodDescriptor method) {
            ServerCallHandler<byte[], Encoded> given = handlers.get(method.getName());
            if (given != null) {
                return given;
            }
            String shown = service.getName() + "/" + method.getName();
            return new UnaryCalls(NotBuiltYet.method(shown), loops, statuses, requestMax);
        }

        private void check(String method, boolean streams) {
            MethodDescriptor found = service.findMethodByName(method);
            if (found == null || (found.isClientStreaming() || found.isServerStreaming()) != streams) {
                throw new IllegalArgumentException(
                        service.getFullName() + " has no " + (streams ? "streaming" : "unary") + " method " + method);
            }
        }
    }
}
