package dev.proreus.workspace.simulation;

import com.google.protobuf.ByteString;
import dev.proreus.guarantees.Answer;
import dev.proreus.guarantees.Key;
import dev.proreus.guarantees.Operation;
import dev.proreus.guarantees.State;
import dev.proreus.workspace.canonical.MetaSections;
import dev.proreus.workspace.canonical.ObjectSections;
import dev.proreus.workspace.canonical.StatusSections;
import dev.proreus.workspace.canonical.StructWriter;
import dev.proreus.workspace.commit.Fence;
import dev.proreus.workspace.commit.ObjectWrite;
import dev.proreus.workspace.commit.ObjectWrites;
import dev.proreus.workspace.commit.Receipt;
import dev.proreus.workspace.commit.Written;
import dev.proreus.workspace.tree.Workspace;
import dev.proreus.workspace.type.TypeDefinition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What clients write, and what they are told of it. */
final class Writes {
    private static final List<String> AGENTS = List.of("x", "y", "xy");
    private static final List<String> TIERS = List.of("gold", "gol");
    private static final List<String> FINALIZERS = List.of("example.com/keep");
    private static final Set<String> JUDGED_ANEW = Set.of(
            "ALREADY_EXISTS",
            "OBJECT_NOT_FOUND",
            "RESOURCE_VERSION_CONFLICT",
            "UID_MISMATCH",
            "QUOTA_EXCEEDED",
            "NOT_DRIVER",
            "SUPERSEDED");
    private static final int REMEMBERED = 8;

    private final World world;
    private final Map<Key, State> newest = new HashMap<>();
    private final Map<Integer, Sent> pending = new LinkedHashMap<>();
    private final List<Sent> repeatable = new ArrayList<>();
    private int count;

    Writes(World world) {
        this.world = world;
    }

    /** A request on its way, or one that may be sent again. */
    private static final class Sent {
        final int number;
        final ObjectWrites wishes;
        final Operation asked;

        @Nullable
        Receipt receipt;

        Sent(int number, ObjectWrites wishes, Operation asked) {
            this.number = number;
            this.wishes = wishes;
            this.asked = asked;
        }
    }

    /** A wish of a client, as the engine takes it and as it is written down. */
    private record Wish(ObjectWrite write, Operation.Part part) {}

    /** Returns whether all requests have been answered. */
    boolean answered() {
        return pending.isEmpty();
    }

    void write(SplittableRandom random, int most, boolean dryRun) {
        write(world.workspaceInHand(random), random, most, dryRun, null);
    }

    /** Reports a status as an agent does. */
    void report(Workspace workspace, Fence fence, SplittableRandom random) {
        write(workspace, random, 1, false, fence);
    }

    private void write(Workspace workspace, SplittableRandom random, int most, boolean dryRun, @Nullable Fence fence) {
        TypeDefinition type = world.robots(workspace);
        if (type == null) {
            return;
        }
        Set<String> names = new LinkedHashSet<>();
        for (int i = 0; i < most; i++) {
            names.add(world.name(random));
        }
        List<Wish> list = names.stream()
                .map(name -> wish(workspace, type, name, fence, random))
                .toList();
        UUID id = random.nextInt(4) == 0 && !dryRun ? requestId() : null;
        Sent sent = send(
                new ObjectWrites(workspace.id(), list.stream().map(Wish::write).toList(), most > 1, dryRun, id),
                list.stream().map(Wish::part).toList());
        if (id != null && random.nextInt(4) == 0 && repeatable.contains(sent)) {
            repeat(sent);
        }
    }

    private Sent send(ObjectWrites wishes, List<Operation.Part> parts) {
        long now = world.scribe().now();
        Operation asked = new Operation(0, now, now, wishes.dryRun(), parts, new Answer.Unknown());
        Sent sent = new Sent(++count, wishes, asked);
        world.trace().note("w" + count + " asks " + sent.asked);
        pending.put(sent.number, sent);
        if (wishes.requestId() != null) {
            remember(sent);
        }
        send(sent);
        return sent;
    }

    /** Has a request repeated, until it is answered so that this would be another one; it may be at once. */
    private void remember(Sent sent) {
        repeatable.add(sent);
        if (repeatable.size() > REMEMBERED) {
            repeatable.remove(0);
        }
    }

