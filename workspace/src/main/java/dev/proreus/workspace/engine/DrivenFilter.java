package dev.proreus.workspace.engine;

import dev.proreus.workspace.Selectable;
import dev.proreus.workspace.Term;
import dev.proreus.workspace.agent.Claim;
import dev.proreus.workspace.agent.ClaimTable;
import dev.proreus.workspace.watch.WatchFilter;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Wants what a claim drives, given all claims on the type: the objects that it covers and no more specific one does. It
 * holds no other claims than those, so that it stays equal, and its watch undisturbed, where agents that could never
 * take anything from this one come and go.
 *
 * @param claim the claim
 * @param assignmentField path of the type's assignment field; empty where it has none
 * @param held whether an agent holds it
 * @param byName the claims by name that go before it
 * @param byAssignment the claims by assignment that go before it
 */
record DrivenFilter(Claim claim, String assignmentField, boolean held, Set<Claim> byName, Set<Claim> byAssignment)
        implements WatchFilter {
    /** Returns the filter of a claim among the others on its type. */
    static DrivenFilter of(Claim claim, String assignmentField, ClaimTable table) {
        boolean held = table.holder(claim) != null;
        return switch (claim.kind()) {
            case NAME -> new DrivenFilter(claim, assignmentField, held, Set.of(), Set.of());
            case ASSIGNMENT -> new DrivenFilter(claim, assignmentField, held, table.all(Claim.Kind.NAME), Set.of());
            case WHOLE_TYPE ->
                new DrivenFilter(
                        claim, assignmentField, held, table.all(Claim.Kind.NAME), table.all(Claim.Kind.ASSIGNMENT));
        };
    }

    /**
     * Returns whether the filter of a claim at a revision was that of today.
     *
     * @param freed the newest revision at which any claim was given up
     */
    static boolean isAsAt(long revision, Claim claim, ClaimTable table, long freed) {
        Long since = table.since(claim);
        boolean heldAllTheTime = since != null && since <= revision;
        boolean othersStayed = switch (claim.kind()) {
            case NAME -> true;
            case ASSIGNMENT -> Math.max(freed, table.newestOf(Claim.Kind.NAME)) <= revision;
            case WHOLE_TYPE ->
                Math.max(freed, Math.max(table.newestOf(Claim.Kind.NAME), table.newestOf(Claim.Kind.ASSIGNMENT)))
                        <= revision;
        };
        return heldAllTheTime && othersStayed;
    }

    @Override
    public @Nullable String name() {
        return claim.kind() == Claim.Kind.NAME ? claim.value() : null;
    }

    @Override
    public List<Term> terms() {
        return claim.kind() == Claim.Kind.ASSIGNMENT
                ? List.of(new Term(Term.Kind.FIELD, assignmentField, claim.value()))
                : List.of();
    }

    @Override
    public boolean matches(Selectable state) {
        String assignment = state.field(assignmentField);
        return held
                && claim.covers(state.name(), assignment)
                && !taken(byName, Claim.Kind.NAME, state.name())
                && !taken(byAssignment, Claim.Kind.ASSIGNMENT, assignment);
    }

    private boolean taken(Set<Claim> others, Claim.Kind kind, @Nullable String value) {
        return value != null && !others.isEmpty() && others.contains(new Claim(claim.typeId(), kind, value));
    }
}
