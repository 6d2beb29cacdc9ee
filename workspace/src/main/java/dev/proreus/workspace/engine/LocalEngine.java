package dev.proreus.workspace.engine;

import dev.proreus.workspace.FieldViolation;
import dev.proreus.workspace.Limits;
import dev.proreus.workspace.Names;
import dev.proreus.workspace.ObjectState;
import dev.proreus.workspace.Publication;
import dev.proreus.workspace.RandomIds;
import dev.proreus.workspace.Reason;
import dev.proreus.workspace.RefusedException;
import dev.proreus.workspace.Retention;
import dev.proreus.workspace.WorkspaceGone;
import dev.proreus.workspace.WorkspacePath;
import dev.proreus.workspace.agent.AgentDirectory;
import dev.proreus.workspace.agent.Claim;
import dev.proreus.workspace.agent.HealthRule;
import dev.proreus.workspace.canonical.ObjectSections;
import dev.proreus.workspace.check.CheckMetrics;
import dev.proreus.workspace.check.CounterLoop;
import dev.proreus.workspace.check.StartCheck;
import dev.proreus.workspace.commit.Command;
import dev.proreus.workspace.commit.CommitMetrics;
import dev.proreus.workspace.commit.Committer;
import dev.proreus.workspace.commit.Fence;
import dev.proreus.workspace.commit.Loaded;
import dev.proreus.workspace.commit.ObjectWrites;
import dev.proreus.workspace.commit.Published;
import dev.proreus.workspace.commit.Receipt;
import dev.proreus.workspace.commit.SessionGrant;
import dev.proreus.workspace.commit.WorkspaceDeletion;
import dev.proreus.workspace.commit.WorkspaceUpdate;
import dev.proreus.workspace.deletion.DeletionLoop;
import dev.proreus.workspace.read.FloorLookup;
import dev.proreus.workspace.read.FlooredReads;
import dev.proreus.workspace.read.ObjectReader;
import dev.proreus.workspace.read.PagePosition;
import dev.proreus.workspace.read.Places;
import dev.proreus.workspace.read.ReadCounts;
import dev.proreus.workspace.retention.Floor;
import dev.proreus.workspace.retention.RetentionLoop;
import dev.proreus.workspace.retention.RetentionMetrics;
import dev.proreus.workspace.select.Selector;
import dev.proreus.workspace.store.Store;
import dev.proreus.workspace.store.Table;
import dev.proreus.workspace.store.keys.Keys;
import dev.proreus.workspace.store.rows.AppliedRow;
import dev.proreus.workspace.store.rows.StoreFormat;
import dev.proreus.workspace.store.rows.StoreRow;
import dev.proreus.workspace.store.rows.WorkspaceRow;
import dev.proreus.workspace.token.HistoryLine;
import dev.proreus.workspace.token.Seal;
import dev.proreus.workspace.tree.Workspace;
import dev.proreus.workspace.tree.WorkspaceTree;
import dev.proreus.workspace.type.TypeCatalog;
import dev.proreus.workspace.type.TypeDefinition;
import dev.proreus.workspace.watch.Subscription;
import dev.proreus.workspace.watch.WatchFilter;
import dev.proreus.workspace.watch.WatchHub;
import dev.proreus.workspace.watch.WatchMetrics;
import dev.proreus.workspace.watch.WatchSink;
import dev.proreus.workspace.watch.WatchSpec;
import dev.proreus.workspace.watch.WatchStart;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The engine over one store of this process: one shard, one committer, one hub. */
public final class LocalEngine implements Engine {
    private static final Keys KEYS = Keys.ofShard(0);
    private static final Duration READ_RETRY = Duration.ofMillis(100);

    private final EngineOptions options;
    private final Published published;
    private final FlooredReads reader;
    private final Seal seal;
    private final Repeats repeats;
    private final WatchStarts starts;
    private final WatchHub hub;
    private final Committer committer;
    private final RetentionLoop retention;
    private final DeletionLoop deletion;
    private final CounterLoop counters;

