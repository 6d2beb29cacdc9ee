package dev.proreus.workspace.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.proreus.workspace.Limits;
import dev.proreus.workspace.Reason;
import dev.proreus.workspace.RefusedException;
import dev.proreus.workspace.canonical.MetaSections;
import dev.proreus.workspace.canonical.ObjectSections;
import dev.proreus.workspace.canonical.StructWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a definition may be, and that whatever it is, it is refused and nothing worse. */
class DefinitionReaderTest {
    @Test
    void oneWithMoreViolationsThanAnAnswerHoldsIsRefused() {
        for (Map.Entry<String, Object> last : List.<Map.Entry<String, Object>>of(
                Map.entry("selectableFields", List.of("x")),
                Map.entry("assignmentField", "status.agent"),
                Map.entry("printColumns", List.of(Map.of("name", "X", "path", "x"))))) {
            Map<String, Object> spec = new HashMap<>(Map.of(
                    "group",
                    "fleet.example.com",
                    "names",
                    Map.of("plural", "robots", "kind", "Robot"),
                    "versions",
                    List.of(Map.of("name", "v1"))));
            for (int i = 0; i < Limits.VIOLATIONS; i++) {
                spec.put("unknown" + i, true);
            }
            spec.put(last.getKey(), last.getValue());
            RefusedException refused = catchThrowableOfType(RefusedException.class, () -> read(spec));
            assertThat(refused).as(last.getKey()).isNotNull();
            assertThat(refused.reason()).isEqualTo(Reason.INVALID_OBJECT);
            assertThat(refused.violations()).hasSize(Limits.VIOLATIONS);
        }
    }

    private static TypeDefinition read(Map<String, Object> spec) {
        ObjectSections object = new ObjectSections(
                "", "", MetaSections.EMPTY.withName("robots.fleet.example.com"), StructWriter.write(spec), null);
        return DefinitionReader.read(object, 1, new UUID(0, 1), 1, "root", 1);
    }
}
