package dev.proreus.cli.dev;

import dev.proreus.cli.field.Conditions;
import dev.proreus.cli.field.FieldPath;
import dev.proreus.cli.loop.Loop;
import dev.proreus.cli.loop.Pace;
import dev.proreus.cli.output.Age;
import dev.proreus.cli.output.Columns;
import dev.proreus.cli.output.LiveArea;
import dev.proreus.cli.output.Terminal;
import dev.proreus.cli.output.Terminal.Style;
import dev.proreus.cli.watch.Change;
import dev.proreus.v1.Condition;
import dev.proreus.v1.Object;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What the user sees: lines that stay, and the robots, as a table that is painted again in place on a live terminal and
 * as a line a change elsewhere. Confined to the loop.
 */
final class Board {
    private static final List<String> HEADS =
            List.of("WORKSPACE", "ROBOT", "TARGET", "POSITION", "GENERATION", "READY", "AGENT", "AGE");
    private static final Set<String> STYLED = Set.of("READY");
    private static final Duration PAINTED_EVERY = Duration.ofMillis(100);
    private static final Duration AGED_EVERY = Duration.ofSeconds(1);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneId.systemDefault());
    private static final FieldPath TARGET = FieldPath.of("spec.target");
    private static final FieldPath POSITION = FieldPath.of("status.position");
    private static final FieldPath AGENT = FieldPath.of("spec.agent");

    private final Terminal terminal;
    private final InstantSource clock;
    private final Loop loop;
    private final Robots robots;
    private final Runnable unread;
    private final LiveArea area;
    private final Pace pace;
    private final Columns columns;
    private String footer = "";
    private boolean headed;

    /**
     * Makes a board.
     *
     * @param unread done when nobody looks any more
     */
    Board(Terminal terminal, InstantSource clock, Loop loop, Robots robots, Runnable unread) {
        this.terminal = terminal;
        this.clock = clock;
        this.loop = loop;
        this.robots = robots;
        this.unread = unread;
        this.area = new LiveArea(terminal);
        this.pace = new Pace(loop, PAINTED_EVERY, this::paint);
        List<String> heads = new ArrayList<>(terminal.live() ? List.of() : List.of("TIME", "CHANGE"));
        heads.addAll(HEADS);
        this.columns = new Columns(terminal, heads, STYLED);
        Scene.WORKSPACES.forEach(path -> columns.expect("WORKSPACE", path));
        if (!terminal.live()) {
            columns.expect("CHANGE", Change.Kind.MODIFIED.word());
        }
    }

    /** Begins to show robots; before, there are only lines that stay. */
    void begin() {
        if (terminal.live()) {
            age();
        }
    }

    /** Prints lines that stay. */
    void say(List<String> lines) {
        boolean read;
        if (terminal.live()) {
            read = area.above(lines);
        } else {
            lines.forEach(terminal::line);
            read = terminal.flush();
        }
        if (!read) {
            unread.run();
        }
    }

    /** Sets the line below the table. */
    void footer(String line) {
        footer = line;
        if (terminal.live()) {
            pace.ask();
        }
    }

    /** Shows a change. */
    void changed(RobotName name, Change change) {
        if (!terminal.live()) {
            List<String> row = new ArrayList<>(
                    List.of(TIME.format(clock.instant()), change.kind().word()));
            row.addAll(cells(name, change.object()));
            String line = columns.line(row);
            if (!headed) {
                headed = true;
                terminal.line(columns.head());
            }
            terminal.line(line);
        }
        pace.ask();
    }

    /** Brings what is not shown yet to the reader; for the end. */
    void paint() {
        boolean read = terminal.live() ? area.paint(table()) : terminal.flush();
        if (!read) {
            unread.run();
        }
    }

    private void age() {
        pace.ask();
        loop.after(AGED_EVERY, this::age);
    }

    private List<String> table() {
        List<List<String>> rows = new ArrayList<>();
        robots.all().forEach((name, robot) -> rows.add(cells(name, robot)));
        columns.fit(rows);
        List<String> lines = new ArrayList<>();
        if (!rows.isEmpty()) {
            lines.add(columns.head());
            rows.forEach(row -> lines.add(columns.line(row)));
        }
        if (!footer.isEmpty()) {
            lines.add(terminal.styled(Style.FAINT, footer));
        }
        return lines;
    }

    private List<String> cells(RobotName name, Object robot) {
        long observed = Conditions.observedGeneration(robot);
        return List.of(
                name.workspace(),
                name.name(),
                TARGET.word(robot),
                POSITION.word(robot),
                robot.getMetadata().getGeneration() + "/" + (observed == 0 ? "-" : observed),
                Conditions.find(robot, "Ready").map(Condition::getStatus).orElse(""),
                AGENT.word(robot),
                Age.of(robot.getMetadata().getCreationTimestamp(), clock.instant()));
    }
}
