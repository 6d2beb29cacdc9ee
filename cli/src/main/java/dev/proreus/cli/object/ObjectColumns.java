package dev.proreus.cli.object;

import dev.proreus.cli.field.Conditions;
import dev.proreus.cli.field.FieldPath;
import dev.proreus.cli.output.Age;
import dev.proreus.v1.Condition;
import dev.proreus.v1.Derived;
import dev.proreus.v1.Object;
import dev.proreus.v1.PrintColumn;
import dev.proreus.v1.ResourceType;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * The columns that show objects of one type: its own, between those that all have. Objects of system types are written
 * by the server, so how far their status has come says nothing and is left out.
 */
final class ObjectColumns {
    /** Those whose words are coloured by health. */
    static final Set<String> STYLED = Set.of("READY", "HEALTH");

    private final ResourceType type;
    private final InstantSource clock;
    private final List<Column> shown = new ArrayList<>();

    ObjectColumns(ResourceType type, InstantSource clock) {
        this.type = type;
        this.clock = clock;
        shown.add(new Column("NAME", (object, derived) -> object.getMetadata().getName()));
        shown.addAll(own());
        if (!type.getSystem()) {
            common().forEach(this::showOnce);
        }
        showOnce(new Column("AGE", (object, derived) -> age(object)));
    }

    /** Shows a column unless the type has one of that head. */
    private void showOnce(Column column) {
        if (!heads().contains(column.head())) {
            shown.add(column);
        }
    }

    List<String> heads() {
        return shown.stream().map(Column::head).toList();
    }

    List<String> cells(Object object, Derived derived) {
        return shown.stream()
                .map(column -> column.cell().apply(object, derived))
                .toList();
    }

    private List<Column> own() {
        List<Column> own = new ArrayList<>();
        for (PrintColumn column : type.getPrintColumnsList()) {
            FieldPath path = FieldPath.of(column.getPath());
            own.add(new Column(column.getName().toUpperCase(Locale.ROOT), (object, derived) -> path.word(object)));
        }
        return own;
    }

    private static List<Column> common() {
        return List.of(
                new Column("GENERATION", (object, derived) -> generations(object)),
                new Column(
                        "READY",
                        (object, derived) -> Conditions.find(object, "Ready")
                                .map(Condition::getStatus)
                                .orElse("")),
                new Column("HEALTH", (object, derived) -> HealthRule.word(derived.getHealth())),
                new Column("AGENT", (object, derived) -> derived.getDriver().getAgent()));
    }

    private String age(Object object) {
        return Age.of(object.getMetadata().getCreationTimestamp(), clock.instant());
    }

    /** Returns how far the status has come: the generation wanted and the one observed, such as 3/2. */
    private static String generations(Object object) {
        long observed = Conditions.observedGeneration(object);
        return object.getMetadata().getGeneration() + "/" + (observed == 0 ? "-" : observed);
    }

    /** A column: its head, and what it shows of an object and of what is derived from it. */
    private record Column(String head, BiFunction<Object, Derived, String> cell) {}
}
