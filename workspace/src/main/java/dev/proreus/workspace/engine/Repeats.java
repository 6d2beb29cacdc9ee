package dev.proreus.workspace.engine;

import dev.proreus.workspace.ObjectState;
import dev.proreus.workspace.canonical.MetaSections;
import dev.proreus.workspace.canonical.ObjectSections;
import dev.proreus.workspace.commit.Receipt;
import dev.proreus.workspace.commit.Written;
import dev.proreus.workspace.read.ObjectReader;

/**
 * Completes the answers to repeated requests: puts in the objects as the first answer had them, where history still
 * holds them.
 */
final class Repeats {
    private final ObjectReader reader;

    Repeats(ObjectReader reader) {
        this.reader = reader;
    }

    /** Returns a receipt with the objects that can be read; blocks on the disk. */
    Receipt complete(long workspaceId, Receipt receipt) {
        return new Receipt(
                receipt.revision(),
                receipt.list().stream().map(each -> complete(workspaceId, each)).toList(),
                true);
    }

    private Written complete(long workspaceId, Written named) {
        MetaSections metadata = ObjectSections.decode(named.object()).metadata();
        long version = metadata.resourceVersion();
        ObjectState state = reader.state(workspaceId, named.typeId(), metadata.name(), version);
        // A state of another revision is not the one that was answered: that one has been trimmed.
        return state == null || state.revision() != version
                ? named
                : new Written(named.typeId(), state.object(), named.revision(), named.outcome());
    }
}
