package dev.proreus.workspace.watch;

import dev.proreus.workspace.Change;
import dev.proreus.workspace.ClaimsMoved;
import dev.proreus.workspace.Instrumentation;
import dev.proreus.workspace.Publication;
import dev.proreus.workspace.Scope;
import dev.proreus.workspace.TypeGone;
import dev.proreus.workspace.WorkspaceGone;
import dev.proreus.workspace.watch.RecordingSink.Call;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;

/**
 * A hub over the model, with a committer, a loop and readers that move only when a test says so. The committer takes
 * two steps for each batch, as in life: it raises the heads, and then it publishes.
 */
final class HubWorld {
    static final long ACME = 7;

    private final ModelStore model = new ModelStore();
    private final StepExecutor loop = new StepExecutor();
    private final StepExecutor readers = new StepExecutor();
    private final Deque<Runnable> committer = new ArrayDeque<>();
    private final CatchUp catchUp;
    private final WatchHub hub;

    HubWorld(long ringBytes, long joinRevisions) {
        this(ringBytes, joinRevisions, Instrumentation.none());
    }

    HubWorld(long ringBytes, long joinRevisions, Instrumentation instrumentation) {
        this(ringBytes, joinRevisions, instrumentation, unpaced());
    }

    HubWorld(long ringBytes, long joinRevisions, Instrumentation instrumentation, ReadPace pace) {
        this.catchUp = new CatchUp(model, readers, 2, model::place, pace);
        this.hub = new WatchHub(ringBytes, catchUp, model, joinRevisions, new WatchMetrics(instrumentation));
    }

    /** Returns a pace by which no read rests, since by its clock every write was long ago. */
    static ReadPace unpaced() {
        return new ReadPace(() -> Long.MAX_VALUE / 2, nanos -> {
            throw new AssertionError("a read rests for " + nanos + " ns, though every write was long ago");
        });
    }

    static HubWorld roomy() {
        return new HubWorld(1 << 20, 1_000);
    }

    ModelStore model() {
        return model;
    }

    StepExecutor loop() {
        return loop;
    }

    StepExecutor readers() {
        return readers;
    }

    WatchHub hub() {
        return hub;
    }

    /** Commits one command, and leaves it to {@link #commitStep} to publish it as a batch of its own. */
    void stage(Write... writes) {
        stageBatch(List.of(Arrays.asList(writes)));
    }

    /** Commits commands that are published as one batch. */
    void stageBatch(List<List<Write>> commands) {
        stageBatch(ACME, commands);
    }

    private void stageBatch(long workspaceId, List<List<Write>> commands) {
        List<Change> changes = new ArrayList<>();
        commands.forEach(writes -> changes.addAll(model.commit(workspaceId, writes)));
        if (!changes.isEmpty()) {
            long revision = changes.get(changes.size() - 1).revision();
            committer.add(() -> model.raise(workspaceId, revision));
            committer.add(() -> hub.publish(changes));
        }
    }

    boolean canCommit() {
        return !committer.isEmpty();
    }

    void commitStep() {
        committer.remove().run();
    }

    /** Commits and publishes one command. */
    void commit(Write... writes) {
        stage(writes);
        drainCommitter();
    }

    /** Commits and publishes one command of another workspace. */
    void commitIn(long workspaceId, Write... writes) {
        stageBatch(workspaceId, List.of(Arrays.asList(writes)));
        drainCommitter();
    }

    void drainCommitter() {
        while (canCommit()) {
            commitStep();
        }
    }

    void claimsMoved() {
        publish(new ClaimsMoved(model.nextSequence(), ACME, Write.ROBOTS));
    }

    void deleteWorkspace() {
        model.delete(ACME);
        publish(new WorkspaceGone(model.nextSequence(), ACME, List.of(ACME)));
    }

    /** Deletes the type of robots, all of which must have gone. */
    void deleteType() {
        model.undefine(Write.ROBOTS);
        publish(new TypeGone(model.nextSequence(), ACME, Write.ROBOTS));
    }

    void publish(Publication publication) {
        hub.publish(List.of(publication));
    }

    /** Runs loop and readers until neither has anything to do. */
    void settle() {
        while (loop.hasWork() || readers.hasWork()) {
            loop.drain();
            readers.drain();
        }
    }

    RecordingSink sink() {
        return new RecordingSink(() -> model.head(ACME));
    }

    Watched watch(WatchStart start, WatchFilter filter, RecordingSink sink) {
        return watch(spec(start, () -> filter, false), List.of(filter), sink);
    }

    Watched watch(WatchSpec spec, List<WatchFilter> filters, RecordingSink sink) {
        return new Watched(this, spec, filters, sink, hub.subscribe(spec, sink, loop));
    }

    /** Watches robots in all workspaces. */
    Watched watchSubtree(WatchStart start, WatchFilter filter, WatchMode mode) {
        Scope all = new Scope.Subtree(ModelStore.ROOT);
        WatchSpec spec = new WatchSpec(all, Write.ROBOTS, () -> filter, start, mode, false, false, 0);
        return watch(spec, List.of(filter), new RecordingSink(model::publishedSequence));
    }

    static WatchSpec spec(WatchStart start, Supplier<WatchFilter> filter, boolean framed) {
        return new WatchSpec(ACME, Write.ROBOTS, filter, start, framed, 0);
    }

    static WatchStart initial() {
        return new WatchStart.InitialState();
    }

    static WatchStart after(long revision) {
        return new WatchStart.After(revision);
    }

    /** A subscription under test. */
    record Watched(
            HubWorld world, WatchSpec spec, List<WatchFilter> filters, RecordingSink sink, Subscription subscription) {
        List<Call> calls() {
            return sink.calls();
        }

        /** Lets the sink take messages again. */
        void grant(int messages) {
            sink.grant(messages);
            subscription.ready();
        }

        void check() {
            new WatchGuarantees(world.model(), spec, filters).check(calls());
        }

        void checkComplete() {
            ModelStore model = world.model();
            new WatchGuarantees(model, spec, filters).checkComplete(calls(), model.head(spec.scope()));
        }

        List<Call.Bookmark> bookmarks() {
            return only(Call.Bookmark.class);
        }

        List<Call.Events> messages() {
            return only(Call.Events.class);
        }

        <T extends Call> List<T> only(Class<T> kind) {
            return calls().stream().filter(kind::isInstance).map(kind::cast).toList();
        }

        /** Returns the one end that it came to. */
        RuntimeException end() {
            return only(Call.Ended.class).get(0).why();
        }

        /** Returns the events as words such as {@code added r1@3}. */
        List<String> events() {
            return messages().stream()
                    .flatMap(message -> message.list().stream())
                    .map(event -> switch (event.getChangeCase()) {
                        case ADDED -> "added " + event.getAdded().getMetadata().getName() + "@" + event.getRevision();
                        case MODIFIED ->
                            "modified " + event.getModified().getMetadata().getName() + "@" + event.getRevision();
                        case DELETED ->
                            "deleted " + event.getDeleted().getMetadata().getName() + "@" + event.getRevision();
                        case LEFT -> "left " + event.getLeft().getMetadata().getName() + "@" + event.getRevision();
                        default -> throw new AssertionError(event);
                    })
                    .toList();
        }
    }
}
