package dev.proreus.workspace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.proreus.workspace.History;
import dev.proreus.workspace.Limits;
import dev.proreus.workspace.ObjectState;
import dev.proreus.workspace.Scope;
import dev.proreus.workspace.Selectable;
import dev.proreus.workspace.select.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Shows that a page costs a bounded number of rows, whatever it gives. */
class SelectedStatesTest {
    private static final ByteString SMALL = ByteString.copyFrom(new byte[10]);

    @Test
    void aPageOfAScanThatMatchesLittleIsShortAndSaysWhereToGoOn() {
        Many many = new Many(25_000, SMALL);
        Selector selector = Selector.ofLabels("number in (9999,24998)");
        List<String> found = new ArrayList<>();
        List<Integer> sizes = new ArrayList<>();
        String after = null;
        do {
            long before = many.rows;
            SelectedStates page = SelectedStates.read(many, 1, 1, selector, after, 7, 500);
            page.list().forEach(state -> found.add(state.name()));
            sizes.add(page.list().size());
            assertThat(many.rows - before).isLessThanOrEqualTo(Limits.PAGE_SCANNED + Limits.PAGE_OBJECTS);
            after = page.reached();
        } while (after != null);
        assertThat(found).containsExactly(name(9_999), name(24_998));
        assertThat(sizes).containsExactly(1, 0, 1);
    }

    @Test
    void aPageIsBoundedInBytesLookedAt() {
        ByteString large = ByteString.copyFrom(new byte[1 << 20]);
        Many many = new Many(200, large);
        SelectedStates page = SelectedStates.read(many, 1, 1, Selector.ofLabels("number=199"), null, 7, 500);
        assertThat(page.list()).isEmpty();
        assertThat(page.reached()).isNotNull();
        assertThat(many.rows * large.size()).isLessThanOrEqualTo(Limits.PAGE_SCANNED_BYTES + 2L * Limits.PAGE_BYTES);
    }

    @Test
    void aFullPageGoesOnBehindItsLastObjectAndTheLastPageSaysSo() {
        Many many = new Many(7, SMALL);
        SelectedStates first = SelectedStates.read(many, 1, 1, Selector.ofLabels("number!=2"), null, 7, 3);
        assertThat(first.list()).extracting(ObjectState::name).containsExactly(name(0), name(1), name(3));
        SelectedStates rest = SelectedStates.read(many, 1, 1, Selector.ofLabels("number!=2"), first.reached(), 7, 3);
        assertThat(rest.list()).extracting(ObjectState::name).containsExactly(name(4), name(5), name(6));
        assertThat(rest.reached()).isNull();
    }

    private static String name(int number) {
        return "r%05d".formatted(number);
    }

    /** Many objects, each with its number as a label. */
    private static final class Many implements History {
        private final int count;
        private final ByteString object;
        private long rows;

        private Many(int count, ByteString object) {
            this.count = count;
            this.object = object;
        }

        @Override
        public Log log(Scope scope, long afterExclusive, long throughInclusive, int maxRows) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Log versions(
                long workspaceId,
                int typeId,
                String name,
                long afterExclusive,
                long throughInclusive,
                boolean origins,
                int maxRows) {
            throw new UnsupportedOperationException();
        }

        @Override
        public SortedMap<Long, Long> revisions(Scope.Subtree scope, long sequence) {
            throw new UnsupportedOperationException();
        }

        @Override
        public States states(
                long workspaceId,
                int typeId,
                @Nullable String name,
                @Nullable String afterName,
                long atRevision,
                int maxObjects,
                int maxBytes) {
            int next = afterName == null ? 0 : Integer.parseInt(afterName.substring(1)) + 1;
            List<ObjectState> page = new ArrayList<>();
            int bytes = 0;
            while (next < count && page.size() < maxObjects && bytes < maxBytes) {
                Selectable seen = Selectable.of(name(next), Map.of("number", "" + next), Map.of());
                page.add(new ObjectState(name(next), 1, object, seen));
                bytes += object.size();
                next++;
                rows++;
            }
            return new States(page, next < count);
        }
    }
}
