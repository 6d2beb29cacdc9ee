package dev.proreus.cli.object;

import dev.proreus.cli.form.JsonText;
import dev.proreus.cli.form.MessageTree;
import dev.proreus.cli.form.SchemaText;
import dev.proreus.cli.form.YamlText;
import dev.proreus.cli.option.OutputForm;
import dev.proreus.cli.output.Terminal;
import dev.proreus.cli.watch.Change;
import dev.proreus.v1.ListItem;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Shows objects as they change. */
interface ObjectView {

    /** Shows the state to start with. */
    void begin(List<ListItem> items);

    /** Shows a change, with what is derived from the object now. */
    void changed(Change change, ListItem now);

    /** Shows that only what is derived from the object changed. */
    default void derived(ListItem now) {}

    /** Brings what was shown to the reader. Returns false where nobody reads any more. */
    boolean show();

    /** Returns the view in a form: in place on a live terminal, else a line or document a change. */
    static ObjectView in(OutputForm form, Terminal terminal, ObjectColumns columns, InstantSource clock) {
        return switch (form) {
            case TABLE ->
                terminal.live() ? new LiveTable(terminal, columns) : new ChangeLines(terminal, columns, clock);
            case JSON -> each(terminal, change -> JsonText.compact(tree(change)));
            case YAML -> each(terminal, ObjectView::yaml);
            case NAME -> each(terminal, change -> change.kind().word() + " " + ObjectName.of(change.object()));
        };
    }

    private static ObjectView each(Terminal terminal, Function<Change, String> text) {
        return new ObjectView() {
            @Override
            public void begin(List<ListItem> items) {
                for (ListItem item : items) {
                    long version = item.getObject().getMetadata().getResourceVersion();
                    changed(new Change(Change.Kind.ADDED, item.getObject(), version), item);
                }
            }

            @Override
            public void changed(Change change, ListItem now) {
                terminal.line(text.apply(change));
            }

            @Override
            public boolean show() {
                return terminal.flush();
            }
        };
    }

    private static Map<String, @Nullable Object> tree(Change change) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("change", change.kind().word());
        tree.put("revision", change.revision());
        tree.put("object", MessageTree.of(change.object()));
        return tree;
    }

    private static String yaml(Change change) {
        return "---\n# " + change.kind().word() + " at revision " + change.revision() + "\n"
                + YamlText.of(SchemaText.unpacked(change.object())).stripTrailing();
    }
}
