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
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import java.util.concurrent.TimeUnit;

/**
 * Reads back the final history of a type, when everybody else has finished or is going on. An audit watches every
 * change from some revision on, and in the end writes one last object, until it is told of that one, and lists what
 * there is, page by page: the validators hold the two against each other.
 *
 * <p>One that begins when everything is over finds all that history still holds. Where history is trimmed meanwhile, an
 * audit has to be there from the beginning, and after each of its ends another one, which goes on behind it.
 */
public final class Auditor {
    private static final int SECONDS = 300;
    private static final int PAGE = 200;

    /** The name of the object that an audit writes. */
    public static final String LAST = "audit";

    private final Channel channel;
    private final Recorder recorder;
    private final ObjectServiceGrpc.ObjectServiceBlockingStub stub;

    /** Makes an auditor that works through a channel, and is recorded. */
    public Auditor(Channel channel, Recorder recorder) {
        this.recorder = recorder;
        this.channel = ClientInterceptors.intercept(channel, recorder.auditor());
        this.stub = ObjectServiceGrpc.newBlockingStub(this.channel);
    }

    /** Audits a type of a workspace, whose objects take any spec, from a revision on; returns the newest one. */
    public long audit(String workspace, String type, long after) {
        return begin(workspace, type, after).finish();
    }

    /** Begins an audit of a type of a workspace, whose objects take any spec, from a revision on. */
    public Audit begin(String workspace, String type, long after) {
        AuditWatch watch = new AuditWatch();
        ObjectServiceGrpc.newStub(channel)
                .watch(
                        WatchRequest.newBuilder()
                                .setWorkspace(workspace)
                                .setType(type)
                                .setAfterRevision(after)
                                .build(),
                        watch);
        return new Audit(workspace, type, watch);
    }

    /** An audit that has begun. */
    public final class Audit {
        private final String workspace;
        private final String type;
        private final AuditWatch watch;

        private Audit(String workspace, String type, AuditWatch watch) {
            this.workspace = workspace;
            this.type = type;
            this.watch = watch;
        }

        /**
         * Ends it, and returns the newest revision that it read, which is that of the last object.
         *
         * <p>The watch began before that object is written, so that whatever was answered before the watch began lies
         * below it, and is read.
         */
        public long finish() {
            try {
                long last = writeLast(workspace, type);
                watch.await(last, SECONDS);
                list(workspace, type);
                return last;
            } finally {
                watch.cancel();
            }
        }
    }

    /** Writes what no audit of the recording has written before, so that its revision is new. */
    private long writeLast(String workspace, String type) {
        Value mark = Value.newBuilder().setNumberValue(recorder.nextAudit()).build();
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
