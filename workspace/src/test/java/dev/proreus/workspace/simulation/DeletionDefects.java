package dev.proreus.workspace.simulation;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.proreus.v1.WatchResponse;
import dev.proreus.workspace.Reason;
import dev.proreus.workspace.RefusedException;
import dev.proreus.workspace.engine.Engine;
import dev.proreus.workspace.store.StoreBatch;
import dev.proreus.workspace.store.Table;
import dev.proreus.workspace.store.keys.Keys;
import dev.proreus.workspace.store.rows.WorkspaceRow;
import dev.proreus.workspace.tree.Workspace;
import dev.proreus.workspace.watch.WatchMessage;
import dev.proreus.workspace.watch.WatchSink;
import dev.proreus.workspace.watch.WatchSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Ways to be wrong about what goes with a workspace that is deleted. */
final class DeletionDefects {
    private DeletionDefects() {}

    /** Watches over a subtree are never told that a workspace in it has ended. */
    static final class EndNotTold extends Defect {
        @Override
        Engine engine(Engine right) {
            return watching(right, call -> new Forwarding(call.sink) {
                @Override
                public void events(WatchMessage message) {
                    List<ByteString> events = new ArrayList<>();
                    List<String> workspaces = new ArrayList<>();
                    for (int i = 0; i < message.workspaces().size(); i++) {
                        if (!isEnd(message.events().get(i))) {
                            events.add(message.events().get(i));
                            workspaces.add(message.workspaces().get(i));
                        }
                    }
                    boolean whole = events.size() == message.events().size()
                            || message.workspaces().isEmpty();
                    if (whole) {
                        forward(message);
                    } else if (!events.isEmpty() || message.hasBookmark()) {
                        forward(new WatchMessage(events, workspaces, message.bookmark()));
                    }
                }
            });
        }

        private static boolean isEnd(ByteString event) {
            try {
                return WatchResponse.parseFrom(event)
                        .getEvents(0)
                        .getDeleted()
                        .getKind()
                        .equals("Workspace");
            } catch (InvalidProtocolBufferException e) {
                throw new IllegalStateException("the engine sent what is no event", e);
            }
        }
    }

    /** A deletion skips those below: watches of a workspace that goes with the one above it never end. */
    static final class ChildSkipped extends Defect {
        @Override
        Engine engine(Engine right) {
            return watching(right, call -> {
                Workspace workspace = right.workspaces().byId(call.spec.workspaceId());
                long above = workspace == null || workspace.place().depth() < 3
                        ? 0
                        : workspace.place().ancestor(1);
                return new Forwarding(call.sink) {
                    @Override
                    public void ended(RuntimeException why) {
                        boolean deleted =
                                why instanceof RefusedException refused && refused.reason() == Reason.WORKSPACE_DELETED;
                        if (!deleted || above == 0 || right.workspaces().byId(above) != null) {
                            super.ended(why);
                        }
                    }
                };
            });
        }
    }

    /** A watch that is asked for. */
    private record Call(WatchSpec spec, WatchSink sink) {}

    private static Engine watching(Engine right, Function<Call, WatchSink> sinks) {
        return Front.of(right, (method, arguments, call) -> {
            if (method.equals("watch")) {
                Call asked = new Call((WatchSpec) arguments[0], (WatchSink) arguments[1]);
                return call.with(arguments[0], sinks.apply(asked), arguments[2]);
            }
            return call.with(arguments);
        });
    }

    /** The objects of a workspace that went with the one above it are never reclaimed. */
    static final class ChildKept extends Defect {
        private static final Keys KEYS = Keys.ofShard(0);

        @Override
        DiskStore mount(Disk disk, Actors actors) {
            return new DiskStore(disk, actors) {
                @Override
                public void writeUnsynced(StoreBatch deletes) {
                    StoreBatch kept = new StoreBatch();
                    for (StoreBatch.Operation each : deletes) {
                        if (each.table() != Table.HEAD || !isBelow(each.key())) {
                            kept.delete(each.table(), each.key());
                        }
                    }
                    super.writeUnsynced(kept);
                }

                private boolean isBelow(byte[] key) {
                    byte[] row = live().get(
                                    Table.META,
                                    KEYS.workspace(Keys.parseHead(key).workspaceId()));
                    return row != null && WorkspaceRow.decode(row).life() instanceof WorkspaceRow.Active;
                }
            };
        }
    }
}
