package dev.proreus.workspace.simulation;

import dev.proreus.guarantees.Answer;
import dev.proreus.guarantees.Key;
import dev.proreus.guarantees.Lifetime;
import dev.proreus.guarantees.Operation;
import dev.proreus.guarantees.State;
import dev.proreus.workspace.WorkspacePath;
import dev.proreus.workspace.engine.ObjectPage;
import dev.proreus.workspace.engine.ObjectRead;
import dev.proreus.workspace.select.Selector;
import dev.proreus.workspace.tree.Workspace;
import dev.proreus.workspace.type.TypeDefinition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What clients read, and what they are told. */
final class Reads {
    private static final int OPEN_LISTS = 4;

    private final World world;
    private final List<Listing> unfinished = new ArrayList<>();
    private final Map<Integer, Operation> pending = new LinkedHashMap<>();
    private int count;

    Reads(World world) {
        this.world = world;
    }

    /**
     * A list that is read page by page.
     *
     * @param own whether the token is of the workspace that is asked
     */
    private record Listing(Key key, String labels, long at, int size, String token, boolean own) {
        Listing next(String nextToken) {
            return new Listing(key, labels, at, size, nextToken, true);
        }

        /** Returns the same, asked of the workspace that is there now, which may be another one. */
        Listing in(String workspace) {
            Key there = new Key(workspace, key.type(), key.name());
            return new Listing(there, labels, at, size, token, there.equals(key));
        }
    }

    boolean answered() {
        return pending.isEmpty();
    }

    void get(SplittableRandom random) {
        Workspace workspace = world.workspaceInHand(random);
        TypeDefinition type = world.robots(workspace);
        if (type == null) {
            return;
        }
        Key key = new Key(world.name(workspace), World.TYPE, world.name(random));
        long at = at(workspace, random);
        ask(
                Operation.Verb.GET,
                key,
                at,
                () -> world.engine().get(workspace, type, key.name(), at),
                read -> read(key, read));
    }

    private Answer read(Key key, ObjectRead read) {
        return new Answer.Read(read.revision(), state(key, read));
    }

    private State state(Key key, ObjectRead read) {
        return world.scribe().state(key.workspace(), key.type(), read.state().object());
    }

    private static long at(Workspace workspace, SplittableRandom random) {
        long head = workspace.revision();
        return random.nextInt(3) > 0 || head == 0 ? 0 : Math.max(1, head - random.nextLong(Math.min(head, 10)));
    }

    void list(SplittableRandom random) {
        if (!unfinished.isEmpty() && random.nextBoolean()) {
            Listing listing = unfinished.remove(random.nextInt(unfinished.size()));
            Workspace same = world.engine().workspaces().find(path(listing.key()));
            if (same != null) {
                list(same, listing.in(world.name(same)));
            }
            return;
        }
        Workspace workspace = world.workspaceInHand(random);
        Key key = new Key(world.name(workspace), World.TYPE, "");
        String labels = random.nextInt(4) == 0 ? "tier=gold" : "";
        list(workspace, new Listing(key, labels, at(workspace, random), 1 + random.nextInt(4), "", true));
    }

    /** Lists everything in a workspace as it is. */
    void listAll(Workspace workspace) {
        list(workspace, new Listing(new Key(world.name(workspace), World.TYPE, ""), "", 0, 0, "", true));
    }

    private static WorkspacePath path(Key key) {
        return WorkspacePath.parse(Lifetime.path(key.workspace()));
    }

    private void list(Workspace workspace, Listing listing) {
        TypeDefinition type = world.robots(workspace);
        if (type != null) {
            Selector selector = listing.labels().isEmpty() ? Selector.EVERY : Selector.ofLabels(listing.labels());
            ask(
                    Operation.Verb.LIST,
                    listing.key(),
                    listing.at(),
                    () -> world.engine().list(workspace, type, selector, listing.at(), listing.size(), listing.token()),
                    page -> page(listing, page));
        }
    }

    private Answer page(Listing listing, ObjectPage page) {
        if (!listing.own()) {
            world.violated(
                    "Deletions", listing.toString(), "no page by a token of a workspace that is gone", "" + page);
        }
        if (!page.nextPageToken().isEmpty() && unfinished.size() < OPEN_LISTS) {
            unfinished.add(listing.next(page.nextPageToken()));
        }
        List<State> states =
                page.items().stream().map(each -> state(listing.key(), each)).toList();
        return new Answer.Page(
                page.revision(),
                states,
                listing.token(),
                page.nextPageToken(),
                listing.size(),
                0,
                !listing.labels().isEmpty());
    }

    private <R> void ask(
            Operation.Verb verb,
            Key key,
            long at,
            java.util.function.Supplier<CompletionStage<R>> call,
            Function<R, Answer> answers) {
        int number = ++count;
        long now = world.scribe().now();
        Operation asked = new Operation(
                1, now, now, false, List.of(new Operation.Part(verb, key, "", at, 0)), new Answer.Unknown());
        pending.put(number, asked);
        world.trace().note("r" + number + " asks " + asked + " at " + at);
        Life life = world.life();
        var unused = call.get().whenComplete((result, failure) -> {
            if (life.alive()) {
                pending.remove(number);
                record(number, asked, result == null ? refused(asked, failure) : answers.apply(result));
            }
        });
    }

    private Answer refused(Operation asked, @Nullable Throwable failure) {
        String reason = failure == null ? "" : world.refusal(failure, asked.toString());
        return reason.isEmpty() ? new Answer.Unknown() : new Answer.Refused(reason);
    }

    private void record(int number, Operation asked, Answer answer) {
        world.trace().note("r" + number + " is told " + answer);
        world.scribe()
                .recording()
                .add(new Operation(1, asked.called(), world.scribe().now(), false, asked.parts(), answer));
    }

    /** Takes note that nobody will answer any more. */
    void broken() {
        Map<Integer, Operation> lost = new LinkedHashMap<>(pending);
        pending.clear();
        lost.forEach((number, asked) -> record(number, asked, new Answer.Unknown()));
    }
}
