package dev.proreus.guarantees.record;

import com.google.protobuf.MessageLite;
import dev.proreus.guarantees.Answer;
import dev.proreus.guarantees.Interest;
import dev.proreus.guarantees.Operation;
import dev.proreus.guarantees.RecordedWatch;
import dev.proreus.guarantees.Recording;
import dev.proreus.v1.WatchRequest;
import dev.proreus.v1.WatchResponse;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Records the calls of ObjectService that pass through a channel. For each client of its own it gives an interceptor,
 * which any stub works through: {@code ClientInterceptors.intercept(channel, recorder.client())}. What it does not know
 * passes unrecorded, and so do agents' streams. One recording uses one name for each type.
 */
public final class Recorder {
    private final Recording recording = new Recording();
    private final Requests requests;
    private final Answers answers;
    private final LongSupplier nanoTime;
    private final AtomicInteger clients = new AtomicInteger();
    private final AtomicInteger audits = new AtomicInteger();

    /**
     * Makes a recorder with an empty recording.
     *
     * @param nanoTime a monotonic clock
     * @param fields paths of the fields that selectors may name, such as {@code spec.agent}
     */
    public Recorder(LongSupplier nanoTime, List<String> fields) {
        ObjectReader objects = new ObjectReader(fields);
        this.requests = new Requests();
        this.answers = new Answers(objects, recording);
        this.nanoTime = nanoTime;
    }

    /** Returns what has been recorded. */
    public Recording recording() {
        return recording;
    }

    /** Returns the interceptor of one more client. */
    public ClientInterceptor client() {
        return new Client(clients.getAndIncrement(), false);
    }

    /** Returns the interceptor of whoever reads the final history. */
    ClientInterceptor auditor() {
        return new Client(clients.getAndIncrement(), true);
    }

    /** Returns the number of one more audit, from 1. */
    int nextAudit() {
        return audits.incrementAndGet();
    }

    private final class Client implements ClientInterceptor {
        private final int number;
        private final boolean audit;

        Client(int number, boolean audit) {
            this.number = number;
            this.audit = audit;
        }

        @Override
        public <Q, A> ClientCall<Q, A> interceptCall(
                MethodDescriptor<Q, A> method, CallOptions options, Channel channel) {
            return new SimpleForwardingClientCall<>(channel.newCall(method, options)) {
                private @Nullable Call call;

                @Override
                public void start(Listener<A> listener, Metadata headers) {
                    super.start(
                            new SimpleForwardingClientCallListener<>(listener) {
                                @Override
                                public void onMessage(A message) {
                                    if (call != null) {
                                        call.answer((MessageLite) message);
                                    }
                                    super.onMessage(message);
                                }

                                @Override
                                public void onClose(Status status, Metadata trailers) {
                                    if (call != null) {
                                        call.close(status, trailers);
                                    }
                                    super.onClose(status, trailers);
                                }
                            },
                            headers);
                }

                @Override
                public void sendMessage(Q message) {
                    call = call((MessageLite) message);
                    super.sendMessage(message);
                }
            };
        }

        private @Nullable Call call(MessageLite request) {
            if (request instanceof WatchRequest watch) {
                Interest interest = Requests.interest(watch, audit);
                return new WatchCall(recording.open(nanoTime.getAsLong(), interest), interest);
            }
            Operation asked = requests.operation(number, nanoTime.getAsLong(), request);
            return asked == null ? null : new UnaryCall(asked, request);
        }
    }

    private interface Call {
        void answer(MessageLite message);

        void close(Status status, Metadata trailers);
    }

    private final class UnaryCall implements Call {
        private final Operation asked;
        private final MessageLite request;
        private @Nullable MessageLite answer;

        UnaryCall(Operation asked, MessageLite request) {
            this.asked = asked;
            this.request = request;
        }

        @Override
        public void answer(MessageLite message) {
            answer = message;
        }

        @Override
        public void close(Status status, Metadata trailers) {
            Answer what = status.isOk() && answer != null
                    ? answers.of(asked, request, answer)
                    : Answers.without(status, trailers);
            recording.add(new Operation(
                    asked.client(), asked.called(), nanoTime.getAsLong(), asked.dryRun(), asked.parts(), what));
        }
    }

    private final class WatchCall implements Call {
        private final RecordedWatch watch;
        private final Interest interest;

        WatchCall(RecordedWatch watch, Interest interest) {
            this.watch = watch;
            this.interest = interest;
        }

        @Override
        public void answer(MessageLite message) {
            recording.add(watch, answers.message(interest, nanoTime.getAsLong(), (WatchResponse) message));
        }

        @Override
        public void close(Status status, Metadata trailers) {
            String reason = Reasons.of(status, trailers);
            recording.ended(watch, status.getCode() + (reason.isEmpty() ? "" : " " + reason));
        }
    }
}
