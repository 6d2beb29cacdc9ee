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

/**
 * The columns that show objects of one type: its own, between those that all have. Objects of system types are written
 * by the server, so how far their status has come says nothing and is left out.
 */
final class ObjectColumns {
    /** Those whose words are coloured by health. */
    static final Set<String> STYLED = Set.of("READY", "HEALTH");

    private final ResourceType type;
    private final List<FieldPath> paths;
    private final InstantSource clock;

    ObjectColumns(ResourceType type, InstantSource clock) {
        this.type = type;
        this.paths = type.getPrintColumnsList().stream()
                .map(column -> FieldPath.of(column.getPath()))
                .toList();
        this.clock = clock;
    }

    List<String> heads() {
        List<String> heads = new ArrayList<>(List.of("NAME"));
        type.getPrintColumnsList().stream()
                .map(PrintColumn::getName)
                .map(name -> name.toUpperCase(Locale.ROOT))
                .forEach(heads::add);
        if (!type.getSystem()) {
            heads.addAll(List.of("GENERATION", "READY", "HEALTH", "AGENT"));
        }
        heads.add("AGE");
        return heads;
    }

    List<String> cells(Object object, Derived derived) {
        List<String> cells = new ArrayList<>(List.of(object.getMetadata().getName()));
        paths.forEach(path -> cells.add(path.word(object)));
        if (!type.getSystem()) {
            cells.add(generations(object));
            cells.add(Conditions.find(object, "Ready").map(Condition::getStatus).orElse(""));
            cells.add(HealthRule.word(derived.getHealth()));
            cells.add(derived.getDriver().getAgent());
        }
        cells.add(Age.of(object.getMetadata().getCreationTimestamp(), clock.instant()));
        return cells;
    }

    /** Returns how far the status has come: the generation wanted and the one observed, such as 3/2. */
    private static String generations(Object object) {
        long observed = Conditions.observedGeneration(object);
        return object.getMetadata().getGeneration() + "/" + (observed == 0 ? "-" : observed);
    }
}
