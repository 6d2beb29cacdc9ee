package dev.proreus.workspace.commit;

import com.google.protobuf.ByteString;
import dev.proreus.workspace.Limits;
import dev.proreus.workspace.Reason;
import dev.proreus.workspace.RefusedException;
import dev.proreus.workspace.store.Store;
import dev.proreus.workspace.store.Table;
import dev.proreus.workspace.store.keys.Keys;
import dev.proreus.workspace.store.rows.DedupRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The requests with an id that committed something, and what they did, for as long as their ids are honoured.
 *
 * <p>An answer is kept in the bucket of the time at which its id was made, so that a bucket is expired once every id of
 * it is, and one look-up finds it. Expired rows are removed in small steps, a bounded number with each batch. What the
 * batch before wrote may not be in the store yet; it is remembered until the next. For the thread that builds.
 */
final class RequestLedger {
    private final Keys keys;
    private final Store store;
    private Map<ByteString, DedupRow> own = new HashMap<>();
    private Map<ByteString, DedupRow> before = Map.of();
    private int sweptBefore;
    private byte @Nullable [] sweptThrough;

    RequestLedger(Keys keys, Store store) {
        this.keys = keys;
        this.store = store;
    }

    /** Takes note that a batch is begun on top of the last one. */
    void next() {
        before = own;
        own = new HashMap<>();
    }

    /**
     * Returns what a request did before, or null where it is new or has no id; refuses an id that is not honoured, or
     * that was given to another request.
     *
     * @param workspaceId the workspace that the request changes; where it creates or deletes one, the parent
     */
    @Nullable
    DedupRow find(@Nullable RequestMark request, long workspaceId, Command command, Batch batch) {
        if (request == null) {
            return null;
        }
        checkAge(request, batch.notBeforeLog(command.time()));
        byte[] key = keys.dedup(request.bucket(), request.hash(workspaceId));
        ByteString known = ByteString.copyFrom(key);
        DedupRow row = own.getOrDefault(known, before.get(known));
        if (row == null) {
            byte[] stored = store.get(Table.DEDUP, key);
            row = stored == null ? null : DedupRow.decode(stored);
        }
        if (row != null && !row.digest().equals(request.digest())) {
            throw RequestMark.refusal("was given to another request before: " + request.id() + "; make one for each");
        }
        return row;
    }

    /** Keeps what a request did. */
    void put(RequestMark request, long workspaceId, DedupRow row, Batch batch) {
        byte[] key = keys.dedup(request.bucket(), request.hash(workspaceId));
        own.put(ByteString.copyFrom(key), row);
        batch.put(Table.DEDUP, key, row.encode());
    }

    /** Removes some of what is expired. */
    void sweep(Batch batch) {
        int live = RequestMark.bucket(batch.logTime().minus(Limits.REQUEST_ID_AGE));
        if (live <= sweptBefore) {
            return;
        }
        List<byte[]> expired = new ArrayList<>();
        try (var cursor = store.cursor(Table.DEDUP, keys.ranges().bucketsBefore(live))) {
            if (sweptThrough != null) {
                cursor.seek(sweptThrough);
            }
            for (; cursor.valid() && expired.size() < Limits.EXPIRED_ANSWERS; cursor.next()) {
                expired.add(cursor.key());
            }
        }
        expired.forEach(key -> batch.delete(Table.DEDUP, key));
        if (expired.size() < Limits.EXPIRED_ANSWERS) {
            sweptBefore = live;
        } else {
            sweptThrough = expired.get(expired.size() - 1);
        }
    }

    private static void checkAge(RequestMark request, Instant logTime) {
        Instant made = request.made();
        if (made.isBefore(logTime.minus(Limits.REQUEST_ID_AGE))) {
            throw RefusedException.because(
                            Reason.REQUEST_ID_EXPIRED,
                            "request id " + request.id() + " was made at " + made + "; ids are honoured for "
                                    + Limits.REQUEST_ID_AGE.toMinutes()
                                    + " minutes: read whether the request happened, and make a new id if it did not")
                    .with("requestId", request.id())
                    .with("made", made);
        }
        if (made.isAfter(logTime.plus(Limits.REQUEST_ID_AGE))) {
            throw RequestMark.refusal("says that it was made at " + made + ", which is yet to come: set the clock");
        }
    }
}