    private LocalEngine(Store store, EngineOptions options, Seams seams, StoreRow first, Loaded loaded) {
        this.options = options;
        this.published = loaded.published();
        Places places = new Places(store, KEYS, published.tree()::place);
        FloorLookup floors = new FloorLookup(published.tree()::floor, places);
        ObjectReader objects = new ObjectReader(store, KEYS, published.types()::byId, places, floors);
        this.reader = new FlooredReads(objects, floors);
        this.seal = new Seal(first.tokenKey(), options.random());
        long epoch = AppliedRow.decode(Objects.requireNonNull(store.get(Table.META, KEYS.applied())))
                .epoch();
        this.starts = new WatchStarts(published, seal, epoch);
        this.repeats = new Repeats(objects);
        this.retention = new RetentionLoop(
                KEYS,
                store,
                published.tree(),
                published.sequence().get(),
                options.retention(),
                this::raiseFloor,
                options.clock(),
                options.background(),
                new RetentionMetrics(options.instrumentation()));
        this.deletion = new DeletionLoop(
                KEYS,
                store,
                published.tree(),
                loaded.gone(),
                new CommittedEndings(this::submit, this::now),
                retention::agedThrough,
                options.clock(),
                options.reclaimer(),
                options.instrumentation());
        this.counters = new CounterLoop(
                KEYS,
                store,
                published.tree(),
                options.clock(),
                new CheckMetrics(options.instrumentation()),
                options.onFailure());
        this.hub = new WatchHub(
                options.ringBytes(),
                seams.history().apply(reader),
                seams.heads().apply(new PublishedHeads(published, retention::agedThrough)),
                places,
                options.readers(),
                options.catchUpReads(),
                new WatchMetrics(options.instrumentation()));
        this.committer = new Committer(
                KEYS,
                store,
                loaded,
                this::publish,
                options.onFailure(),
                new CommitMetrics(options.instrumentation()),
                options.threads(),
                seams.lock());
    }

    /**
     * Opens an engine over a store, which stays its owner's to close, after the engine.
     *
     * @throws dev.proreus.workspace.store.StoreCorruptException if the store does not agree with itself
     */
    public static LocalEngine open(Store store, EngineOptions options) {
        return open(store, options, Seams.plain());
    }

    /** Opens an engine of which tests have some parts in hand. */
    static LocalEngine open(Store store, EngineOptions options, Seams seams) {
        StoreRow first = StoreFormat.establish(store, options.random());
        Map<Long, WorkspaceRow> rows = StartCheck.run(KEYS, store);
        Loaded loaded = Loaded.from(
                KEYS, store, first, rows, options.clock().instant(), () -> RandomIds.next(options.random()));
        LocalEngine engine = new LocalEngine(store, options, seams, first, loaded);
        engine.committer.start();
        engine.retention.start();
        engine.deletion.start();
        return engine;
    }

    /** Lets the counters of all workspaces be held against what they hold, on an executor that is closed later. */
    public void checkCounters(ScheduledExecutorService executor) {
        counters.start(executor);
    }

    private void publish(List<Publication> batch) {
        hub.publish(batch);
        for (Publication each : batch) {
            retention.committed(each.workspaceId());
            if (each instanceof WorkspaceGone gone) {
                deletion.gone(gone);
            }
        }
    }

    private CompletionStage<?> raiseFloor(Floor floor) {
        return submit(new Command.RaiseFloor(
                floor.workspaceId(), floor.revision(), floor.sequence(), floor.historyBytes(), now()));
    }

    private CompletionStage<?> submit(Command command) {
        return committer.submit(command, Object.class);
    }

    /** Returns what reads of history have cost. */
    ReadCounts readCounts() {
        return reader.counts();
    }

    @Override
    public WorkspaceTree workspaces() {
        return published.tree();
    }

    @Override
    public TypeCatalog types() {
        return published.types();
    }

    @Override
    public AgentDirectory agents() {
        return published.agents();
    }

    @Override
    public Seal seal() {
        return seal;
    }

    @Override
    public CompletionStage<ObjectRead> get(Workspace workspace, TypeDefinition type, String name, long atRevision) {
        return read(() -> {
            checkName(name);
            return at(workspace, atRevision, revision -> {
                ObjectState state = reader.state(workspace.id(), type.id(), name, revision);
                if (state == null) {
                    throw notFound(workspace, type, name, atRevision);
                }
                return objectRead(workspace, type, state, revision);
            });
        });
    }

    private static RefusedException notFound(Workspace workspace, TypeDefinition type, String name, long atRevision) {
        String when = atRevision == 0 ? "" : " at revision " + atRevision;
        return RefusedException.because(
                        Reason.OBJECT_NOT_FOUND,
                        "there is no " + type.names().singular() + " named " + name + " in workspace "
                                + workspace.path() + when + ": list them to see those that are")
                .with("workspace", workspace.path())
                .with("type", type.names().full())
                .with("name", name);
    }

