package dev.proreus.workspace.engine;

import dev.proreus.workspace.Change;
import dev.proreus.workspace.FieldViolation;
import dev.proreus.workspace.Names;
import dev.proreus.workspace.Publication;
import dev.proreus.workspace.RandomIds;
import dev.proreus.workspace.Reason;
import dev.proreus.workspace.RefusedException;
import dev.proreus.workspace.Retention;
import dev.proreus.workspace.WorkspacePath;
import dev.proreus.workspace.agent.AgentDirectory;
import dev.proreus.workspace.agent.Claim;
import dev.proreus.workspace.cache.BodyCache;
import dev.proreus.workspace.cache.ObjectCache;
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
import dev.proreus.workspace.read.FloorLookup;
import dev.proreus.workspace.read.FlooredReads;
import dev.proreus.workspace.read.ObjectReader;
import dev.proreus.workspace.read.Places;
import dev.proreus.workspace.read.ReadCounts;
import dev.proreus.workspace.select.Selector;
import dev.proreus.workspace.store.Store;
import dev.proreus.workspace.store.Table;
import dev.proreus.workspace.store.keys.Keys;
import dev.proreus.workspace.store.rows.AppliedRow;
import dev.proreus.workspace.store.rows.StoreFormat;
import dev.proreus.workspace.store.rows.StoreRow;
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
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The engine over one store of this process: one shard, one committer, one hub. */
public final class LocalEngine implements Engine {
    private static final Keys KEYS = Keys.ofShard(0);

    private final EngineOptions options;
    private final Published published;
    private final BodyCache bodies;
    private final FlooredReads history;
    private final Reads reads;
    private final Seal seal;
    private final Repeats repeats;
    private final WatchStarts starts;
    private final WatchHub hub;
    private final Committer committer;
    private final Background background;

    private LocalEngine(Store store, EngineOptions options, Seams seams, StoreRow first, Loaded loaded) {
        this.options = options;
        this.published = loaded.published();
        Places places = new Places(store, KEYS, published.tree()::place);
        FloorLookup floors = new FloorLookup(published.tree()::floor, places);
        ObjectCache newest = new ObjectCache(options.caches().objectBytes(), options.instrumentation());
        this.bodies = new BodyCache(options.caches().bodyBytes(), options.instrumentation());
        ObjectReader objects = new ObjectReader(store, KEYS, published.types()::byId, places, floors, newest, bodies);
        this.history = new FlooredReads(objects, floors);
        this.seal = new Seal(first.tokenKey(), options.random());
        this.reads = new Reads(history, published.agents(), seal, options.readers());
        long epoch = AppliedRow.decode(Objects.requireNonNull(store.get(Table.META, KEYS.applied())))
                .epoch();
        this.starts = new WatchStarts(published, seal, epoch);
        this.repeats = new Repeats(objects);
        this.committer = new Committer(
                KEYS,
                store,
                newest,
                loaded,
                options.onFailure(),
                new CommitMetrics(options.instrumentation()),
                options.threads(),
                seams.lock(),
                seams.overlap());
        this.background =
                new Background(KEYS, store, loaded, options, command -> committer.submit(command, Object.class));
        this.hub = new WatchHub(
                options.ringBytes(),
                seams.history().apply(history),
                seams.heads().apply(new PublishedHeads(published, background::agedThrough)),
                places,
                options.catchUp(),
                options.catchUpReads(),
                new WatchMetrics(options.instrumentation()));
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
        Loaded loaded = StoreStart.load(KEYS, store, first, options);
        LocalEngine engine = new LocalEngine(store, options, seams, first, loaded);
        engine.committer.start(engine::publish);
        engine.background.start();
        return engine;
    }

    private void publish(List<Publication> batch) {
        hub.publish(batch);
        for (Publication each : batch) {
            if (each instanceof Change change) {
                bodies.add(change);
            }
            background.committed(each);
        }
    }

    /** Returns what reads of history have cost. */
    ReadCounts readCounts() {
        return history.counts();
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
        return reads.get(workspace, type, name, atRevision);
    }

    @Override
    public CompletionStage<ObjectPage> list(
            Workspace workspace,
            TypeDefinition type,
            Selector selector,
            long atRevision,
            int pageSize,
            String pageToken) {
        return reads.list(workspace, type, selector, atRevision, pageSize, pageToken);
    }

    @Override
    public CompletionStage<Receipt> write(ObjectWrites wishes) {
        wishes.list().forEach(wish -> Names.check(wish.nameOrSample()));
        List<UUID> freshUids = wishes.list().stream().map(wish -> uuid()).toList();
        return committer
                .submit(Command.WriteObjects.of(wishes, freshUids, options.now()), Receipt.class)
                .thenCompose(receipt -> receipt.repeated()
                        ? reads.run(() -> repeats.complete(wishes.workspaceId(), receipt))
                        : CompletableFuture.completedStage(receipt));
    }

    @Override
    public CompletionStage<Workspace> createWorkspace(WorkspacePath path, @Nullable UUID requestId) {
        WorkspacePath parentPath = path.parent()
                .orElseThrow(() -> RefusedException.because(
                        Reason.ALREADY_EXISTS, "workspace root exists always: create one below it, such as root:acme"));
        Workspace parent = workspaces().at(parentPath);
        return committer.submit(
                Command.CreateWorkspace.of(parent.id(), path.name(), uuid(), uuid(), requestId, options.now()),
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
                .submit(new Command.UpdateWorkspace(workspace.id(), update, options.now()), Workspace.class)
                .whenComplete((set, refusal) -> background.retentionChanged(workspace));
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
                Command.DeleteWorkspace.of(parent.id(), path.name(), id, how, requestId, options.now()),
                Workspace.class);
    }

    @Override
    public CompletionStage<Workspace> undeleteWorkspace(WorkspacePath path) {
        Workspace workspace = workspaces().at(path);
        return committer.submit(new Command.UndeleteWorkspace(workspace.id(), options.now()), Workspace.class);
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
        Names.check(agent);
        return committer.submit(
                new Command.OpenSession(home.id(), agent, instance, sdk, claims, uuid(), options.now()),
                SessionGrant.class);
    }

    @Override
    public CompletionStage<Void> claim(Fence fence, Claim claim) {
        return change(new Command.ChangeClaims(fence, claim, null, options.now()));
    }

    @Override
    public CompletionStage<Void> unclaim(Fence fence, Claim claim) {
        return change(new Command.ChangeClaims(fence, null, claim, options.now()));
    }

    @Override
    public CompletionStage<Void> closeSession(Fence fence) {
        return change(new Command.CloseSession(fence, options.now()));
    }

    private CompletionStage<Void> change(Command command) {
        return committer.submit(command, Object.class).thenAccept(done -> {});
    }

    @Override
    public void close() {
        committer.close();
        background.close();
        hub.close();
    }

    private UUID uuid() {
        return RandomIds.next(options.random());
    }
}
