package dev.proreus.workspace.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.proreus.workspace.Place;
import dev.proreus.workspace.Quotas;
import dev.proreus.workspace.Reason;
import dev.proreus.workspace.RefusedException;
import dev.proreus.workspace.Retention;
import dev.proreus.workspace.Usage;
import dev.proreus.workspace.tree.Workspace;
import dev.proreus.workspace.tree.WorkspaceTree;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A definition is visible together with the revision that made it. */
class TypeCatalogTest {
    private static final String NAME = "robots.fleet.example.com";

    private final WorkspaceTree tree = new WorkspaceTree();
    private final TypeCatalog catalog = new TypeCatalog(tree);
    private final Workspace root =
            new Workspace(new Place("root", 1), new UUID(0, 1), new UUID(0, 2), Instant.EPOCH, Workspace.Progress.NONE);

    @BeforeEach
    void root() {
        tree.add(root);
    }

    @Test
    void aDefinitionIsVisibleWithTheRevisionThatMadeItAndNotBefore() {
        catalog.put(type(300, 1), 4);
        assertThat(shown()).isNull();
        assertThat(catalog.byId(300)).isNull();
        reach(4);
        assertThat(shown()).isEqualTo(type(300, 1));
        catalog.put(type(300, 2), 5);
        catalog.put(type(300, 3), 6);
        assertThat(shown()).isEqualTo(type(300, 1));
        reach(6);
        assertThat(shown()).isEqualTo(type(300, 3));
        assertThat(catalog.byId(300)).isEqualTo(type(300, 3));
    }

    @Test
    void aRemovedDefinitionIsVisibleUntilTheRevisionThatRemovedIt() {
        catalog.put(type(300, 1), 4);
        reach(4);
        catalog.remove(type(300, 1), 5);
        assertThat(shown()).isEqualTo(type(300, 1));
        reach(5);
        assertThat(shown()).isNull();
        assertThat(catalog.byId(300)).isNull();
    }

    @Test
    void whatIsNotThereSinceItsWorkspaceWentIsToldAsThat() {
        catalog.put(type(300, 1), 4);
        reach(4);
        tree.removeSubtree(root.id());
        catalog.remove(type(300, 1), 0);
        assertThat(catchThrowable(() -> catalog.resolve(root, NAME)))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refusal -> assertThat(refusal.reason()).isEqualTo(Reason.WORKSPACE_DELETED));
    }

    @Test
    void anotherTypeOfTheSameNameFollowsInOneBatchOrALaterOne() {
        catalog.put(type(300, 1), 4);
        reach(4);
        catalog.remove(type(300, 1), 5);
        catalog.put(type(301, 1), 6);
        assertThat(shown()).isEqualTo(type(300, 1));
        assertThat(catalog.byId(301)).isNull();
        reach(6);
        assertThat(shown()).isEqualTo(type(301, 1));
        assertThat(catalog.byId(300)).isNull();
        catalog.remove(type(301, 1), 7);
        reach(7);
        catalog.put(type(302, 1), 8);
        assertThat(shown()).isNull();
        reach(8);
        assertThat(shown()).isEqualTo(type(302, 1));
    }

    @Test
    void whatCameAndWentInOneBatchWasNeverThere() {
        catalog.put(type(300, 1), 4);
        catalog.remove(type(300, 1), 5);
        assertThat(shown()).isNull();
        reach(5);
        assertThat(shown()).isNull();
        catalog.put(type(301, 1), 6);
        reach(6);
        assertThat(shown()).isEqualTo(type(301, 1));
    }

    @Test
    void whatGoesWithItsWorkspaceIsForgotten() {
        catalog.put(type(300, 1), 4);
        reach(4);
        catalog.remove(type(300, 1), 5);
        tree.removeSubtree(root.id());
        assertThat(catalog.byId(300)).isNull();
    }

    private void reach(long revision) {
        tree.publish(
                root,
                new Workspace.Progress(
                        revision, Usage.NONE, Usage.NONE, 0, 0, 0, 0, Retention.UNSAID, Quotas.UNLIMITED, null));
    }

    private @Nullable TypeDefinition shown() {
        boolean listed = catalog.visibleIn(root).stream()
                .anyMatch(type -> type.names().full().equals(NAME));
        Throwable refusal = catchThrowable(() -> catalog.resolve(root, NAME));
        if (refusal == null) {
            assertThat(listed).isTrue();
            assertThat(catalog.resolve(root, "robots")).isEqualTo(catalog.resolve(root, NAME));
            return catalog.resolve(root, NAME);
        }
        assertThat(listed).isFalse();
        assertThat(((RefusedException) refusal).reason()).isEqualTo(Reason.TYPE_NOT_FOUND);
        return null;
    }

    private static TypeDefinition type(int id, long version) {
        return new TypeDefinition(
                id,
                new UUID(1, id),
                1,
                "root",
                version,
                new TypeNames("fleet.example.com", "robots", "robot", "Robot", List.of()),
                List.of(new TypeDefinition.Version("v1", "")),
                List.of(),
                DeclaredFields.NONE,
                true);
    }
}
