package dev.proreus.workspace.simulation;

import dev.proreus.workspace.BodyRoom;
import dev.proreus.workspace.ChangeView;
import dev.proreus.workspace.History;
import dev.proreus.workspace.Scope;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** A history that asks another one. */
abstract class ForwardingHistory implements History {
    private final History to;

    ForwardingHistory(History to) {
        this.to = to;
    }

    @Override
    public Log log(Scope scope, long afterExclusive, long throughInclusive, int maxRows) {
        return to.log(scope, afterExclusive, throughInclusive, maxRows);
    }

    @Override
    public void readAhead(List<ChangeView> changes, BodyRoom room) {
        to.readAhead(changes, room);
    }

    @Override
    public Log versions(
            long workspaceId,
            int typeId,
            String name,
            long afterExclusive,
            long throughInclusive,
            boolean origins,
            int maxRows) {
        return to.versions(workspaceId, typeId, name, afterExclusive, throughInclusive, origins, maxRows);
    }

    @Override
    public States states(
            long workspaceId,
            int typeId,
            @Nullable String name,
            @Nullable String afterName,
            long atRevision,
            int maxObjects,
            int maxBytes) {
        return to.states(workspaceId, typeId, name, afterName, atRevision, maxObjects, maxBytes);
    }

    @Override
    public SortedMap<Long, Long> revisions(Scope.Subtree scope, long sequence) {
        return to.revisions(scope, sequence);
    }
}
