package dev.proreus.loadtest.deletion;

import dev.proreus.guarantees.record.Reasons;
import dev.proreus.loadtest.process.AdminPort;
import dev.proreus.v1.DeleteWorkspaceRequest;
import dev.proreus.v1.GetRequest;
import dev.proreus.v1.GetWorkspaceRequest;
import dev.proreus.v1.ListRequest;
import dev.proreus.v1.ObjectServiceGrpc;
import dev.proreus.v1.WorkspaceServiceGrpc;
import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.AbstractStub;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The deletion of a subtree, beside the writes of others: deletes, reads at once, and waits until its keys are gone.
 */
final class Removal implements Runnable {
    private static final long CALL_SECONDS = 60;
    private static final long LOOK_NANOS = 200_000_000;

    /** How many times as long as allowed it is waited for. */
    private static final int PATIENCE = 4;

    /** Reads after the deletion, each of another workspace. */
    private static final int READS = 300;

    /** Between two of them, so that the writes of others are held against a deletion and not against reads. */
    private static final long READ_REST_NANOS = 1_000_000;

    private static final String WAITING = "proreus_reclamation_waiting";

    private final Subtree subtree;
    private final DeletionPlan plan;
    private final Channel channel;
    private final AdminPort admin;
    private final Onlookers onlookers;
    private final LongSupplier nanoTime;
    private volatile @Nullable Times times;
    private volatile @Nullable String failure;

    /**
     * How long what took.
     *
     * @param answerSeconds the deletion, until its answer
     * @param toldSeconds until the last watch was told, from the answer on; below 0 where it was before
     * @param readsSeconds until the first reads were all refused, from the answer on
     * @param keysSeconds until all keys were deleted, from the answer on
     */
    record Times(double answerSeconds, double toldSeconds, double readsSeconds, double keysSeconds) {}

    Removal(
            Subtree subtree,
            DeletionPlan plan,
            Channel channel,
            AdminPort admin,
            Onlookers onlookers,
            LongSupplier nanoTime) {
        this.subtree = subtree;
        this.plan = plan;
        this.channel = channel;
        this.admin = admin;
        this.onlookers = onlookers;
        this.nanoTime = nanoTime;
    }

    @Override
    public void run() {
        try {
            times = remove();
        } catch (StatusRuntimeException e) {
            failure = "the deletion of " + subtree.top() + " was answered " + e.getStatus();
        } catch (IOException e) {
            failure = e.getMessage();
        } catch (InterruptedException e) {
            failure = "interrupted";
            Thread.currentThread().interrupt();
        }
    }

    boolean isOver() {
        return times != null || failure != null;
    }

    @Nullable
    Times times() {
        return times;
    }

    @Nullable
    String failure() {
        return failure;
    }

    private Times remove() throws IOException, InterruptedException {
        long asked = nanoTime.getAsLong();
        within(WorkspaceServiceGrpc.newBlockingStub(channel))
                .deleteWorkspace(DeleteWorkspaceRequest.newBuilder()
                        .setWorkspace(subtree.top())
                        .setForce(true)
                        .build());
        long answered = nanoTime.getAsLong();
        readAll();
        double reads = since(answered);
        long told = onlookers.awaitTold((long) (PATIENCE * DeletionPlan.TOLD_SECONDS));
        awaitKeys(answered);
        return new Times((answered - asked) / 1e9, (told - answered) / 1e9, reads, since(answered));
    }

    private void readAll() throws IOException {
        int reads = Math.min(READS, plan.workspaces());
        for (int i = 0; i < reads; i++) {
            String path = subtree.path((int) ((long) i * plan.workspaces() / reads));
            switch (i % 3) {
                case 0 ->
                    refused(() -> within(ObjectServiceGrpc.newBlockingStub(channel))
                            .get(GetRequest.newBuilder()
                                    .setWorkspace(path)
                                    .setType(Subtree.TYPE.name())
                                    .setName("leaf-0")
                                    .build()));
                case 1 ->
                    refused(() -> within(ObjectServiceGrpc.newBlockingStub(channel))
                            .list(ListRequest.newBuilder()
                                    .setWorkspace(path)
                                    .setType(Subtree.TYPE.name())
                                    .build()));
                default ->
                    refused(() -> within(WorkspaceServiceGrpc.newBlockingStub(channel))
                            .getWorkspace(GetWorkspaceRequest.newBuilder()
                                    .setWorkspace(path)
                                    .build()));
            }
            LockSupport.parkNanos(READ_REST_NANOS);
        }
    }

    private static void refused(Runnable read) throws IOException {
        try {
            read.run();
        } catch (StatusRuntimeException e) {
            if (Reasons.of(e.getStatus(), e.getTrailers()).equals("WORKSPACE_NOT_FOUND")) {
                return;
            }
            throw new IOException("a read after the deletion was answered " + e.getStatus(), e);
        }
        throw new IOException("a read after the deletion was answered as if nothing had been deleted");
    }

    private void awaitKeys(long answered) throws IOException {
        while (admin.metrics().get(WAITING) > 0) {
            if (since(answered) > PATIENCE * DeletionPlan.KEYS_SECONDS) {
                throw new IOException("keys are left after " + (long) since(answered) + " s");
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    private double since(long time) {
        return (nanoTime.getAsLong() - time) / 1e9;
    }

    private static <S extends AbstractStub<S>> S within(S stub) {
        return stub.withDeadlineAfter(CALL_SECONDS, TimeUnit.SECONDS);
    }
}
