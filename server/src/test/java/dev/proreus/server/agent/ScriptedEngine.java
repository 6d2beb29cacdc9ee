package dev.proreus.server.agent;

import com.google.protobuf.ByteString;
import dev.proreus.workspace.Place;
import dev.proreus.workspace.Quotas;
import dev.proreus.workspace.RefusedException;
import dev.proreus.workspace.Retention;
import dev.proreus.workspace.Usage;
import dev.proreus.workspace.WorkspacePath;
import dev.proreus.workspace.agent.AgentDirectory;
import dev.proreus.workspace.agent.AgentRecord;
import dev.proreus.workspace.agent.Claim;
import dev.proreus.workspace.commit.Fence;
import dev.proreus.workspace.commit.ObjectWrite;
import dev.proreus.workspace.commit.ObjectWrites;
import dev.proreus.workspace.commit.Receipt;
import dev.proreus.workspace.commit.SessionGrant;
import dev.proreus.workspace.commit.WorkspaceDeletion;
import dev.proreus.workspace.commit.WorkspaceUpdate;
import dev.proreus.workspace.commit.Written;
import dev.proreus.workspace.engine.Engine;
import dev.proreus.workspace.engine.ObjectPage;
import dev.proreus.workspace.engine.ObjectRead;
import dev.proreus.workspace.select.Selector;
import dev.proreus.workspace.token.Seal;
import dev.proreus.workspace.tree.Workspace;
import dev.proreus.workspace.tree.WorkspaceTree;
import dev.proreus.workspace.type.DeclaredFields;
import dev.proreus.workspace.type.TypeCatalog;
import dev.proreus.workspace.type.TypeDefinition;
import dev.proreus.workspace.type.TypeNames;
import dev.proreus.workspace.watch.Subscription;
import dev.proreus.workspace.watch.WatchFilter;
import dev.proreus.workspace.watch.WatchMessage;
import dev.proreus.workspace.watch.WatchSink;
import dev.proreus.workspace.watch.WatchSpec;
import dev.proreus.workspace.watch.WatchStart;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An engine that notes what it is asked, and answers when and what a test says. */
final class ScriptedEngine implements Engine {
    static final TypeDefinition ROBOTS = new TypeDefinition(
            256,
            new UUID(0, 256),
            7,
            "root:acme",
            1,
            new TypeNames("fleet.example.com", "robots", "robot", "Robot", List.of("rb")),
            List.of(new TypeDefinition.Version("v1", "")),
            List.of(),
            new DeclaredFields(List.of(), "spec.agent", 0),
            true);

    static final TypeDefinition SITES = new TypeDefinition(
            257,
            new UUID(0, 257),
            7,
            "root:acme",
            1,
            new TypeNames("fleet.example.com", "sites", "site", "Site", List.of()),
            List.of(new TypeDefinition.Version("v1", "")),
            List.of(),
            DeclaredFields.NONE,
            true);

    final WorkspaceTree tree = new WorkspaceTree();
    final TypeCatalog catalog = new TypeCatalog(tree);
    final AgentDirectory directory = new AgentDirectory();
    final Workspace acme = new Workspace(
            new Place("root:acme", 7, 1),
            new UUID(7, 1),
            new UUID(7, 2),
            Instant.EPOCH,
            new Workspace.Progress(100, Usage.NONE, Usage.NONE, 0, 0, 0, 0, Retention.UNSAID, Quotas.UNLIMITED, null));

    final List<ObjectWrite> writes = new ArrayList<>();
    final List<CompletableFuture<Written>> written = new ArrayList<>();
    final List<CompletableFuture<SessionGrant>> openings = new ArrayList<>();
    final List<CompletableFuture<Void>> claimings = new ArrayList<>();
    final List<Claim> freed = new ArrayList<>();
    final List<Fence> closed = new ArrayList<>();
    final List<ScriptedWatch> watches = new ArrayList<>();
    CompletionStage<Void> closing = CompletableFuture.completedStage(null);
    long epoch = 100;

    ScriptedEngine() {
        tree.add(new Workspace(
                new Place("root", 1), new UUID(1, 1), new UUID(1, 2), Instant.EPOCH, Workspace.Progress.NONE));
        tree.add(acme);
        catalog.put(ROBOTS);
        catalog.put(SITES);
    }

    /** Answers the oldest opening that waits, as recorded. */
    void grant(String agent, String instance, Map<Claim, RefusedException> refused) {
        epoch++;
        directory.put(7, record(agent, instance, epoch));
        openings.remove(0).complete(new SessionGrant(epoch, refused));
    }

