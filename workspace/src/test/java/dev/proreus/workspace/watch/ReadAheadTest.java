package dev.proreus.workspace.watch;

import static dev.proreus.workspace.watch.HubWorld.ACME;
import static dev.proreus.workspace.watch.HubWorld.after;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proreus.workspace.ChangeView;
import dev.proreus.workspace.History;
import dev.proreus.workspace.Instrumentation;
import dev.proreus.workspace.Scope;
import dev.proreus.workspace.Selectable;
import dev.proreus.workspace.Term;
import dev.proreus.workspace.TermHashes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Bodies that watches read in history are read together, and those that none of them reads are left alone. */
class ReadAheadTest {
    private final HubWorld world = HubWorld.roomy();
    private final List<String> ahead = new ArrayList<>();
    private boolean manyTerms;

    ReadAheadTest() {
        world.model().chunks(100, 2);
        world.commit(Write.assign("a", "x"), Write.assign("b", "y"), Write.assign("c", "y"));
        world.commit(Write.assign("d", "x").ofType(Write.DOCKS));
        world.commit(Write.assign("a", "y"));
        world.commit(Write.assign("c", "x"));
        world.commit(Write.assign("c", null));
    }

    @Test
    void forWhoIsFoundByATermAreThoseThatHoldItOrDid() {
        watch(WatchMode.EVERY, new Filters.Assigned("x"));
        assertThat(ahead).containsExactly("a@1", "a@3", "c@4", "c@5");
    }

    @Test
    void forWhoIsFoundByNothingAreAllOfItsType() {
        watch(WatchMode.EVERY, new Filters.Rest(Set.of("y")));
        assertThat(ahead).containsExactly("a@1", "b@1", "c@1", "a@3", "c@4", "c@5");
    }

    @Test
    void forWhoNeedsTwoTermsAreThoseThatMayHoldBoth() {
        watch(WatchMode.EVERY, new BothTerms());
        assertThat(ahead).isEmpty();
    }

    @Test
    void areThoseOfItsTypeWhoseTermsAreTooManyToTell() {
        manyTerms = true;
        watch(WatchMode.EVERY, new Filters.Assigned("z"));
        assertThat(ahead).containsExactly("a@1", "b@1", "c@1", "a@3", "c@4", "c@5");
    }

    @Test
    void areNoneForAPassWhichReadsFewInTheEnd() {
        watch(WatchMode.LATEST, new Filters.Assigned("x"));
        assertThat(ahead).isEmpty();
    }

    @Test
    void isNotOneAlone() {
        world.commit(Write.assign("b", "z"));
        watch(WatchMode.EVERY, new Filters.Assigned("z"));
        assertThat(ahead).isEmpty();
    }

    private void watch(WatchMode mode, WatchFilter filter) {
        ModelStore model = world.model();
        History history = Views.of(
                History.class,
                model,
                Map.of(
                        "log",
                        Views.log(model, change -> manyTerms ? withManyTerms(change) : change),
                        "readAhead",
                        args -> {
                            for (Object change : (List<?>) args[0]) {
                                ahead.add(((ChangeView) change).name() + "@" + ((ChangeView) change).revision());
                            }
                            return null;
                        }));
        WatchHub hub = new WatchHub(
                1 << 20, history, model, model::place, world.readers(), 1, new WatchMetrics(Instrumentation.none()));
        WatchSpec spec = new WatchSpec(
                new Scope.OneWorkspace(ACME), Write.ROBOTS, () -> filter, after(0), mode, false, false, 0);
        hub.subscribe(spec, world.sink(), world.loop());
        world.settle();
    }

    private static ChangeView withManyTerms(ChangeView change) {
        return Views.change(change, Map.of("termsNow", args -> TermHashes.ANY, "termsBefore", args -> TermHashes.ANY));
    }

    /** Wants what has an assignment and a label that nothing has. */
    private record BothTerms() implements WatchFilter {
        @Override
        public @Nullable String name() {
            return null;
        }

        @Override
        public List<Term> terms() {
            return List.of(
                    new Term(Term.Kind.FIELD, Filters.ASSIGNMENT, "x"), new Term(Term.Kind.LABEL, "color", "red"));
        }

        @Override
        public boolean matches(Selectable state) {
            return "x".equals(state.field(Filters.ASSIGNMENT)) && "red".equals(state.label("color"));
        }
    }
}
