package dev.proreus.cli.object;

import com.google.protobuf.Timestamp;
import dev.proreus.cli.field.Conditions;
import dev.proreus.cli.form.SchemaText;
import dev.proreus.cli.form.YamlText;
import dev.proreus.cli.output.Age;
import dev.proreus.cli.output.Columns;
import dev.proreus.cli.output.Terminal;
import dev.proreus.cli.output.Terminal.Style;
import dev.proreus.v1.Condition;
import dev.proreus.v1.Derived;
import dev.proreus.v1.Driver;
import dev.proreus.v1.GetResponse;
import dev.proreus.v1.Object;
import dev.proreus.v1.ObjectMeta;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One object told at length, for people. */
final class Description {
    private static final int LABEL_CHARS = 14;

    private final Terminal terminal;
    private final Instant now;

    Description(Terminal terminal, Instant now) {
        this.terminal = terminal;
        this.now = now;
    }

    void print(String workspace, GetResponse found) {
        Object object = found.getObject();
        ObjectMeta meta = object.getMetadata();
        line("Name", meta.getName());
        line("Workspace", workspace);
        line("Type", object.getKind() + " (" + object.getApiVersion() + ")");
        line("Uid", meta.getUid());
        line("Version", meta.getResourceVersion() + " (resource version)");
        line("Generation", generation(object));
        line("Created", since(meta.getCreationTimestamp()));
        deletion(meta);
        map("Labels", meta.getLabelsMap());
        map("Annotations", meta.getAnnotationsMap());
        health(found.getDerived());
        Map<String, java.lang.@Nullable Object> tree = SchemaText.unpacked(object);
        block("Spec", tree.get("spec"));
        block("Status", withoutConditions(tree.get("status")));
        conditions(object);
    }

    private void line(String label, String text) {
        terminal.line(label + ":" + " ".repeat(LABEL_CHARS - label.length() - 1) + Terminal.printable(text));
    }

    private void map(String label, Map<String, String> entries) {
        String here = label;
        for (Map.Entry<String, String> entry : entries.entrySet()) {
            String text = entry.getKey() + "=" + entry.getValue();
            if (here.isEmpty()) {
                terminal.line(" ".repeat(LABEL_CHARS) + Terminal.printable(text));
            } else {
                line(here, text);
            }
            here = "";
        }
    }

    private void health(Derived derived) {
        String word = HealthRule.word(derived.getHealth());
        if (!word.isEmpty()) {
            line("Health", word);
        }
        if (derived.hasDriver()) {
            Driver driver = derived.getDriver();
            String presence = driver.getConnected() ? "connected" : "away";
            line("Driver", driver.getAgent() + " of " + driver.getWorkspace() + ", " + presence);
        } else {
            line("Driver", "none: no agent's claim covers it");
        }
    }

    private void block(String label, java.lang.@Nullable Object tree) {
        if (tree instanceof Map<?, ?> map && !map.isEmpty()) {
            Map<String, java.lang.@Nullable Object> fields = new LinkedHashMap<>();
            map.forEach((key, value) -> fields.put(String.valueOf(key), value));
            terminal.line(label + ":");
            YamlText.of(fields).lines().forEach(line -> terminal.line("  " + line));
        }
    }

    private void conditions(Object object) {
        List<Condition> conditions = Conditions.of(object);
        if (conditions.isEmpty()) {
            return;
        }
        List<String> heads = List.of("TYPE", "STATUS", "REASON", "AGE", "GENERATION", "MESSAGE");
        Columns columns = new Columns(terminal, heads, Set.of("STATUS"));
        List<List<String>> rows = conditions.stream().map(this::row).toList();
        columns.fit(rows);
        terminal.line("Conditions:");
        terminal.line("  " + columns.head());
        rows.forEach(row -> terminal.line("  " + columns.line(row)));
        conditions.stream()
                .filter(each -> !Conditions.isNow(object, each))
                .forEach(each -> terminal.line("  " + terminal.styled(Style.FAINT, outdated(each))));
    }

    private List<String> row(Condition condition) {
        String age = condition.hasLastTransitionTime() ? Age.of(condition.getLastTransitionTime(), now) : "";
        long generation = condition.getObservedGeneration();
        return List.of(
                condition.getType(),
                condition.getStatus(),
                condition.getReason(),
                age,
                generation == 0 ? "" : Long.toString(generation),
                condition.getMessage());
    }

    /** Tells of an object that is being deleted who must still act, since that is what it waits for. */
    private void deletion(ObjectMeta meta) {
        if (meta.hasDeletionTimestamp()) {
            line("Deletion", "asked for at " + since(meta.getDeletionTimestamp()));
        }
        if (meta.getFinalizersCount() > 0) {
            line("Finalizers", String.join(", ", meta.getFinalizersList()));
        }
    }

    private String since(Timestamp then) {
        return Instant.ofEpochSecond(then.getSeconds(), then.getNanos()) + " (" + Age.of(then, now) + " ago)";
    }

    private static String outdated(Condition condition) {
        return Terminal.printable(condition.getType()) + " speaks of an older generation";
    }

    private static String generation(Object object) {
        long observed = Conditions.observedGeneration(object);
        return object.getMetadata().getGeneration() + (observed == 0 ? "" : ", observed " + observed);
    }

    private static Map<?, ?> withoutConditions(java.lang.@Nullable Object status) {
        Map<java.lang.Object, java.lang.@Nullable Object> rest = new LinkedHashMap<>();
        if (status instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                if (!key.equals("conditions") && !key.equals("observedGeneration")) {
                    rest.put(key, value);
                }
            });
        }
        return rest;
    }
}
