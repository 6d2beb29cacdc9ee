package dev.proreus.workspace.watch;

import static dev.proreus.workspace.watch.HubWorld.ACME;
import static dev.proreus.workspace.watch.HubWorld.after;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proreus.workspace.Selectable;
import dev.proreus.workspace.Term;
import dev.proreus.workspace.watch.HubWorld.Watched;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The ring asks a subscription while that relies on the ring, and not before or after: else each one would cost. */
class WatchRegistrationTest {
    private static final int RING_BYTES = 12_000;
    private static final int JOIN_DISTANCE = 5;

    private final HubWorld world = new HubWorld(RING_BYTES, JOIN_DISTANCE);
    private final AtomicLong asked = new AtomicLong();
    private final Map<Kind, WatchFilter> filters = new EnumMap<>(Kind.class);
    private Kind current = Kind.REST;

    WatchRegistrationTest() {
        filters.put(Kind.NAME, new Asked("a", List.of(), asked));
        filters.put(Kind.TERM, new Asked(null, List.of(new Term(Term.Kind.FIELD, Filters.ASSIGNMENT, "x")), asked));
        filters.put(Kind.REST, new Asked(null, List.of(), asked));
    }

    @ParameterizedTest
    @EnumSource
    void untilItIsCancelled(Kind kind) {
        Watched other = watch(kind, world.sink());
        Watched watched = watch(kind, world.sink());
        assertAsked(true);

        other.subscription().cancel();
        assertAsked(true);
        watched.subscription().cancel();
        assertAsked(false);
    }

    @ParameterizedTest
    @EnumSource
    void untilTheRingHasDroppedWhatItNoted(Kind kind) {
        Watched watched = watch(kind, world.sink());
        watched.sink().grant(0);
        world.commit(Write.assign("a", "x"));
        world.loop().drain();
        for (int i = 0; i < 2 * JOIN_DISTANCE; i++) {
            world.commit(Write.large("other", 4_000));
            world.loop().drain();
        }
        watched.grant(Integer.MAX_VALUE);
        world.loop().drain();
        assertAsked(false);
        world.settle();
        assertAsked(true);
        watched.checkComplete();
    }

    @ParameterizedTest
    @EnumSource
    void untilItsLoopWasPassedOver(Kind kind) {
        Watched watched = watch(kind, world.sink());
        watched.sink().grant(0);
        for (int i = 0; i < 100; i++) {
            world.commit(Write.large("a", 500));
        }
        world.settle();
        assertAsked(false);
        watched.grant(Integer.MAX_VALUE);
        world.settle();
        assertAsked(true);
        watched.checkComplete();
    }

    @ParameterizedTest
    @EnumSource(names = {"TERM", "REST"})
    void untilClaimsMove(Kind kind) {
        current = kind;
        Watched watched = world.watch(
                HubWorld.spec(after(world.model().head(ACME)), () -> filter(current), true), List.of(), world.sink());
        world.settle();
        assertAsked(true);
        watched.sink().grant(0);
        current = kind == Kind.REST ? Kind.TERM : Kind.REST;
        world.claimsMoved();
        world.settle();
        assertAsked(false);
    }

    @Test
    void overASubtreeToo() {
        for (Kind kind : Kind.values()) {
            Watched watched = world.watchSubtree(new WatchStart.Now(), filter(kind), WatchMode.EVERY);
            world.settle();
            assertAsked(true);
            watched.subscription().cancel();
            assertAsked(false);
        }
    }

    private Watched watch(Kind kind, RecordingSink sink) {
        Watched watched = world.watch(after(world.model().head(ACME)), filter(kind), sink);
        world.settle();
        return watched;
    }

    /** Commits what each kind of filter is found by, and holds that it was asked, or not. */
    private void assertAsked(boolean expected) {
        long before = asked.get();
        world.commit(Write.assign("a", "x"), Write.assign("b", "x"));
        world.commit(Write.assign("a", null), Write.assign("b", null));
        world.loop().drain();
        assertThat(asked.get() > before).isEqualTo(expected);
    }

    private WatchFilter filter(Kind kind) {
        return Objects.requireNonNull(filters.get(kind));
    }

    /** What the index finds a subscription by. */
    enum Kind {
        NAME,
        TERM,
        REST
    }

    /** Wants what its name and terms say, and counts how often it is asked. */
    private record Asked(@Nullable String name, List<Term> terms, AtomicLong times) implements WatchFilter {
        @Override
        public boolean matches(Selectable state) {
            times.incrementAndGet();
            return (name == null || name.equals(state.name()))
                    && terms.stream().allMatch(term -> "x".equals(state.field(Filters.ASSIGNMENT)));
        }
    }
}
