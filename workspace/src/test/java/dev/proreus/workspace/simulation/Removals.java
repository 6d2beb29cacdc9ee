package dev.proreus.workspace.simulation;

import dev.proreus.guarantees.Answer;
import dev.proreus.guarantees.Key;
import dev.proreus.guarantees.Operation;
import dev.proreus.workspace.Termination;
import dev.proreus.workspace.WorkspacePath;
import dev.proreus.workspace.canonical.ObjectSections;
import dev.proreus.workspace.commit.WorkspaceDeletion;
import dev.proreus.workspace.tree.Workspace;
import dev.proreus.workspace.type.TypeDefinition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Those who delete workspaces with all that is in them, take that back, make them again, and finish what a deletion
 * waits for.
 */
final class Removals {
    private static final int REMEMBERED = 4;

    private final World world;
    private final Map<Integer, Operation> pending = new LinkedHashMap<>();
    private final List<Ask> asks = new ArrayList<>();
    private final Deque<Workspace> lately = new ArrayDeque<>();
    private final List<Ready> ready = new ArrayList<>();
    private int count;

    Removals(World world) {
        this.world = world;
    }

    /** A deletion that somebody asked for, and did not take back. */
    static final class Ask {
        private final UUID workspace;
        private final WorkspaceDeletion how;
        private final Instant asked;
        private boolean answered;

        Ask(UUID workspace, WorkspaceDeletion how, Instant asked) {
            this.workspace = workspace;
            this.how = how;
            this.asked = asked;
        }

        boolean isOf(UUID uid) {
            return workspace.equals(uid);
        }

        boolean isForced() {
            return how.force();
        }

        /** Returns whether its grace is over. */
        boolean isOver(Instant now) {
            Duration grace = how.grace();
            return isForced() || !now.isBefore(grace == null ? asked : asked.plus(grace));
        }
    }

    /** An object that a deletion waits for, as it was read. */
    private record Ready(Workspace workspace, TypeDefinition type, ObjectSections object) {}

    List<Ask> asks() {
        return asks;
    }

    /** Returns one of the workspaces that have gone lately, as clients may still have in hand; null where none has. */
    @Nullable
    Workspace lately(SplittableRandom random) {
        return lately.isEmpty() ? null : List.copyOf(lately).get(random.nextInt(lately.size()));
    }

    void act(SplittableRandom random) {
        switch (random.nextInt(10)) {
            case 0, 1, 2, 3 -> delete(world.workspace(random), how(random));
            case 4 -> undelete(terminating(random));
            case 5, 6 -> world.tenants().createAgain(random);
            default -> finish(random);
        }
    }

    private static WorkspaceDeletion how(SplittableRandom random) {
        return switch (random.nextInt(6)) {
            case 0 -> WorkspaceDeletion.IF_EMPTY;
            case 1, 2 -> WorkspaceDeletion.after(Duration.ZERO);
            case 3 -> WorkspaceDeletion.FORCED;
            case 4 -> WorkspaceDeletion.after(Duration.ofMillis(random.nextInt(60_000)));
            default -> WorkspaceDeletion.after(Duration.ofMillis(random.nextInt(3_000)));
        };
    }

    /** Returns a workspace that is being deleted, or where none is, any. */
    private Workspace terminating(SplittableRandom random) {
        List<Workspace> all = world.workspaces().stream()
                .filter(each -> each.termination() != null)
                .toList();
        return all.isEmpty() ? world.workspace(random) : World.one(all, random);
    }

    void delete(Workspace workspace, WorkspaceDeletion how) {
        if (workspace.path().parent().isEmpty()) {
            return;
        }
        Ask ask = new Ask(workspace.uid(), how, world.clock().instant());
        asks.add(ask);
        ask(
                Operation.Verb.DELETE_WORKSPACE,
                workspace,
                how.toString(),
                world.engine().deleteWorkspace(workspace.path(), how, null),
                answer -> {
                    ask.answered = true;
                    if (answer instanceof Answer.Refused) {
                        asks.remove(ask);
                    } else if (answer instanceof Answer.Stands stands && stands.stage() == Answer.Stage.GONE) {
                        gone(workspace);
                    }
                });
    }

    private void gone(Workspace workspace) {
        lately.addFirst(workspace);
        if (lately.size() > REMEMBERED) {
            lately.removeLast();
        }
    }

    private void undelete(Workspace workspace) {
        List<Ask> before = asks.stream()
                .filter(each -> each.answered && each.isOf(workspace.uid()))
                .toList();
        ask(
                Operation.Verb.UNDELETE_WORKSPACE,
                workspace,
                "",
                world.engine().undeleteWorkspace(workspace.path()),
                answer -> {
                    if (answer instanceof Answer.Stands) {
                        asks.removeAll(before);
                    }
                });
    }

