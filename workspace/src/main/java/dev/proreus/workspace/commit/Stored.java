package dev.proreus.workspace.commit;

import com.google.protobuf.ByteString;
import dev.proreus.workspace.FieldViolation;
import dev.proreus.workspace.Limits;
import dev.proreus.workspace.Reason;
import dev.proreus.workspace.RefusedException;
import dev.proreus.workspace.canonical.ObjectSections;
import dev.proreus.workspace.store.rows.HeadRow;
import java.util.List;
import java.util.UUID;

/**
 * An object as the batch in the making sees it.
 *
 * @param head its numbers
 * @param owners name of the field manager that wrote it last, as bytes; reports of status and a deletion's mark leave
 *     it
 * @param object its wire bytes
 */
record Stored(HeadRow head, ByteString owners, ByteString object) {
    /**
     * What the mark of a deletion adds at most: a time, a revision and a generation that take more bytes. It is always
     * allowed, or an object that is as large as any may be could not be deleted.
     */
    private static final int MARK_BYTES = 64;

    /** Owns what the server itself writes. */
    static final ByteString SERVER = owners(ObjectWrite.SERVER);

    /** Returns how a field manager stands in {@code owners}. */
    static ByteString owners(String manager) {
        return ByteString.copyFromUtf8(manager);
    }

    /** Returns an object as a revision leaves it; refuses one that is too large. */
    static Stored at(long revision, UUID uid, ObjectSections sections, ByteString owners) {
        ByteString bytes = sections.withMetadata(sections.metadata().withResourceVersion(revision))
                .encode();
        int mark = sections.metadata().deletion() == null ? 0 : MARK_BYTES;
        if (bytes.size() > Limits.OBJECT_BYTES + mark) {
            throw RefusedException.invalid(
                    Reason.INVALID_OBJECT,
                    "object " + sections.metadata().name() + " is too large",
                    List.of(new FieldViolation(
                            "object",
                            "would take " + bytes.size() + " bytes; at most " + Limits.OBJECT_BYTES + " are allowed")));
        }
        HeadRow head = new HeadRow(revision, uid, sections.metadata().generation(), bytes.size());
        return new Stored(head, owners, bytes);
    }

    ObjectSections sections() {
        return ObjectSections.decode(object);
    }

    String manager() {
        return owners.toStringUtf8();
    }

    int bytes() {
        return object.size();
    }
}
