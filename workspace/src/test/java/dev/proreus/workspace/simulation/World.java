package dev.proreus.workspace.simulation;

import dev.proreus.guarantees.Violation;
import dev.proreus.workspace.Reason;
import dev.proreus.workspace.RefusedException;
import dev.proreus.workspace.WorkspacePath;
import dev.proreus.workspace.canonical.MetaSections;
import dev.proreus.workspace.canonical.ObjectSections;
import dev.proreus.workspace.canonical.StructWriter;
import dev.proreus.workspace.commit.ObjectWrite;
import dev.proreus.workspace.engine.Engine;
import dev.proreus.workspace.store.keys.Keys;
import dev.proreus.workspace.tree.Workspace;
import dev.proreus.workspace.type.SystemTypes;
import dev.proreus.workspace.type.TypeDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionException;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What all of a simulation share: the disk, the clock, who writes down, and the process as long as it lives. */
final class World {
    static final String TYPE = "robots";

    private static final Keys KEYS = Keys.ofShard(0);
    private static final Map<String, Object> NAMES = Map.of("plural", TYPE, "singular", "robot", "kind", "Robot");

    /** Workspaces at most: few enough that things meet. */
    private static final int WORKSPACES = 100;

    private final Plan plan;
    private final Defect defect;
    private final Disk disk = new Disk();
    private final SimulatedClock clock = new SimulatedClock();
    private final Trace trace = new Trace();
    private final Scribe scribe = new Scribe();
    private final List<Violation> violations = new ArrayList<>();
    private final Writes writes = new Writes(this);
    private final Reads reads = new Reads(this);
    private final Watches watches = new Watches(this);
    private final Tenants tenants = new Tenants(this);
    private final Removals removals = new Removals(this);
    private final WorkspaceNames names = new WorkspaceNames();
    private final Agents agents = new Agents(this);
    private Life life;
    private int lives;

    World(Plan plan, Defect defect) {
        this.plan = plan;
        this.defect = defect;
        this.life = begin(null);
    }

    private Life begin(DiskStore.@Nullable Fault fault) {
        return new Life(plan, lives++, disk, clock, defect, fault);
    }

    /**
     * Starts the process again, which has ended.
     *
     * @param fault what the disk does meanwhile; null where it works
     */
    void reborn(DiskStore.@Nullable Fault fault) {
        life = begin(fault);
    }

    /** Takes note that the process is no more: nobody answers, and all watches have ended. */
    void broken() {
        writes.broken();
        reads.broken();
        watches.broken();
        tenants.broken();
        removals.broken();
        agents.broken();
    }

    /**
     * Defines what is written, for all workspaces, or defines it anew.
     *
     * @param selectable which fields can be selected by, beside the one that assigns
     */
    void define(List<String> selectable) {
        define(workspaces().get(0), TYPE, NAMES, selectable);
    }

    /** Defines in a workspace what is never written there: it goes with the workspace. */
    void defineIn(Workspace workspace) {
        define(workspace, "docks", Map.of("plural", "docks", "singular", "dock", "kind", "Dock"), List.of());
    }

    private void define(Workspace workspace, String plural, Map<String, Object> called, List<String> selectable) {
        Map<String, Object> definition = Map.of(
                "group",
                "fleet.example.com",
                "names",
                called,
                "inherit",
                true,
                "assignmentField",
                Scribe.AGENT,
                "selectableFields",
                selectable,
                "versions",
                List.of(Map.of("name", "v1")));
        trace.note("define " + plural + " in " + workspace.path() + " " + selectable);
        var unused = engine().write(new ObjectWrite(
                ObjectWrite.Verb.APPLY,
                workspace.id(),
                SystemTypes.RESOURCE_TYPES.id(),
                SystemTypes.RESOURCE_TYPES.version(),
                plural + ".fleet.example.com",
                new ObjectSections("", "", MetaSections.EMPTY, StructWriter.write(definition), null),
                "",
                0,
                "client",
                true,
                null));
    }

    Writes writes() {
        return writes;
    }

    Reads reads() {
        return reads;
    }

    Watches watches() {
        return watches;
    }

    Tenants tenants() {
        return tenants;
    }

    Removals removals() {
        return removals;
    }

    Agents agents() {
        return agents;
    }

    Keys keys() {
        return KEYS;
    }

    Plan plan() {
        return plan;
    }

    Defect defect() {
        return defect;
    }

    Disk disk() {
        return disk;
    }

    SimulatedClock clock() {
        return clock;
    }

    Trace trace() {
        return trace;
    }

    Scribe scribe() {
        return scribe;
    }

    Life life() {
        return life;
    }

    Engine engine() {
        return life.engine();
    }

    List<Violation> violations() {
        return violations;
    }

    /** Takes note of something that no validator sees. */
    void violated(String guarantee, String where, String expected, String seen) {
        violations.add(new Violation(guarantee, where, 0, expected, seen));
    }

    /** Returns the workspaces, in the order of their paths. */
    List<Workspace> workspaces() {
        return engine().workspaces().below(WorkspacePath.ROOT, true, "", WORKSPACES);
    }

    /** Returns one of the workspaces, more often one of the first, so that things meet. */
    Workspace workspace(RandomGenerator random) {
        List<Workspace> all = workspaces();
        return random.nextInt(3) == 0 ? one(all, random) : all.get(random.nextInt(1 + random.nextInt(all.size())));
    }

    /** Returns one of the workspaces, or now and then one that has gone meanwhile, as a client has it in hand. */
    Workspace workspaceInHand(SplittableRandom random) {
        Workspace gone = random.nextInt(12) == 0 ? removals.lately(random) : null;
        return gone == null ? workspace(random) : gone;
    }

    /** Returns what the recording calls a workspace. */
    String name(Workspace workspace) {
        return names.of(workspace, this);
    }

    WorkspaceNames workspaceNames() {
        return names;
    }

    String name(RandomGenerator random) {
        return "r".repeat(1 + random.nextInt(plan.names()));
    }

    /** Returns all names of objects. */
    List<String> names() {
        return IntStream.rangeClosed(1, plan.names()).mapToObj("r"::repeat).toList();
    }

    /** Returns the type of robots; null where it was lost. */
    @Nullable
    TypeDefinition robots(Workspace workspace) {
        try {
            return engine().types().resolve(workspace, TYPE);
        } catch (RefusedException e) {
            return null;
        }
    }

    /** Returns why something was refused; empty where it failed, of which a reason is asked for. */
    String refusal(Throwable thrown, String what) {
        Throwable cause =
                thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        if (cause instanceof RefusedException refused) {
            Reason reason = refused.reason();
            return reason == Reason.OUTCOME_UNKNOWN ? "" : reason.name();
        }
        if (!life.faulty()) {
            violated("Typed", what, "an answer or a refusal", cause.toString());
        }
        return "";
    }

    static <T> T one(List<T> of, RandomGenerator random) {
        return of.get(random.nextInt(of.size()));
    }
}
