package dev.proreus.cli.object;

import dev.proreus.cli.output.Columns;
import dev.proreus.cli.output.Terminal;
import dev.proreus.cli.watch.Change;
import dev.proreus.v1.ListItem;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/** Objects as lines, one a change: when it was told, what happened, and the columns of the table. */
final class ChangeLines implements ObjectView {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneId.systemDefault());

    private final Terminal terminal;
    private final ObjectColumns columns;
    private final InstantSource clock;
    private final Columns lines;

    ChangeLines(Terminal terminal, ObjectColumns columns, InstantSource clock) {
        this.terminal = terminal;
        this.columns = columns;
        this.clock = clock;
        List<String> heads = new ArrayList<>(List.of("TIME", "CHANGE"));
        heads.addAll(columns.heads());
        this.lines = new Columns(terminal, heads, ObjectColumns.STYLED);
        lines.expect("CHANGE", Change.Kind.MODIFIED.word());
    }

    @Override
    public void begin(List<ListItem> items) {
        List<List<String>> rows =
                items.stream().map(item -> row(Change.Kind.ADDED, item)).toList();
        lines.fit(rows);
        terminal.line(lines.head());
        rows.forEach(row -> terminal.line(lines.line(row)));
    }

    @Override
    public void changed(Change change, ListItem now) {
        terminal.line(lines.line(row(change.kind(), now)));
    }

    @Override
    public boolean show() {
        return terminal.flush();
    }

    private List<String> row(Change.Kind kind, ListItem item) {
        List<String> row = new ArrayList<>(List.of(TIME.format(clock.instant()), kind.word()));
        row.addAll(columns.cells(item.getObject(), item.getDerived()));
        return row;
    }
}
