package dev.proreus.workspace.agent;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * The claims on one type's objects in one workspace, each with the agent that holds it. One thread changes it, any may
 * read.
 *
 * <p>A change costs the same however many claims there are. Who needs all claims of a kind at a moment gets a set that
 * never changes, made when somebody first asks after a change and the same one until the next. A set that is made while
 * claims move may be one that never was; whoever keeps it asks again when told that they moved.
 */
public final class ClaimTable {
    private final ConcurrentMap<Claim, Holding> holdings = new ConcurrentHashMap<>();
    private final Map<Claim.Kind, OfKind> kinds = new EnumMap<>(Claim.Kind.class);

    ClaimTable() {
        for (Claim.Kind kind : Claim.Kind.values()) {
            kinds.put(kind, new OfKind());
        }
    }

    /** Returns all claims of a kind. */
    public Set<Claim> all(Claim.Kind kind) {
        OfKind ofKind = of(kind);
        Snapshot known = ofKind.snapshot;
        long changes = ofKind.changes;
        if (known.changes == changes) {
            return known.claims;
        }
        Set<Claim> claims = new HashSet<>();
        for (Claim each : holdings.keySet()) {
            if (each.kind() == kind) {
                claims.add(each);
            }
        }
        Snapshot made = new Snapshot(changes, Set.copyOf(claims));
        ofKind.snapshot = made;
        return made.claims;
    }

    /** Returns a revision since which no claim of a kind was taken that is held today. */
    public long newestOf(Claim.Kind kind) {
        return of(kind).newest;
    }

    /** Returns the most specific claim on an object of type {@code typeId}, or null where none covers it. */
    public @Nullable Claim claimOn(int typeId, String name, @Nullable String assignment) {
        Claim named = new Claim(typeId, Claim.Kind.NAME, name);
        if (holdings.containsKey(named)) {
            return named;
        }
        if (assignment != null) {
            Claim assigned = new Claim(typeId, Claim.Kind.ASSIGNMENT, assignment);
            if (holdings.containsKey(assigned)) {
                return assigned;
            }
        }
        Claim whole = new Claim(typeId, Claim.Kind.WHOLE_TYPE, "");
        return holdings.containsKey(whole) ? whole : null;
    }

    /** Returns the name of the agent that drives an object, or null where no claim covers it. */
    public @Nullable String driverOf(int typeId, String name, @Nullable String assignment) {
        Claim claim = claimOn(typeId, name, assignment);
        return claim == null ? null : holder(claim);
    }

    /** Returns the name of the agent that holds a claim, or null where it is free. */
    public @Nullable String holder(Claim claim) {
        Holding holding = holdings.get(claim);
        return holding == null ? null : holding.agent;
    }

    /** Returns the revision since which a claim is held by who holds it, or null where it is free. */
    public @Nullable Long since(Claim claim) {
        Holding holding = holdings.get(claim);
        return holding == null ? null : (Long) holding.since;
    }

    /** Says that an agent holds a claim since a revision. */
    void hold(Claim claim, String agent, long since) {
        OfKind kind = of(claim.kind());
        kind.newest = Math.max(kind.newest, since);
        holdings.put(claim, new Holding(agent, since));
        kind.moved();
    }

    /** Says that a claim is free. */
    void free(Claim claim) {
        holdings.remove(claim);
        of(claim.kind()).moved();
    }

    boolean isEmpty() {
        return holdings.isEmpty();
    }

    private OfKind of(Claim.Kind kind) {
        OfKind known = kinds.get(kind);
        if (known == null) {
            throw new AssertionError(kind);
        }
        return known;
    }

    private record Holding(String agent, long since) {}

    /** All claims of a kind after so many changes. */
    private record Snapshot(long changes, Set<Claim> claims) {}

    /** What is kept of one kind: written by the one thread that changes the table, but for the snapshot. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
    private static final class OfKind {
        private volatile long changes;
        private volatile long newest;
        private volatile Snapshot snapshot = new Snapshot(0, Set.of());

        void moved() {
            changes++;
        }
    }
}
