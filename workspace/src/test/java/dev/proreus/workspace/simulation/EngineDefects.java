package dev.proreus.workspace.simulation;

import com.google.protobuf.ByteString;
import dev.proreus.workspace.ChangeKind;
import dev.proreus.workspace.ChangeView;
import dev.proreus.workspace.History;
import dev.proreus.workspace.Place;
import dev.proreus.workspace.Quota;
import dev.proreus.workspace.Reason;
import dev.proreus.workspace.RefusedException;
import dev.proreus.workspace.Scope;
import dev.proreus.workspace.WorkspacePath;
import dev.proreus.workspace.commit.ObjectWrite;
import dev.proreus.workspace.commit.ObjectWrites;
import dev.proreus.workspace.commit.WorkspaceUpdate;
import dev.proreus.workspace.engine.Engine;
import dev.proreus.workspace.tree.Workspace;
import dev.proreus.workspace.watch.Heads;
import dev.proreus.workspace.watch.Subscription;
import dev.proreus.workspace.watch.WatchMessage;
import dev.proreus.workspace.watch.WatchSink;
import dev.proreus.workspace.watch.WatchSpec;
import dev.proreus.workspace.watch.WatchStart;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Ways to be wrong about what clients are told. */
final class EngineDefects {
    private EngineDefects() {}

    /** One event of ten thousand never reaches its watch. */
    static final class EventDropped extends Defect {
        private static final int ONE_IN = 10_000;

        private final SplittableRandom random;

        EventDropped(long seed) {
            random = new SplittableRandom(seed);
        }

        @Override
        Engine engine(Engine right) {
            return Front.of(right, (method, arguments, call) -> {
                if (method.equals("watch")) {
                    return call.with(
                            arguments[0],
                            new Forwarding((WatchSink) arguments[1]) {
                                @Override
                                public void events(WatchMessage message) {
                                    drop(message, this::forward);
                                }
                            },
                            arguments[2]);
                }
                return call.with(arguments);
            });
        }

        private void drop(WatchMessage message, java.util.function.Consumer<WatchMessage> next) {
            List<ByteString> events = new ArrayList<>();
            List<String> workspaces = new ArrayList<>();
            for (int i = 0; i < message.events().size(); i++) {
                if (random.nextInt(ONE_IN) > 0) {
                    events.add(message.events().get(i));
                    if (!message.workspaces().isEmpty()) {
                        workspaces.add(message.workspaces().get(i));
                    }
                }
            }
            if (!events.isEmpty() || message.hasBookmark()) {
                next.accept(new WatchMessage(events, workspaces, message.bookmark()));
            }
        }
    }

    /** A watch that goes on after a revision is told of that revision again. */
    static final class DuplicateOnResume extends Defect {
        @Override
        Engine engine(Engine right) {
            return Front.of(right, (method, arguments, call) -> {
                Object start = call.with(arguments);
                boolean repeats = method.equals("after")
                        && start instanceof WatchStart.After after
                        && after.position() > ((Workspace) arguments[0]).floor();
                return repeats ? new WatchStart.After(((WatchStart.After) start).position() - 1) : start;
            });
        }
    }

    /** A bookmark that is asked for is given at once, whatever is still on its way. */
    static final class EarlyBookmark extends Defect {
        @Override
        Engine engine(Engine right) {
            return Front.of(right, (method, arguments, call) -> {
                Object result = call.with(arguments);
                if (method.equals("watch") && ((WatchSpec) arguments[0]).scope() instanceof Scope.OneWorkspace scope) {
                    WatchSink sink = (WatchSink) arguments[1];
                    Executor loop = (Executor) arguments[2];
                    return new Early(
                            (Subscription) result,
                            () -> loop.execute(() -> {
                                Workspace workspace = right.workspaces().byId(scope.workspaceId());
                                if (workspace != null && sink.isReady() && !((Watcher) sink).over()) {
                                    sink.bookmark(workspace.revision(), false);
                                }
                            }));
                }
                return result;
            });
        }

        private record Early(Subscription right, Runnable bookmark) implements Subscription {
            @Override
            public void ready() {
                right.ready();
            }

            @Override
            public void requestBookmark() {
                bookmark.run();
            }

            @Override
            public void cancel() {
                right.cancel();
            }
        }
    }

    /** Whoever goes on at the floor is not told of a deletion right above it. */
    static final class MissingDeleteAtCompaction extends Defect {
        private @Nullable Heads heads;