    static AgentRecord record(String agent, String instance, long epoch) {
        return new AgentRecord(agent, epoch, true, instance, "", Instant.EPOCH, List.of(), Map.of());
    }

    /** Makes a write durable. */
    void answer(int index, long revision) {
        written.get(index).complete(new Written(300, ByteString.EMPTY, revision, Written.Outcome.UPDATED));
    }

    @Override
    public WorkspaceTree workspaces() {
        return tree;
    }

    @Override
    public TypeCatalog types() {
        return catalog;
    }

    @Override
    public AgentDirectory agents() {
        return directory;
    }

    @Override
    public CompletionStage<Receipt> write(ObjectWrites wishes) {
        writes.addAll(wishes.list());
        CompletableFuture<Written> answer = new CompletableFuture<>();
        written.add(answer);
        return answer.thenApply(written -> new Receipt(written.revision(), List.of(written), false));
    }

    @Override
    public Subscription watch(WatchSpec spec, WatchSink sink, Executor loop) {
        ScriptedWatch watch = new ScriptedWatch(spec, sink);
        watches.add(watch);
        return watch;
    }

    @Override
    public WatchStart resume(Workspace workspace, Claim claim, long revision, String incarnation) {
        return revision > 0 && incarnation.equals(workspace.incarnation().toString())
                ? new WatchStart.After(revision)
                : new WatchStart.InitialState();
    }

    @Override
    public Supplier<WatchFilter> driven(Workspace workspace, Claim claim) {
        return WatchFilter::every;
    }

    @Override
    public CompletionStage<SessionGrant> openSession(
            Workspace home, String agent, String instance, String sdk, List<Claim> claims) {
        CompletableFuture<SessionGrant> answer = new CompletableFuture<>();
        openings.add(answer);
        return answer;
    }

    @Override
    public CompletionStage<Void> claim(Fence fence, Claim claim) {
        CompletableFuture<Void> answer = new CompletableFuture<>();
        claimings.add(answer);
        return answer;
    }

    @Override
    public CompletionStage<Void> unclaim(Fence fence, Claim claim) {
        freed.add(claim);
        return claim(fence, claim);
    }

    @Override
    public CompletionStage<Void> closeSession(Fence fence) {
        closed.add(fence);
        return closing;
    }

    @Override
    public Seal seal() {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<ObjectRead> get(Workspace workspace, TypeDefinition type, String name, long atRevision) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<ObjectPage> list(
            Workspace workspace,
            TypeDefinition type,
            Selector selector,
            long atRevision,
            int pageSize,
            String pageToken) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Workspace> createWorkspace(WorkspacePath path, @Nullable UUID requestId) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Workspace> updateWorkspace(WorkspacePath path, WorkspaceUpdate update) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Retention retention(Workspace workspace) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Workspace> deleteWorkspace(
            WorkspacePath path, WorkspaceDeletion how, @Nullable UUID requestId) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Workspace> undeleteWorkspace(WorkspacePath path) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void tick(long nanos) {
        // nothing is due
    }

    @Override
    public WatchStart resume(Workspace top, TypeDefinition type, String wanted, String resumeToken) {
        throw new UnsupportedOperationException();
    }

    @Override
    public String resumeToken(Workspace top, TypeDefinition type, String wanted, long position) {
        throw new UnsupportedOperationException();
    }

    @Override
    public WatchStart after(Workspace workspace, long revision) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        // nothing is open
    }

    /** A watch with as many events as a test gives it; it sends one message whenever its sink is ready. */
    static final class ScriptedWatch implements Subscription {
        final WatchSpec spec;
        final WatchSink sink;
        boolean cancelled;
        int bookmarks;
        int pending;

        ScriptedWatch(WatchSpec spec, WatchSink sink) {
            this.spec = spec;
            this.sink = sink;
        }

        /** Gives it messages to send, of one event each. */
        void offer(int messages) {
            pending += messages;
            ready();
        }

        @Override
        public void ready() {
            while (pending > 0 && sink.isReady()) {
                pending--;
                sink.events(new WatchMessage(List.of(EVENT), List.of(), WatchMessage.NO_BOOKMARK));
            }
        }

        @Override
        public void requestBookmark() {
            bookmarks++;
        }

        @Override
        public void cancel() {
            cancelled = true;
        }
    }

    /** A WatchEvent that says nothing but its revision, 5, with the tag of Delivery.events. */
    private static final ByteString EVENT = ByteString.copyFrom(new byte[] {0x0A, 2, 0x38, 5});
}
