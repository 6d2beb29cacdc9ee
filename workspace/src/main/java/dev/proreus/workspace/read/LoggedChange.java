package dev.proreus.workspace.read;

import com.google.protobuf.ByteString;
import dev.proreus.workspace.ChangeKind;
import dev.proreus.workspace.ChangeView;
import dev.proreus.workspace.Selectable;
import dev.proreus.workspace.TermHashes;
import dev.proreus.workspace.store.rows.LogRow;
import dev.proreus.workspace.type.DeclaredFields;
import org.jspecify.annotations.Nullable;

/**
 * A change as the log tells of it; its bodies are read when first asked for. One thread at a time, and only while the
 * chunk that it is from is worked on.
 */
final class LoggedChange implements ChangeView {
    private final Bodies bodies;
    private final long sequence;
    private final long workspaceId;
    private final long revision;
    private final LogRow.Write write;
    private @Nullable ByteString object;
    private @Nullable ByteString previous;
    private @Nullable Selectable now;
    private @Nullable Selectable before;

    LoggedChange(Bodies bodies, long workspaceId, long revision, long sequence, LogRow.Write write) {
        this.bodies = bodies;
        this.sequence = sequence;
        this.workspaceId = workspaceId;
        this.revision = revision;
        this.write = write;
    }

    /** Reads bodies, and knows what selectors may see of them. */
    interface Bodies {
        /** Returns the state of an object at the revision of one of its versions. */
        ByteString body(long workspaceId, int typeId, String name, long revision);

        DeclaredFields fields(int typeId);
    }

    /** Gives the bodies, where they are known already. */
    LoggedChange with(ByteString knownObject, @Nullable ByteString knownPrevious) {
        object = knownObject;
        previous = knownPrevious;
        return this;
    }

    /** Returns whether the body of the object is known. */
    boolean isRead() {
        return object != null;
    }

    /** Returns the revision of the version that holds the object: of a deleted one, the last. */
    long objectRevision() {
        return write.kind() == ChangeKind.DELETED ? write.previousRevision() : revision;
    }

    @Override
    public long sequence() {
        return sequence;
    }

    @Override
    public long workspaceId() {
        return workspaceId;
    }

    @Override
    public long revision() {
        return revision;
    }

    @Override
    public int typeId() {
        return write.typeId();
    }

    @Override
    public String name() {
        return write.name();
    }

    @Override
    public ChangeKind kind() {
        return write.kind();
    }

    @Override
    public int sections() {
        return write.sections();
    }

    @Override
    public long reporterEpoch() {
        return write.reporterEpoch();
    }

    @Override
    public ByteString object() {
        ByteString known = object;
        if (known == null) {
            known = body(objectRevision());
            object = known;
        }
        return known;
    }

    @Override
    public @Nullable ByteString previous() {
        if (previous == null && write.kind() == ChangeKind.MODIFIED) {
            previous = body(write.previousRevision());
        }
        return previous;
    }

    @Override
    public Selectable now() {
        Selectable known = now;
        if (known == null) {
            known = bodies.fields(write.typeId()).selectable(write.name(), object());
            now = known;
        }
        return known;
    }

    @Override
    public @Nullable Selectable before() {
        Selectable known = before;
        if (known == null && write.kind() != ChangeKind.ADDED) {
            ByteString bytes = previous();
            known = bytes == null ? now() : bodies.fields(write.typeId()).selectable(write.name(), bytes);
            known = known.equals(now()) ? now() : known;
            before = known;
        }
        return known;
    }

    @Override
    public void letGo() {
        object = null;
        previous = null;
    }

    @Override
    public TermHashes termsNow() {
        return isOlderThanFields() ? TermHashes.ANY : write.termsNow();
    }

    @Override
    public TermHashes termsBefore() {
        return isOlderThanFields() ? TermHashes.ANY : write.termsBefore();
    }

    /** Returns whether the type declared fields later, so that the log lacks terms that hold. */
    private boolean isOlderThanFields() {
        return sequence <= bodies.fields(write.typeId()).since();
    }

    private ByteString body(long at) {
        return bodies.body(workspaceId, write.typeId(), write.name(), at);
    }

    @Override
    public String toString() {
        return write.kind() + " " + write.name() + " at revision " + revision + " of workspace " + workspaceId;
    }
}
