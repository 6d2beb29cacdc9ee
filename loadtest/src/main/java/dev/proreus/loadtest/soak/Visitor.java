package dev.proreus.loadtest.soak;

import com.google.protobuf.Empty;
import dev.proreus.guarantees.record.Reasons;
import dev.proreus.loadtest.client.RawCalls;
import dev.proreus.v1.DeliveryMode;
import dev.proreus.v1.Scope;
import dev.proreus.v1.WatchRequest;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * A watcher that comes, reads for a while, stops reading, and goes or vanishes, over and over, each time on a
 * connection of its own. Runs on a thread of its own.
 */
final class Visitor implements Runnable {
    private static final String EVERYWHERE = "root:soak";
    private static final long READS_MILLIS_MAX = 2_000;
    private static final long STOPS_MILLIS_MAX = 4_000;
    private static final int EVERYWHERE_ONE_IN = 4;
    private static final int MESSAGES_UNDER_WAY = 4;

    /** The ends that may come by themselves, since workspaces and types go and history is trimmed. */
    private static final Set<String> ENDS =
            Set.of("WORKSPACE_DELETED", "WORKSPACE_NOT_FOUND", "TYPE_NOT_FOUND", "RESOURCE_VERSION_EXPIRED");

    private final Supplier<String> target;
    private final Places places;
    private final Uptime uptime;
    private final Ledger ledger;
    private final RandomGenerator random;
    private final BooleanSupplier over;

    Visitor(
            Supplier<String> target,
            Places places,
            Uptime uptime,
            Ledger ledger,
            RandomGenerator random,
            BooleanSupplier over) {
        this.target = target;
        this.places = places;
        this.uptime = uptime;
        this.ledger = ledger;
        this.random = random;
        this.over = over;
    }

    @Override
    public void run() {
        try {
            while (!over.getAsBoolean()) {
                ManagedChannel channel = Grpc.newChannelBuilder(target.get(), InsecureChannelCredentials.create())
                        .build();
                try {
                    visit(channel);
                } finally {
                    channel.shutdownNow();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void visit(ManagedChannel channel) throws InterruptedException {
        Visit visit = new Visit(channel.newCall(RawCalls.WATCH, CallOptions.DEFAULT.withWaitForReady()));
        ledger.count(Ledger.Entry.WATCHES);
        visit.start(request());
        boolean ended = visit.awaitEnd(random.nextLong(READS_MILLIS_MAX));
        if (!ended && random.nextBoolean()) {
            visit.reads = false;
            ended = visit.awaitEnd(random.nextLong(STOPS_MILLIS_MAX));
            if (!ended && random.nextBoolean()) {
                visit.readOn();
                ended = visit.awaitEnd(random.nextLong(READS_MILLIS_MAX));
            }
        }
        // Half of those that are still there say that they go; the connection of the others just breaks off.
        visit.leaves = true;
        if (!ended && random.nextBoolean()) {
            visit.call.cancel("the visit is over", null);
        }
    }

    private WatchRequest request() {
        boolean everywhere = random.nextInt(EVERYWHERE_ONE_IN) == 0;
        WatchRequest.Builder request = WatchRequest.newBuilder()
                .setWorkspace(everywhere ? EVERYWHERE : places.any(random).orElse(EVERYWHERE))
                .setType(Holding.SHARED.name())
                .setScope(everywhere ? Scope.SCOPE_SUBTREE : Scope.SCOPE_WORKSPACE)
                .setMode(random.nextBoolean() ? DeliveryMode.DELIVERY_MODE_EVERY : DeliveryMode.DELIVERY_MODE_LATEST);
        if (random.nextBoolean()) {
            request.setNow(Empty.getDefaultInstance());
        }
        return request.build();
    }

    private final class Visit extends ClientCall.Listener<byte[]> {
        private final ClientCall<byte[], byte[]> call;
        private final int mark = uptime.mark();
        private final CountDownLatch ended = new CountDownLatch(1);
        private volatile boolean reads = true;
        private volatile boolean leaves;

        Visit(ClientCall<byte[], byte[]> call) {
            this.call = call;
        }

        void start(WatchRequest request) {
            call.start(this, new Metadata());
            call.request(MESSAGES_UNDER_WAY);
            call.sendMessage(request.toByteArray());
            call.halfClose();
        }

        boolean awaitEnd(long millis) throws InterruptedException {
            return ended.await(millis, TimeUnit.MILLISECONDS);
        }

        void readOn() {
            reads = true;
            call.request(MESSAGES_UNDER_WAY);
        }

        @Override
        public void onMessage(byte[] message) {
            ledger.count(Ledger.Entry.MESSAGES);
            if (reads) {
                call.request(1);
            }
        }

        @Override
        public void onClose(Status status, Metadata trailers) {
            boolean expected = leaves || uptime.brokeSince(mark) || ENDS.contains(Reasons.of(status, trailers));
            if (!expected) {
                ledger.fault("a watch ended: " + status);
            }
            ended.countDown();
        }
    }
}
