package dev.proreus.server.rpc;

import dev.proreus.workspace.Histogram;
import dev.proreus.workspace.Instrumentation;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Times calls of one request and one answer, under gRPC's own name for it. Streams pass untouched: what they carry is
 * counted where it is made, and a tracer would cost each of their messages something.
 */
public final class CallMetrics implements ServerInterceptor {
    private static final AttributeKey<String> METHOD = AttributeKey.stringKey("grpc.method");
    private static final AttributeKey<String> STATUS = AttributeKey.stringKey("grpc.status");

    private final Instrumentation instrumentation;
    private final Histogram durations;

    /** For each method that is served, the attributes by the value of the status code. */
    private final Map<String, Attributes[]> attributes = new ConcurrentHashMap<>();

    /** Makes the instrument. */
    public CallMetrics(Instrumentation instrumentation) {
        this.instrumentation = instrumentation;
        this.durations = instrumentation.durations(
                "grpc.server.call.duration", "Time of calls with one request and one answer, by method and status.");
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        if (call.getMethodDescriptor().getType() != MethodType.UNARY) {
            return next.startCall(call, headers);
        }
        Timed<Q, A> timed = new Timed<>(call);
        return new SimpleForwardingServerCallListener<>(next.startCall(timed, headers)) {
            @Override
            public void onCancel() {
                timed.ended(Status.Code.CANCELLED);
                super.onCancel();
            }
        };
    }

    private void record(String method, Status.Code code, long began) {
        Attributes[] byCode = attributes.computeIfAbsent(method, CallMetrics::byCode);
        durations.record(instrumentation.secondsSince(began), byCode[code.value()]);
    }

    private static Attributes[] byCode(String method) {
        return Arrays.stream(Status.Code.values())
                .map(code -> Attributes.of(METHOD, method, STATUS, code.name()))
                .toArray(Attributes[]::new);
    }

    /** A call that tells when it ends, once. Confined to the call's loop. */
    private final class Timed<Q, A> extends SimpleForwardingServerCall<Q, A> {
        private final long began = instrumentation.now();
        private boolean over;

        Timed(ServerCall<Q, A> call) {
            super(call);
        }

        @Override
        public void close(Status status, Metadata trailers) {
            ended(status.getCode());
            super.close(status, trailers);
        }

        void ended(Status.Code code) {
            if (!over) {
                over = true;
                record(getMethodDescriptor().getFullMethodName(), code, began);
            }
        }
    }
}
