package dev.proreus.workspace.watch;

import static dev.proreus.workspace.watch.HubWorld.ACME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.proreus.v1.WatchEvent;
import dev.proreus.v1.WatchResponse;
import dev.proreus.workspace.ChangeView;
import dev.proreus.workspace.Reason;
import dev.proreus.workspace.RefusedException;
import dev.proreus.workspace.Scope;
import dev.proreus.workspace.TypeIds;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the changes of a pass come to, and what is held of them meanwhile. */
class ConflationTest {
    private static final Scope ONE = new Scope.OneWorkspace(ACME);
    private static final Scope ALL = new Scope.Subtree(ModelStore.ROOT);
    private static final int LARGE = 10_000;

    private final ModelStore model = new ModelStore();
    private final List<ChangeView> changes = new ArrayList<>();

    @Test
    void whatIsDeletedWhileItIsWantedIsDeletedAndWhatGoesElsewhereFirstHasLeft() {
        model.commit(ACME, List.of(Write.assign("a", "x"), Write.assign("b", "x"), Write.assign("c", "x")));
        commit(ACME, Write.assign("a", "x"), Write.assign("b", "y"), Write.assign("c", "y"));
        commit(ACME, Write.remove("a"), Write.remove("b"));
        assertThat(events(new Filters.Assigned("x"), ONE, false))
                .extracting(WatchEvent::getChangeCase)
                .containsExactly(WatchEvent.ChangeCase.LEFT, WatchEvent.ChangeCase.DELETED, WatchEvent.ChangeCase.LEFT);
    }

    @Test
    void theStateBeforeIsTheOneThatThePassBeginsWith() {
        model.commit(ACME, List.of(Write.put("a"), Write.put("b")));
        commit(ACME, Write.put("a"));
        commit(ACME, Write.put("a"), Write.put("b"));
        assertThat(events(WatchFilter.every(), ONE, true))
                .extracting(event -> event.getPrevious().getMetadata().getResourceVersion())
                .containsExactly(1L, 1L);
    }

    @Test
    void anObjectIsNotTakenForTheWorkspaceOfItsNameThatEnds() {
        commit(ModelStore.ROOT, Write.put("w"));
        commit(ModelStore.ROOT, Write.put("w").ofType(TypeIds.WORKSPACES));
        changes.remove(1);
        commit(ModelStore.ROOT, Write.remove("w").ofType(TypeIds.WORKSPACES));
        assertThat(events(WatchFilter.every(), ALL, false))
                .extracting(WatchEvent::getChangeCase)
                .containsExactly(WatchEvent.ChangeCase.ADDED, WatchEvent.ChangeCase.DELETED);
    }

    @Test
    void itIsCutBeforeTheObjectThatMakesItTooMuchEndsOfWorkspacesIncluded() {
        commit(ModelStore.ROOT, Write.large("v", LARGE).ofType(TypeIds.WORKSPACES));
        changes.clear();
        commit(ModelStore.ROOT, Write.remove("v").ofType(TypeIds.WORKSPACES));
        commit(ACME, Write.large("a", LARGE));
        commit(ACME, Write.large("b", LARGE));
        Conflation conflation = conflation(WatchFilter.every(), ALL, false);
        int all = (int) conflation.chunk(9).bytes();
        assertThat(conflation.changesWithin(all)).isEqualTo(3);
        assertThat(conflation.changesWithin(all - 1)).isEqualTo(2);
        assertThat(conflation.changesWithin(2 * LARGE)).isEqualTo(1);
    }

    @Test
    void whatWentWithItsWorkspaceIsPassedOverWhereThatIsToldAndElseARefusal() {
        commit(ACME, Write.put("a"));
        changes.set(0, Views.change(changes.get(0), Map.of("object", args -> {
            throw RefusedException.because(Reason.WORKSPACE_DELETED, "gone");
        })));
        assertThat(events(WatchFilter.every(), ALL, false)).isEmpty();
        assertThatThrownBy(() -> events(WatchFilter.every(), ONE, false)).isInstanceOf(RefusedException.class);
    }

    @Test
    void boundedIsWhatItHoldsToTheBodiesOfOneObject() {
        for (int i = 0; i < 3; i++) {
            model.commit(ACME, List.of(Write.put("a" + i)));
        }
        for (int i = 0; i < 3; i++) {
            commit(ACME, Write.put("a" + i));
            commit(ACME, Write.remove("a" + i));
            commit(ACME, Write.put("a" + i));
        }
        Set<ChangeView> held = Collections.newSetFromMap(new IdentityHashMap<>());
        List<Integer> heldAtOnce = new ArrayList<>();
        changes.replaceAll(change -> Views.change(
                change,
                Map.of(
                        "object",
                        args -> {
                            held.add(change);
                            heldAtOnce.add(held.size());
                            return change.object();
                        },
                        "previous",
                        args -> {
                            held.add(change);
                            heldAtOnce.add(held.size());
                            return change.previous();
                        },
                        "letGo",
                        args -> {
                            held.remove(change);
                            return null;
                        })));
        assertThat(events(WatchFilter.every(), ONE, false)).hasSize(6);
        assertThat(heldAtOnce).isNotEmpty().allMatch(count -> count <= 3);
        assertThat(held).isEmpty();
    }

    private void commit(long workspaceId, Write... writes) {
        changes.addAll(model.commit(workspaceId, List.of(writes)));
    }

    private Conflation conflation(WatchFilter filter, Scope scope, boolean previous) {
        WatchSpec spec = new WatchSpec(
                scope, Write.ROBOTS, () -> filter, HubWorld.initial(), WatchMode.LATEST, previous, false, 0);
        List<SharedEvent> events = changes.stream()
                .map(change -> new SharedEvent(change, model.place(change.workspaceId())))
                .toList();
        return new Conflation(events, filter, spec);
    }

    private List<WatchEvent> events(WatchFilter filter, Scope scope, boolean previous) {
        Chunk chunk = conflation(filter, scope, previous).chunk(9);
        List<WatchEvent> events = new ArrayList<>();
        while (!chunk.isEmpty()) {
            WatchMessage message =
                    chunk.nextMessage(new Message.Shape(previous, true)).close(WatchMessage.NO_BOOKMARK);
            try {
                events.addAll(WatchResponse.parseFrom(ByteString.copyFrom(message.events()))
                        .getEventsList());
            } catch (InvalidProtocolBufferException e) {
                throw new AssertionError(e);
            }
        }
        return events;
    }
}
