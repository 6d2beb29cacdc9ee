package dev.proreus.cli.object;

import dev.proreus.cli.output.Columns;
import dev.proreus.cli.output.LiveArea;
import dev.proreus.cli.output.Terminal;
import dev.proreus.cli.watch.Change;
import dev.proreus.v1.ListItem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Objects as a table whose rows change in place, in the order of their names. */
final class LiveTable implements ObjectView {
    private final ObjectColumns columns;
    private final Columns lines;
    private final LiveArea area;
    private final Map<String, ListItem> rows = new TreeMap<>();

    LiveTable(Terminal terminal, ObjectColumns columns) {
        this.columns = columns;
        this.lines = new Columns(terminal, columns.heads(), ObjectColumns.STYLED);
        this.area = new LiveArea(terminal);
    }

    @Override
    public void begin(List<ListItem> items) {
        items.forEach(this::derived);
    }

    @Override
    public void changed(Change change, ListItem now) {
        switch (change.kind()) {
            case ADDED, MODIFIED -> derived(now);
            case DELETED, LEFT -> rows.remove(now.getObject().getMetadata().getName());
        }
    }

    @Override
    public void derived(ListItem now) {
        rows.put(now.getObject().getMetadata().getName(), now);
    }

    @Override
    public boolean show() {
        List<List<String>> cells = rows.values().stream()
                .map(item -> columns.cells(item.getObject(), item.getDerived()))
                .toList();
        lines.fit(cells);
        List<String> text = new ArrayList<>();
        text.add(lines.head());
        cells.forEach(row -> text.add(lines.line(row)));
        return area.paint(text);
    }
}