    private void ask(
            Operation.Verb verb,
            Workspace workspace,
            String how,
            CompletionStage<Workspace> call,
            Consumer<Answer> then) {
        int number = ++count;
        long now = world.scribe().now();
        Key key = new Key(world.name(workspace), "", "");
        Operation asked = new Operation(
                2, now, now, false, List.of(new Operation.Part(verb, key, "", 0, 0)), new Answer.Unknown());
        pending.put(number, asked);
        world.trace().note("d" + number + " asks " + asked + " " + how);
        Life life = world.life();
        var unused = call.whenComplete((shown, failure) -> {
            if (life.alive()) {
                pending.remove(number);
                Answer answer = shown == null ? refused(asked, failure) : new Answer.Stands(stage(shown));
                then.accept(answer);
                record(number, asked, answer);
            }
        });
    }

    private static Answer.Stage stage(Workspace shown) {
        if (shown.gone()) {
            return Answer.Stage.GONE;
        }
        return shown.termination() == null ? Answer.Stage.ACTIVE : Answer.Stage.TERMINATING;
    }

    private Answer refused(Operation asked, @Nullable Throwable failure) {
        String reason = failure == null ? "" : world.refusal(failure, asked.toString());
        return reason.isEmpty() ? new Answer.Unknown() : new Answer.Refused(reason);
    }

    private void record(int number, Operation asked, Answer answer) {
        world.trace().note("d" + number + " is told " + answer);
        world.scribe()
                .recording()
                .add(new Operation(2, asked.called(), world.scribe().now(), false, asked.parts(), answer));
    }

    /**
     * Does what an agent does about an object that a deletion waits for: looks for one, or takes its finalizers away.
     */
    private void finish(SplittableRandom random) {
        if (!ready.isEmpty()) {
            finish(ready.remove(random.nextInt(ready.size())));
            return;
        }
        List<Workspace> all = awaited();
        if (!all.isEmpty()) {
            look(World.one(all, random), world.name(random));
        }
    }

    /** Returns the workspaces with finalizers that are being deleted, by themselves or with one above. */
    private List<Workspace> awaited() {
        return world.workspaces().stream()
                .filter(each -> each.progress().own().finalizers() > 0
                        && world.engine().workspaces().termination(each) != null)
                .toList();
    }

    private void look(Workspace workspace, String name) {
        TypeDefinition type = world.robots(workspace);
        if (type == null) {
            return;
        }
        Life life = world.life();
        var unused = world.engine().get(workspace, type, name, 0).thenAccept(read -> {
            ObjectSections object = ObjectSections.decode(read.state().object());
            if (life.alive() && !object.metadata().finalizerNames().isEmpty()) {
                ready.add(new Ready(workspace, type, object));
            }
        });
    }

    private void finish(Ready object) {
        world.writes().finish(object.workspace(), object.type(), object.object());
    }

    /** Lets agents finish all that deletions wait for, some time after it was asked for. */
    void finishAll() {
        for (Workspace each : awaited()) {
            for (String name : world.names()) {
                look(each, name);
                world.life().rest(new SplittableRandom(0));
            }
        }
        List<Ready> found = List.copyOf(ready);
        ready.clear();
        found.forEach(this::finish);
    }

    /** Holds against what there is that every deletion whose grace is over has ended. */
    void requireEnds() {
        Instant now = world.clock().instant();
        for (Workspace each : world.workspaces()) {
            Termination termination = each.termination();
            if (termination != null && termination.isFinal(now)) {
                world.violated("Live", world.name(each), "its end, since its grace is over", "" + each.progress());
            }
        }
    }

    boolean answered() {
        return pending.isEmpty();
    }

    /** Makes a workspace known to be there; what made it is written down. */
    void created(WorkspacePath path, Workspace made, long called) {
        Key key = new Key(world.name(made), "", "");
        List<Operation.Part> parts = List.of(new Operation.Part(Operation.Verb.CREATE_WORKSPACE, key, "", 0, 0));
        world.trace().note(path + " is " + key.workspace());
        world.scribe()
                .recording()
                .add(new Operation(
                        2, called, world.scribe().now(), false, parts, new Answer.Stands(Answer.Stage.ACTIVE)));
    }

    /** Takes note that nobody will answer any more. */
    void broken() {
        Map<Integer, Operation> lost = new LinkedHashMap<>(pending);
        pending.clear();
        lost.forEach((number, asked) -> record(number, asked, new Answer.Unknown()));
        asks.forEach(each -> each.answered = true);
        lately.clear();
        ready.clear();
    }
}
