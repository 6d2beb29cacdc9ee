package dev.proreus.workspace.engine;

import dev.proreus.workspace.Retention;
import dev.proreus.workspace.WorkspacePath;
import dev.proreus.workspace.agent.AgentDirectory;
import dev.proreus.workspace.agent.Claim;
import dev.proreus.workspace.commit.Fence;
import dev.proreus.workspace.commit.ObjectWrite;
import dev.proreus.workspace.commit.ObjectWrites;
import dev.proreus.workspace.commit.Receipt;
import dev.proreus.workspace.commit.SessionGrant;
import dev.proreus.workspace.commit.WorkspaceDeletion;
import dev.proreus.workspace.commit.WorkspaceUpdate;
import dev.proreus.workspace.commit.Written;
import dev.proreus.workspace.select.Selector;
import dev.proreus.workspace.token.Seal;
import dev.proreus.workspace.tree.Workspace;
import dev.proreus.workspace.tree.WorkspaceTree;
import dev.proreus.workspace.type.TypeCatalog;
import dev.proreus.workspace.type.TypeDefinition;
import dev.proreus.workspace.watch.Subscription;
import dev.proreus.workspace.watch.WatchFilter;
import dev.proreus.workspace.watch.WatchSink;
import dev.proreus.workspace.watch.WatchSpec;
import dev.proreus.workspace.watch.WatchStart;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The engine as the server sees it. Every method may be called on any thread, an event loop included: look-ups are in
 * memory, reads and writes answer by a stage that completes on a thread of the engine, or, where the request is refused
 * at once, on the caller's. A stage completes exceptionally with {@link dev.proreus.workspace.RefusedException} where
 * the request is refused; look-ups throw it.
 */
public interface Engine extends AutoCloseable {
    /** Returns the workspaces. */
    WorkspaceTree workspaces();

    /** Returns the resource types. */
    TypeCatalog types();

    /** Returns the agents and their claims. */
    AgentDirectory agents();

    /** Returns what makes and opens the tokens that clients carry. */
    Seal seal();

    /**
     * Reads one object.
     *
     * @param atRevision the revision of which the state is wanted; 0 for the newest
     */
    CompletionStage<ObjectRead> get(Workspace workspace, TypeDefinition type, String name, long atRevision);

    /**
     * Reads a page of a type's objects. It may be short or empty though others follow, where few match.
     *
     * @param selector which objects
     * @param atRevision the revision that all pages show; 0 for the newest as the first page is read
     * @param pageSize most objects; 0 for the default
     * @param pageToken of the page before; empty for the first
     */
    CompletionStage<ObjectPage> list(
            Workspace workspace,
            TypeDefinition type,
            Selector selector,
            long atRevision,
            int pageSize,
            String pageToken);

    /** Writes objects of one workspace at one revision: all, or where one is refused, none. */
    CompletionStage<Receipt> write(ObjectWrites wishes);

    /** Writes one object. */
    default CompletionStage<Written> write(ObjectWrite wish) {
        return write(ObjectWrites.of(wish)).thenApply(receipt -> receipt.list().get(0));
    }

    /**
     * Creates a workspace.
     *
     * @param requestId a UUIDv7 by which a repeat is known, which answers the workspace as it was made; null where none
     *     was given
     */
    CompletionStage<Workspace> createWorkspace(WorkspacePath path, @Nullable UUID requestId);

    /** Creates a workspace. */
    default CompletionStage<Workspace> createWorkspace(WorkspacePath path) {
        return createWorkspace(path, null);
    }

    /**
     * Changes what can be set of a workspace; refused where it is to keep more history than the store does. A quota may
     * be lower than what is held: then nothing is lost, and nothing grows.
     */
    CompletionStage<Workspace> updateWorkspace(WorkspacePath path, WorkspaceUpdate update);

    /** Returns how much of a workspace's history is kept. */
    Retention retention(Workspace workspace);

    /**
     * Deletes a workspace with all that lies below it. With a grace, or where finalizers are left, it is terminating
     * first: what agents have to finish goes on in it, nothing new is taken in.
     *
     * @param how with what grace, or by force; what holds something is not deleted where that says neither
     * @param requestId a UUIDv7 by which a repeat is known, which answers the workspace as it then was; null where none
     *     was given
     */
    CompletionStage<Workspace> deleteWorkspace(WorkspacePath path, WorkspaceDeletion how, @Nullable UUID requestId);

    /** Deletes a workspace that is empty. */
    default CompletionStage<Workspace> deleteWorkspace(WorkspacePath path) {
        return deleteWorkspace(path, WorkspaceDeletion.IF_EMPTY, null);
    }

    /**
     * Takes the deletion of a workspace back; refused with GRACE_ENDED once its grace is over, and with
     * WORKSPACE_TERMINATING where it goes with another, in which it lies. One that is not being deleted stays as it is.
     */
    CompletionStage<Workspace> undeleteWorkspace(WorkspacePath path);

    /** Starts a watch; {@code loop} is the single-threaded executor that every call of {@code sink} runs on. */
    Subscription watch(WatchSpec spec, WatchSink sink, Executor loop);

    /**
     * Lets watches do what is due by the clock, such as bookmarks. Called every few seconds, by any thread.
     *
     * @param nanos the time on a clock that never goes back
     */
    void tick(long nanos);

    /** Returns the start of a plain watch after a revision of the workspace's history as it is now. */
    WatchStart after(Workspace workspace, long revision);

    /**
     * Returns the start of a plain watch over a subtree that stopped at a bookmark.
     *
     * @param wanted which objects, as text; the same as when the token was made
     */
    WatchStart resume(Workspace top, TypeDefinition type, String wanted, String resumeToken);

    /** Returns the token of a position of a watch over a subtree. */
    String resumeToken(Workspace top, TypeDefinition type, String wanted, long position);

    /**
     * Returns the start of an agent's subscription that stopped at a revision: after it where that is still possible
     * and the claim drives what it did then, else the whole state.
     */
    WatchStart resume(Workspace workspace, Claim claim, long revision, String incarnation);

    /** Returns the filter of what a selector means. */
    static WatchFilter selected(Selector selector) {
        return SelectedFilter.of(selector);
    }

    /** Returns the filter of what a claim drives, given the claims of others as they stand at each call. */
    Supplier<WatchFilter> driven(Workspace workspace, Claim claim);

    /** Records a session of an agent, which takes over from an older one, and its claims. */
    CompletionStage<SessionGrant> openSession(
            Workspace home, String agent, String instance, String sdk, List<Claim> claims);

    /** Takes one more claim; completes exceptionally with CLAIM_HELD where another agent holds it. */
    CompletionStage<Void> claim(Fence fence, Claim claim);

    /** Gives up a claim. */
    CompletionStage<Void> unclaim(Fence fence, Claim claim);

    /** Records that a session has ended; does nothing where a newer one is recorded. */
    CompletionStage<Void> closeSession(Fence fence);

    /** Refuses new work with STOPPING, finishes what is queued, ends watches. The store stays open. */
    @Override
    void close();
}