    /** Takes the finalizers of an object away, and leaves the rest as it was read. */
    void finish(Workspace workspace, TypeDefinition type, ObjectSections object) {
        String name = object.metadata().name();
        long version = object.metadata().resourceVersion();
        ByteString spec = object.spec();
        MetaSections metadata = MetaSections.EMPTY.withLabels(object.metadata().labelMap());
        ObjectWrite write = new ObjectWrite(
                ObjectWrite.Verb.UPDATE,
                workspace.id(),
                type.id(),
                type.version(),
                name,
                new ObjectSections("", "", metadata, spec, null),
                "",
                version,
                "client",
                true,
                null);
        Key key = new Key(world.name(workspace), World.TYPE, name);
        long digest = spec == null ? 0 : Scribe.digest(spec);
        send(ObjectWrites.of(write), List.of(new Operation.Part(Operation.Verb.UPDATE, key, "", version, digest)));
    }

    private void send(Sent sent) {
        Life life = world.life();
        var unused = world.engine().write(sent.wishes).whenComplete((receipt, failure) -> {
            if (life.alive()) {
                answered(sent, receipt, failure);
            }
        });
    }

    private void answered(Sent sent, @Nullable Receipt receipt, @Nullable Throwable failure) {
        pending.remove(sent.number);
        sent.receipt = receipt;
        Answer answer = receipt == null ? refused(sent, failure) : wrote(sent, receipt);
        boolean unsure = answer instanceof Answer.Unknown;
        Fence fence = sent.wishes.list().get(0).fence();
        if (fence != null && changed(receipt)) {
            world.agents().reported(fence, sent.asked);
        }
        record(sent, answer);
        if (!unsure && !changed(receipt)) {
            repeatable.remove(sent);
        }
    }

    private static boolean changed(@Nullable Receipt receipt) {
        return receipt != null && receipt.list().stream().anyMatch(each -> each.outcome() != Written.Outcome.UNCHANGED);
    }

    private void record(Sent sent, Answer answer) {
        Operation asked = sent.asked;
        world.trace().note("w" + sent.number + " is told " + answer);
        world.scribe()
                .recording()
                .add(new Operation(0, asked.called(), world.scribe().now(), asked.dryRun(), asked.parts(), answer));
    }

    private Answer refused(Sent sent, @Nullable Throwable failure) {
        String reason = failure == null ? "" : world.refusal(failure, sent.asked.toString());
        return reason.isEmpty() ? new Answer.Unknown() : new Answer.Refused(reason);
    }

    private Answer wrote(Sent sent, Receipt receipt) {
        List<Answer.Effect> effects = new ArrayList<>();
        for (int i = 0; i < receipt.list().size(); i++) {
            Written written = receipt.list().get(i);
            Key key = sent.asked.parts().get(i).key();
            State state = world.scribe().state(key.workspace(), key.type(), written.object());
            effects.add(new Answer.Effect(Scribe.what(written.outcome()), state));
            if (sent.asked.dryRun()) {
                continue;
            }
            if (written.outcome() == Written.Outcome.DELETED) {
                newest.remove(key);
            } else {
                newest.put(key, state);
            }
        }
        boolean one = receipt.list().size() == 1;
        return new Answer.Wrote(one ? receipt.list().get(0).revision() : receipt.revision(), effects);
    }

    /** Sends a request again; it must be told what it was told first, and is not written down as another one. */
    void repeat(SplittableRandom random) {
        if (repeatable.isEmpty()) {
            return;
        }
        repeat(World.one(repeatable, random));
    }

    private void repeat(Sent first) {
        if (world.engine().workspaces().byId(first.wishes.workspaceId()) == null) {
            return;
        }
        Life life = world.life();
        world.trace().note("w" + first.number + " is asked again");
        var unused = world.engine().write(first.wishes).whenComplete((receipt, failure) -> {
            if (life.alive()) {
                repeated(first, receipt, failure);
            }
        });
    }