    /**
     * Reads at a revision: the one asked for, or where that is 0 the newest, and again where it has fallen below the
     * floor meanwhile.
     */
    private static <R> R at(Workspace workspace, long asked, LongFunction<R> read) {
        if (asked != 0) {
            WatchStarts.checkReached(workspace, asked);
            return read.apply(asked);
        }
        while (true) {
            long newest = workspace.revision();
            try {
                return read.apply(newest);
            } catch (RefusedException e) {
                boolean overtaken = e.reason() == Reason.RESOURCE_VERSION_EXPIRED && workspace.revision() > newest;
                if (!overtaken) {
                    throw e;
                }
            }
        }
    }

    @Override
    public CompletionStage<ObjectPage> list(
            Workspace workspace,
            TypeDefinition type,
            Selector selector,
            long atRevision,
            int pageSize,
            String pageToken) {
        return read(() -> {
            if (pageSize < 0) {
                throw RefusedException.because(
                        Reason.BAD_REQUEST, "page_size is negative: leave it out for the default");
            }
            HistoryLine line = WatchStarts.historyLine(workspace, type);
            String asked = atRevision + " " + selector;
            PagePosition position = pageToken.isEmpty() ? null : PagePosition.open(seal, pageToken, line, asked);
            int max = pageSize == 0 ? Limits.PAGE_OBJECTS : Math.min(pageSize, Limits.PAGE_OBJECTS_MAX);
            String after = position == null ? null : position.afterName();
            return at(workspace, position == null ? atRevision : position.revision(), revision -> {
                SelectedStates states =
                        SelectedStates.read(reader, workspace.id(), type.id(), selector, after, revision, max);
                String reached = states.reached();
                String next = reached == null ? "" : new PagePosition(revision, reached).seal(seal, line, asked);
                return new ObjectPage(objectReads(workspace, type, states, revision), revision, next);
            });
        });
    }

    private List<ObjectRead> objectReads(
            Workspace workspace, TypeDefinition type, SelectedStates states, long revision) {
        return states.list().stream()
                .map(state -> objectRead(workspace, type, state, revision))
                .toList();
    }

    private ObjectRead objectRead(Workspace workspace, TypeDefinition type, ObjectState state, long revision) {
        ObjectSections sections = ObjectSections.decode(state.object());
        return new ObjectRead(state, HealthRule.derive(sections, type, published.agents(), workspace.id()), revision);
    }

    private <R> CompletionStage<R> read(Supplier<R> work) {
        CompletableFuture<R> answer = new CompletableFuture<>();
        try {
            options.readers().execute(() -> complete(answer, work));
        } catch (RejectedExecutionException e) {
            answer.completeExceptionally(RefusedException.because(
                            Reason.RATE_LIMITED, "the server has as many reads queued as it allows: try again")
                    .retryAfter(READ_RETRY));
        }
        return answer;
    }

    private static <R> void complete(CompletableFuture<R> answer, Supplier<R> work) {
        try {
            answer.complete(work.get());
        } catch (RuntimeException e) {
            answer.completeExceptionally(e);
        }
    }

    @Override
    public CompletionStage<Receipt> write(ObjectWrites wishes) {
        wishes.list().forEach(wish -> checkName(wish.nameOrSample()));
        List<UUID> freshUids = wishes.list().stream().map(wish -> uuid()).toList();
        return committer
                .submit(Command.WriteObjects.of(wishes, freshUids, now()), Receipt.class)
                .thenCompose(receipt -> receipt.repeated()
                        ? read(() -> repeats.complete(wishes.workspaceId(), receipt))
                        : CompletableFuture.completedStage(receipt));
    }

    @Override
    public CompletionStage<Workspace> createWorkspace(WorkspacePath path, @Nullable UUID requestId) {
        WorkspacePath parentPath = path.parent()
                .orElseThrow(() -> RefusedException.because(
                        Reason.ALREADY_EXISTS, "workspace root exists always: create one below it, such as root:acme"));
        Workspace parent = workspaces().at(parentPath);
        return committer.submit(
                Command.CreateWorkspace.of(parent.id(), path.name(), uuid(), uuid(), requestId, now()),
                Workspace.class);
    }

