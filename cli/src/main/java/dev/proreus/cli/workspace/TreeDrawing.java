package dev.proreus.cli.workspace;

import dev.proreus.cli.output.Columns;
import dev.proreus.cli.output.Terminal;
import dev.proreus.v1.Workspace;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Workspaces as a tree, each in a line with its size and age. */
final class TreeDrawing {
    private static final String BRANCH = "\u251c\u2500\u2500 ";
    private static final String LAST_BRANCH = "\u2514\u2500\u2500 ";
    private static final String TRUNK = "\u2502   ";
    private static final String NO_TRUNK = "    ";

    private final Terminal terminal;
    private final Instant now;

    TreeDrawing(Terminal terminal, Instant now) {
        this.terminal = terminal;
        this.now = now;
    }

    /** Prints the tree of one workspace and all below it, in any order. */
    void print(List<Workspace> all) {
        List<Workspace> ordered =
                all.stream().sorted(Comparator.comparing(Workspace::getPath)).toList();
        Map<String, List<Workspace>> children = new LinkedHashMap<>();
        ordered.forEach(each -> children.computeIfAbsent(parent(each.getPath()), p -> new ArrayList<>())
                .add(each));
        List<List<String>> rows = new ArrayList<>();
        for (Workspace top : ordered.stream().limit(1).toList()) {
            rows.add(row(top.getPath(), top));
            below(top.getPath(), "", children, rows);
        }
        Columns columns = new Columns(terminal, WorkspaceCells.HEADS, Set.of());
        columns.fit(rows);
        terminal.line(columns.head());
        rows.forEach(row -> terminal.line(columns.line(row)));
    }

    private void below(String path, String indent, Map<String, List<Workspace>> children, List<List<String>> rows) {
        List<Workspace> here = children.getOrDefault(path, List.of());
        for (int i = 0; i < here.size(); i++) {
            Workspace child = here.get(i);
            boolean last = i == here.size() - 1;
            String name = child.getPath().substring(path.length() + 1);
            rows.add(row(indent + (last ? LAST_BRANCH : BRANCH) + name, child));
            below(child.getPath(), indent + (last ? NO_TRUNK : TRUNK), children, rows);
        }
    }

    private List<String> row(String name, Workspace workspace) {
        return WorkspaceCells.of(name, workspace, now);
    }

    private static String parent(String path) {
        int colon = path.lastIndexOf(':');
        return colon < 0 ? "" : path.substring(0, colon);
    }
}