    private void repeated(Sent first, @Nullable Receipt receipt, @Nullable Throwable failure) {
        String reason = failure == null ? "" : world.refusal(failure, "a repeat of " + first.asked);
        world.trace().note("w" + first.number + " is told again " + (receipt == null ? reason : receipt.revision()));
        Receipt before = first.receipt;
        if (receipt == null) {
            if (changed(before) && JUDGED_ANEW.contains(reason)) {
                world.violated("RequestIds", "a repeat of " + first.asked, "the first answer", reason);
            }
            return;
        }
        if (!changed(before)) {
            // Nothing is remembered of what changed nothing: the repeat was judged anew.
            first.receipt = receipt;
        } else if (before != null && (!receipt.repeated() || receipt.revision() != before.revision())) {
            world.violated(
                    "RequestIds",
                    "a repeat of " + first.asked,
                    "what was answered first, at revision " + before.revision(),
                    (receipt.repeated() ? "" : "another write, ") + "at revision " + receipt.revision());
        }
    }

    /** Takes note that nobody will answer any more. */
    void broken() {
        List<Sent> lost = new ArrayList<>(pending.values());
        pending.clear();
        lost.forEach(sent -> record(sent, new Answer.Unknown()));
    }

    private UUID requestId() {
        long millis = world.clock().instant().toEpochMilli();
        return new UUID(millis << 16 | 0x7000L, 0x8000_0000_0000_0000L | count);
    }

    private Wish wish(
            Workspace workspace, TypeDefinition type, String name, @Nullable Fence fence, SplittableRandom random) {
        Key key = new Key(world.name(workspace), World.TYPE, name);
        State known = newest.get(key);
        Operation.Verb verb = fence == null ? verb(known, random) : Operation.Verb.UPDATE_STATUS;
        boolean hasSpec = verb != Operation.Verb.UPDATE_STATUS && verb != Operation.Verb.DELETE;
        ByteString spec = hasSpec ? spec(random) : null;
        boolean conditional = verb == Operation.Verb.UPDATE || random.nextInt(4) == 0;
        State asked = conditional && verb != Operation.Verb.CREATE ? known : null;
        String uid = asked != null && random.nextBoolean() ? asked.uid() : "";
        long version = asked != null ? asked.resourceVersion() : verb == Operation.Verb.UPDATE ? 1 : 0;
        ObjectSections sections = hasSpec
                ? new ObjectSections("", "", metadata(verb, random), spec, null)
                : verb == Operation.Verb.DELETE ? null : status(random);
        ObjectWrite write = new ObjectWrite(
                ObjectWrite.Verb.valueOf(verb.name()),
                workspace.id(),
                type.id(),
                type.version(),
                name,
                sections,
                uid,
                version,
                "client",
                true,
                fence);
        long digest = spec == null ? 0 : Scribe.digest(spec);
        return new Wish(write, new Operation.Part(verb, key, uid, version, digest));
    }

    private static Operation.Verb verb(@Nullable State known, SplittableRandom random) {
        int dice = random.nextInt(20);
        if (known == null && dice < 17) {
            return Operation.Verb.CREATE;
        }
        return switch (dice / 4) {
            case 0 -> dice == 0 ? Operation.Verb.CREATE : Operation.Verb.UPDATE;
            case 1 -> Operation.Verb.UPDATE;
            case 2 -> Operation.Verb.UPDATE_STATUS;
            case 3 -> Operation.Verb.APPLY;
            default -> Operation.Verb.DELETE;
        };
    }

    /** Returns a spec: one that is used once mostly, so that it shows where it came from. */
    private ByteString spec(SplittableRandom random) {
        Map<String, Object> spec = new HashMap<>();
        spec.put("value", random.nextInt(8) == 0 ? "same" : "v" + count + "-" + random.nextInt(1_000_000));
        if (random.nextInt(3) > 0) {
            spec.put("agent", World.one(AGENTS, random));
        }
        return StructWriter.write(spec);
    }

    private static MetaSections metadata(Operation.Verb verb, SplittableRandom random) {
        MetaSections metadata = MetaSections.EMPTY;
        if (random.nextBoolean()) {
            metadata = metadata.withLabels(Map.of("tier", World.one(TIERS, random)));
        }
        boolean keeps = verb == Operation.Verb.CREATE && random.nextInt(6) == 0;
        return keeps ? metadata.withFinalizers(FINALIZERS) : metadata;
    }

    private static ObjectSections status(SplittableRandom random) {
        ByteString body = StructWriter.write(Map.of("seen", "s" + random.nextInt(20)));
        return new ObjectSections(
                "", "", MetaSections.EMPTY, null, new StatusSections(body, OptionalLong.empty(), List.of()));
    }
}