    @Override
    public CompletionStage<Workspace> updateWorkspace(WorkspacePath path, WorkspaceUpdate update) {
        Workspace workspace = workspaces().at(path);
        Retention most = options.retention();
        Duration age = update.retentionAge();
        Long bytes = update.retentionBytes();
        if (age != null && age.compareTo(most.age()) > 0) {
            throw aboveTheStores("retention", age.toSeconds() + " s", most.age().toSeconds() + " s");
        }
        if (bytes != null && bytes > most.bytes()) {
            throw aboveTheStores("retention_bytes", bytes + " bytes", most.bytes() + " bytes");
        }
        return committer
                .submit(new Command.UpdateWorkspace(workspace.id(), update, now()), Workspace.class)
                .whenComplete((set, refusal) -> retention.changed(workspace));
    }

    private static RefusedException aboveTheStores(String field, String asked, String most) {
        return RefusedException.invalid(
                        Reason.BAD_REQUEST,
                        "a workspace keeps at most what the server keeps",
                        List.of(new FieldViolation(
                                field, "is " + asked + "; at most " + most + " are possible: ask for less")))
                .with("field", field)
                .with("most", most);
    }

    @Override
    public Retention retention(Workspace workspace) {
        return workspace.ownRetention().within(options.retention());
    }

    @Override
    public CompletionStage<Workspace> deleteWorkspace(
            WorkspacePath path, WorkspaceDeletion how, @Nullable UUID requestId) {
        WorkspacePath parentPath = path.parent()
                .orElseThrow(() -> RefusedException.because(
                        Reason.BAD_REQUEST,
                        "the root workspace cannot be deleted: delete those below it, and its objects"));
        Workspace workspace = workspaces().find(path);
        Workspace parent = workspaces().find(parentPath);
        boolean mayBeRepeat = requestId != null && parent != null;
        if (parent == null || (workspace == null && !mayBeRepeat)) {
            throw WorkspaceTree.notFound(path);
        }
        long id = workspace == null ? 0 : workspace.id();
        return committer.submit(
                Command.DeleteWorkspace.of(parent.id(), path.name(), id, how, requestId, now()), Workspace.class);
    }

    @Override
    public CompletionStage<Workspace> undeleteWorkspace(WorkspacePath path) {
        Workspace workspace = workspaces().at(path);
        return committer.submit(new Command.UndeleteWorkspace(workspace.id(), now()), Workspace.class);
    }

    @Override
    public Subscription watch(WatchSpec spec, WatchSink sink, Executor loop) {
        return hub.subscribe(spec, sink, loop);
    }

    @Override
    public void tick(long nanos) {
        hub.tick(nanos);
    }

    @Override
    public WatchStart after(Workspace workspace, long revision) {
        return starts.after(workspace, revision);
    }

    @Override
    public WatchStart resume(Workspace top, TypeDefinition type, String wanted, String resumeToken) {
        return starts.resume(top, type, wanted, resumeToken);
    }

    @Override
    public String resumeToken(Workspace top, TypeDefinition type, String wanted, long position) {
        return starts.token(top, type, wanted, position);
    }

    @Override
    public WatchStart resume(Workspace workspace, Claim claim, long revision, String incarnation) {
        return starts.resume(workspace, claim, revision, incarnation);
    }

    @Override
    public Supplier<WatchFilter> driven(Workspace workspace, Claim claim) {
        return starts.driven(workspace, claim);
    }

    @Override
    public CompletionStage<SessionGrant> openSession(
            Workspace home, String agent, String instance, String sdk, List<Claim> claims) {
        checkName(agent);
        return committer.submit(
                new Command.OpenSession(home.id(), agent, instance, sdk, claims, uuid(), now()), SessionGrant.class);
    }

    @Override
    public CompletionStage<Void> claim(Fence fence, Claim claim) {
        return change(new Command.ChangeClaims(fence, claim, null, now()));
    }

    @Override
    public CompletionStage<Void> unclaim(Fence fence, Claim claim) {
        return change(new Command.ChangeClaims(fence, null, claim, now()));
    }

    @Override
    public CompletionStage<Void> closeSession(Fence fence) {
        return change(new Command.CloseSession(fence, now()));
    }

    private CompletionStage<Void> change(Command command) {
        return submit(command).thenAccept(done -> {});
    }

    @Override
    public void close() {
        committer.close();
        retention.close();
        deletion.close();
        counters.close();
        hub.close();
    }

    private Instant now() {
        return options.clock().instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private UUID uuid() {
        return RandomIds.next(options.random());
    }

    private static void checkName(String name) {
        String violation = Names.violationOfName(name);
        if (!violation.isEmpty()) {
            throw RefusedException.because(
                    Reason.BAD_REQUEST,
                    "name '" + Names.shown(name) + "' " + (name.isEmpty() ? "is empty" : violation));
        }
    }
}