        @Override
        Heads heads(Heads right) {
            heads = right;
            return right;
        }

        @Override
        History history(History right) {
            return new ForwardingHistory(right) {
                @Override
                public Log log(Scope scope, long afterExclusive, long throughInclusive, int maxRows) {
                    Log log = super.log(scope, afterExclusive, throughInclusive, maxRows);
                    return scope instanceof Scope.OneWorkspace && floor(scope.workspaceId()) == afterExclusive
                            ? new Log(without(log.changes(), afterExclusive + 1), log.reached())
                            : log;
                }
            };
        }

        private long floor(long workspaceId) {
            long floor = heads == null ? 0 : heads.floor(workspaceId);
            return floor == 0 ? -1 : floor;
        }

        private static List<ChangeView> without(List<ChangeView> changes, long revision) {
            return changes.stream()
                    .filter(change -> change.revision() != revision || change.kind() != ChangeKind.DELETED)
                    .toList();
        }
    }

    /** A workspace is taken to lie below every other whose path its own begins with. */
    static final class PrefixWithoutSeparator extends Defect {
        private @Nullable Engine engine;

        @Override
        Engine engine(Engine right) {
            engine = right;
            return right;
        }

        @Override
        Heads heads(Heads right) {
            return new ForwardingHeads(right) {
                @Override
                public @Nullable Place place(long workspaceId) {
                    Place place = super.place(workspaceId);
                    return place == null || engine == null ? place : longer(place, engine);
                }
            };
        }

        private static Place longer(Place place, Engine engine) {
            List<Long> lineage = new ArrayList<>();
            for (int i = 0; i < place.depth(); i++) {
                lineage.add(place.ancestor(i));
            }
            engine.workspaces().below(WorkspacePath.ROOT, true, "", 100).stream()
                    .filter(each -> place.path().startsWith(each.path().text()) && !lineage.contains(each.id()))
                    .forEach(each -> lineage.add(1, each.id()));
            return new Place(
                    place.path(), lineage.stream().mapToLong(Long::longValue).toArray());
        }
    }

    /** Quotas are judged when a request comes, against what is there by then. */
    static final class QuotaOutsideApply extends Defect {
        private final Map<Long, Quota> quotas = new HashMap<>();

        @Override
        Engine engine(Engine right) {
            return Front.of(right, (method, arguments, call) -> switch (method) {
                case "updateWorkspace" -> update(right, (WorkspacePath) arguments[0], (WorkspaceUpdate) arguments[1]);
                case "write" -> {
                    ObjectWrites wishes = arguments[0] instanceof ObjectWrite one
                            ? ObjectWrites.of(one)
                            : (ObjectWrites) arguments[0];
                    int creations = (int) wishes.list().stream()
                            .filter(each ->
                                    each.verb() == ObjectWrite.Verb.CREATE || each.verb() == ObjectWrite.Verb.APPLY)
                            .count();
                    Workspace workspace = right.workspaces().byId(wishes.workspaceId());
                    yield hasRoom(workspace, creations) ? call.with(arguments) : exceeded();
                }
                case "createWorkspace" -> {
                    WorkspacePath parent =
                            ((WorkspacePath) arguments[0]).parent().orElse(WorkspacePath.ROOT);
                    yield hasRoom(right.workspaces().find(parent), 1) ? call.with(arguments) : exceeded();
                }
                default -> call.with(arguments);
            });
        }

        private CompletionStage<Workspace> update(Engine right, WorkspacePath path, WorkspaceUpdate update) {
            Long objects = update.objectQuota();
            WorkspaceUpdate rest =
                    new WorkspaceUpdate(update.retentionAge(), update.retentionBytes(), null, null, null, null);
            long id = right.workspaces().at(path).id();
            return right.updateWorkspace(path, rest).thenApply(done -> {
                if (objects != null) {
                    quotas.put(id, new Quota(objects, 0));
                }
                return done;
            });
        }

        private boolean hasRoom(@Nullable Workspace workspace, int more) {
            Quota quota = workspace == null ? Quota.UNLIMITED : quotas.getOrDefault(workspace.id(), Quota.UNLIMITED);
            return workspace == null || quota.objects() == 0 || workspace.objects() + more <= quota.objects();
        }

        private static CompletionStage<Object> exceeded() {
            return CompletableFuture.failedStage(
                    RefusedException.because(Reason.QUOTA_EXCEEDED, "there is no room left"));
        }
    }
}
