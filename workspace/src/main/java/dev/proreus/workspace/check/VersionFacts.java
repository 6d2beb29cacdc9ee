package dev.proreus.workspace.check;

import dev.proreus.workspace.canonical.MetaSections;
import dev.proreus.workspace.canonical.ObjectSections;
import dev.proreus.workspace.store.StoreCorruptException;
import dev.proreus.workspace.store.keys.StoredKey;
import dev.proreus.workspace.store.rows.VersionRow;
import java.util.UUID;

/**
 * What a version says of its object, beside the body.
 *
 * @param exists whether it is a state; else it says that the object went
 * @param uid identity of the object
 * @param generation count of changes to its spec; 0 where it went
 * @param objectBytes size of its wire form; 0 where it went
 * @param finalizers how many it has; 0 where it went
 * @param previousRevision the revision of the state before, where it went; else 0, which says nothing
 */
record VersionFacts(boolean exists, UUID uid, long generation, int objectBytes, int finalizers, long previousRevision) {

    /**
     * Reads a row.
     *
     * @throws StoreCorruptException where it is damaged, or is not what its key says
     */
    static VersionFacts read(StoredKey.Version key, byte[] row) {
        VersionRow version = VersionRow.decode(row);
        if (version instanceof VersionRow.Tombstone tombstone) {
            return new VersionFacts(false, tombstone.uid(), 0, 0, 0, tombstone.previousRevision());
        }
        try {
            return state(key, (VersionRow.State) version);
        } catch (IllegalArgumentException e) {
            throw new StoreCorruptException("its object is damaged: " + e.getMessage(), e);
        }
    }

    private static VersionFacts state(StoredKey.Version key, VersionRow.State version) {
        MetaSections metadata = ObjectSections.decode(version.object()).metadata();
        if (!metadata.name().equals(key.name())) {
            throw new StoreCorruptException("it holds the object " + metadata.name());
        }
        if (metadata.resourceVersion() != key.revision()) {
            throw new StoreCorruptException("it holds the state of revision " + metadata.resourceVersion());
        }
        return new VersionFacts(
                true,
                UUID.fromString(metadata.uid()),
                metadata.generation(),
                version.object().size(),
                metadata.finalizerNames().size(),
                0);
    }
}
