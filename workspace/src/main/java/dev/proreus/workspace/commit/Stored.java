package dev.proreus.workspace.commit;

import com.google.protobuf.ByteString;
import dev.proreus.workspace.canonical.ObjectSections;
import dev.proreus.workspace.store.rows.HeadRow;

/**
 * An object as the batch in the making sees it.
 *
 * @param head its numbers
 * @param owners name of its last field manager, as bytes
 * @param object its wire bytes
 */
record Stored(HeadRow head, ByteString owners, ByteString object) {
    ObjectSections sections() {
        return ObjectSections.decode(object);
    }

    String manager() {
        return owners.toStringUtf8();
    }
}
