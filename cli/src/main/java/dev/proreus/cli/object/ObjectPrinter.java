package dev.proreus.cli.object;

import dev.proreus.cli.form.JsonText;
import dev.proreus.cli.form.MessageTree;
import dev.proreus.cli.form.SchemaText;
import dev.proreus.cli.form.YamlText;
import dev.proreus.cli.output.Columns;
import dev.proreus.cli.output.Terminal;
import dev.proreus.v1.ListItem;
import dev.proreus.v1.Object;
import java.util.List;

/** Shows objects in one form, page by page, so that a long list is never held whole. */
interface ObjectPrinter {

    /** Shows a page; there may be none. */
    void page(List<ListItem> items);

    /** Ends after the last page. */
    default void end(long revision) {}

    /** As a table. */
    static ObjectPrinter table(Terminal terminal, ObjectColumns columns) {
        Columns lines = new Columns(terminal, columns.heads(), ObjectColumns.STYLED);
        return new ObjectPrinter() {
            private boolean begun;

            @Override
            public void page(List<ListItem> items) {
                List<List<String>> rows = items.stream()
                        .map(item -> columns.cells(item.getObject(), item.getDerived()))
                        .toList();
                lines.fit(rows);
                if (!begun && !rows.isEmpty()) {
                    begun = true;
                    terminal.line(lines.head());
                }
                rows.forEach(row -> terminal.line(lines.line(row)));
            }
        };
    }

    /** As documents, such as {@code apply} takes. */
    static ObjectPrinter yaml(Terminal terminal) {
        return new ObjectPrinter() {
            private boolean begun;

            @Override
            public void page(List<ListItem> items) {
                for (ListItem item : items) {
                    terminal.text((begun ? "---\n" : "") + YamlText.of(SchemaText.unpacked(item.getObject())));
                    begun = true;
                }
            }
        };
    }

    /** As one JSON object with all items and the revision that they show. */
    static ObjectPrinter json(Terminal terminal) {
        return new ObjectPrinter() {
            private boolean begun;

            @Override
            public void page(List<ListItem> items) {
                for (ListItem item : items) {
                    terminal.text(begun ? ",\n" : "{\n\"items\": [\n");
                    terminal.text(JsonText.pretty(MessageTree.of(item.getObject())));
                    begun = true;
                }
            }

            @Override
            public void end(long revision) {
                terminal.line((begun ? "\n]" : "{\n\"items\": []") + ",\n\"revision\": " + revision + "\n}");
            }
        };
    }

    /** As names. */
    static ObjectPrinter names(Terminal terminal) {
        return items -> items.forEach(item -> terminal.line(ObjectName.of(item.getObject())));
    }

    /** Shows one object as JSON, without a list around it. */
    static void jsonAlone(Terminal terminal, Object object) {
        terminal.line(JsonText.pretty(MessageTree.of(object)));
    }
}
