package dev.proreus.server.edge;

import static io.grpc.Status.Code.INVALID_ARGUMENT;
import static io.grpc.Status.Code.NOT_FOUND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proreus.v1.ListTypesRequest;
import dev.proreus.v1.ResolveTypeRequest;
import dev.proreus.v1.ResourceType;
import dev.proreus.workspace.Reason;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each method of TypeService, as its comments promise. */
class TypesTest {
    @RegisterExtension
    static final LiveServer LIVE = new LiveServer();

    @ParameterizedTest
    @ValueSource(strings = {"robots.fleet.example.com", "robots", "robot", "Robot", "rb"})
    void aTypeIsFoundByAnyOfItsNames(String name) {
        ResourceType robots = resolve(LIVE.newWorkspace(), name);

        assertThat(robots.getName()).isEqualTo("robots.fleet.example.com");
        assertThat(robots.getGroup()).isEqualTo("fleet.example.com");
        assertThat(robots.getPlural()).isEqualTo("robots");
        assertThat(robots.getSingular()).isEqualTo("robot");
        assertThat(robots.getKind()).isEqualTo("Robot");
        assertThat(robots.getShortNamesList()).containsExactly("rb");
        assertThat(robots.getAssignmentField()).isEqualTo("spec.agent");
        assertThat(robots.getInherit()).isTrue();
        assertThat(robots.getSystem()).isFalse();
        assertThat(robots.getDefinedIn()).isEqualTo("root");
        assertThat(robots.getVersionsList()).extracting("name").containsExactly("v1");
    }

    @Test
    void aTypeIsVisibleBelowOnlyWhereItSaysSo() {
        String parent = LIVE.newWorkspace();
        String child = LIVE.newWorkspace(parent + ":child");
        define(parent, "ships", "Ship", "sea.example.com", false);
        define(parent, "boats", "Boat", "sea.example.com", true);

        assertThat(names(parent)).contains("ships.sea.example.com", "boats.sea.example.com");
        assertThat(names(child))
                .contains("boats.sea.example.com", "robots.fleet.example.com", "agents.proreus.dev")
                .doesNotContain("ships.sea.example.com")
                .isSorted();
        Refusal.of(() -> resolve(child, "ships")).is(NOT_FOUND, Reason.TYPE_NOT_FOUND);
        Refusal.of(() -> resolve("root", "boats")).is(NOT_FOUND, Reason.TYPE_NOT_FOUND);
    }

    @Test
    void aShortNameOfTwoTypesIsRefusedWithTheCandidates() {
        String workspace = LIVE.newWorkspace();
        define(workspace, "robots", "Robot", "toys.example.com", false);

        Refusal refusal = Refusal.of(() -> resolve(workspace, "robots"));

        assertThat(refusal.is(INVALID_ARGUMENT, Reason.TYPE_AMBIGUOUS)
                        .metadata()
                        .get("candidates"))
                .contains("robots.fleet.example.com", "robots.toys.example.com");
        assertThat(resolve(workspace, "robots.toys.example.com").getGroup()).isEqualTo("toys.example.com");
    }

    @Test
    void anEmptyTypeIsRefused() {
        Refusal.of(() -> resolve("root", "")).is(INVALID_ARGUMENT, Reason.BAD_REQUEST);
    }

    @Test
    void aListThatWouldBeTooLargeLeavesTheSchemasOut() {
        String workspace = LIVE.newWorkspace();
        String schema = "x".repeat(700_000);
        for (String plural : List.of("as", "bs", "cs", "ds", "es", "fs")) {
            LIVE.applyIn(
                    workspace,
                    "resourcetypes",
                    plural + ".big.example.com",
                    "{\"group\": \"big.example.com\", \"names\": {\"plural\": \"" + plural + "\", \"kind\": \"K"
                            + plural + "\"}, \"versions\": [{\"name\": \"v1\", \"schema\": \"" + schema + "\"}]}");
        }

        List<ResourceType> listed = list(workspace);

        assertThat(listed).extracting(ResourceType::getPlural).contains("as", "fs");
        assertThat(listed).allMatch(type -> type.getVersions(0).getSchema().isEmpty());
        assertThat(resolve(workspace, "as").getVersions(0).getSchema()).isEqualTo(schema);
    }

    private static ResourceType resolve(String workspace, String name) {
        return LIVE.types()
                .resolveType(ResolveTypeRequest.newBuilder()
                        .setWorkspace(workspace)
                        .setType(name)
                        .build())
                .getType();
    }

    private static List<ResourceType> list(String workspace) {
        return LIVE.types()
                .listTypes(ListTypesRequest.newBuilder().setWorkspace(workspace).build())
                .getTypesList();
    }

    private static List<String> names(String workspace) {
        return list(workspace).stream().map(ResourceType::getName).toList();
    }

    private static void define(String workspace, String plural, String kind, String group, boolean inherit) {
        LIVE.applyIn(
                workspace,
                "resourcetypes",
                plural + "." + group,
                "{\"group\": \"" + group + "\", \"names\": {\"plural\": \"" + plural + "\", \"kind\": \"" + kind
                        + "\"}, \"versions\": [{\"name\": \"v1\"}], \"inherit\": " + inherit + "}");
    }
}
