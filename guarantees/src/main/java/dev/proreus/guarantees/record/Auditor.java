package dev.proreus.guarantees.record;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.proreus.v1.ApplyRequest;
import dev.proreus.v1.ListRequest;
import dev.proreus.v1.ListResponse;
import dev.proreus.v1.Object;
import dev.proreus.v1.ObjectMeta;
import dev.proreus.v1.ObjectServiceGrpc;
import dev.proreus.v1.WatchRequest;
import dev.proreus.v1.WatchResponse;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.Context;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;

/**
 * Reads back the final history of a type, when everybody else has finished or is going on. It watches every change from
 * the oldest revision on, and writes one last object, until it is told of that one, and lists what there is, page by
 * page: the validators hold the two against each other.
 */
public final class Auditor {
    private static final int SECONDS = 300;
    private static final int PAGE = 200;

    /** The name of the object that an audit writes. */
    public static final String LAST = "audit";

    private final ObjectServiceGrpc.ObjectServiceBlockingStub stub;
    private long audits;

    /** Makes an auditor that works through a channel, and is recorded. */
    public Auditor(Channel channel, Recorder recorder) {
        this.stub = ObjectServiceGrpc.newBlockingStub(ClientInterceptors.intercept(channel, recorder.auditor()));
    }

    /**
     * Audits a type of a workspace, whose objects take any spec, from a revision on; returns the newest one.
     *
     * <p>The watch begins before the last object is written, so that whatever was answered before the watch began lies
     * below that object's revision, and is read.
     */
    public long audit(String workspace, String type, long after) {
        Context.CancellableContext context = Context.current().withCancellation();
        Context outer = context.attach();
        try {
            Iterator<WatchResponse> responses = call().watch(WatchRequest.newBuilder()
                    .setWorkspace(workspace)
                    .setType(type)
                    .setAfterRevision(after)
                    .build());
            long last = writeLast(workspace, type, after);
            long seen = 0;
            while (seen < last) {
                WatchResponse response = responses.next();
                int events = response.getEventsCount();
                seen = events == 0 ? seen : response.getEvents(events - 1).getRevision();
            }
            list(workspace, type);
            return last;
        } finally {
            context.detach(outer);
            context.cancel(null);
        }
    }

    private long writeLast(String workspace, String type, long after) {
        audits++;
        Value mark = Value.newBuilder()
                .setStringValue("audit " + audits + " after " + after)
                .build();
        ApplyRequest last = ApplyRequest.newBuilder()
                .setWorkspace(workspace)
                .setType(type)
                .setObject(Object.newBuilder()
                        .setMetadata(ObjectMeta.newBuilder().setName(LAST))
                        .setSpec(Struct.newBuilder().putFields("mark", mark)))
                .setForce(true)
                .build();
        return call().apply(last).getRevision();
    }

    private void list(String workspace, String type) {
        String token = "";
        do {
            ListResponse page = call().list(ListRequest.newBuilder()
                    .setWorkspace(workspace)
                    .setType(type)
                    .setPageSize(PAGE)
                    .setPageToken(token)
                    .build());
            token = page.getNextPageToken();
        } while (!token.isEmpty());
    }

    private ObjectServiceGrpc.ObjectServiceBlockingStub call() {
        return stub.withDeadlineAfter(SECONDS, TimeUnit.SECONDS);
    }
}
