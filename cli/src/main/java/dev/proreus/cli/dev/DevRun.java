package dev.proreus.cli.dev;

import dev.proreus.cli.connection.Connection;
import dev.proreus.cli.failure.ExitCode;
import dev.proreus.cli.failure.FailedException;
import dev.proreus.cli.loop.MainLoop;
import dev.proreus.cli.output.Terminal;
import dev.proreus.cli.watch.Change;
import dev.proreus.cli.watch.ResumingWatch;
import dev.proreus.cli.watch.Watcher;
import dev.proreus.v1.WatchRequest;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One run: server up, scene made, fleet up and both workspaces watched, robots sent to and fro, until it is asked to
 * end, all are Ready where that is the end, or something cannot go on. Confined to its loop, which is the calling
 * thread.
 */
final class DevRun implements Child.Listener, Retargeting.Listener {
    private static final int SERVER_FAILED_STARTS_MAX = 2;
    private static final int FLEET_FAILED_STARTS_MAX = 5;
    private static final Duration FLEET_PATIENCE = Duration.ofSeconds(3);
    private static final Duration SERVER_PATIENCE = Duration.ofSeconds(10);
    private static final int UNREADY_TOLD_MAX = 20;

    private final DevSettings settings;
    private final DevSurroundings around;
    private final MainLoop loop;
    private final Connection connection;
    private final Calls calls;
    private final Robots robots = new Robots();
    private final Board board;
    private final Child server;
    private final Child fleet;
    private final ServerHealth health;
    private final Retargeting retargeting;
    private final List<ResumingWatch> watches = new ArrayList<>();

    private Duration startedAt = Duration.ZERO;
    private int incomplete = Scene.WORKSPACES.size();
    private boolean served;
    private boolean given;
    private boolean ending;
    private @Nullable FailedException failure;

    DevRun(DevSettings settings, DevSurroundings around, Terminal terminal, Connection connection, String launcher) {
        this.settings = settings;
        this.around = around;
        this.connection = connection;
        this.loop = new MainLoop(around.nanoTime());
        this.calls = new Calls(connection, loop);
        this.board = new Board(terminal, around.clock(), loop, robots, this::stop);
        this.health = new ServerHealth(connection, loop, calls, this::serves);
        this.retargeting = new Retargeting(calls, loop, robots, new Targets(around.random()), this);
        String listen = settings.listen().toString();
        this.server = child(
                "server",
                List.of(launcher, "serve", "--data", settings.data(), "--listen", listen, "--admin", settings.admin()),
                SERVER_FAILED_STARTS_MAX);
        this.fleet = child(
                "fleet",
                List.of(launcher, "fleet", "--server", listen, "--workspace", String.join(",", Scene.WORKSPACES)),
                FLEET_FAILED_STARTS_MAX);
    }

    /**
     * Runs to the end.
     *
     * @throws FailedException where it could not go on, or not all robots were Ready in time
     */
    void run() {
        around.interrupts().whenAskedToEnd(() -> loop.hand(this::stop));
        startedAt = loop.now();
        if (settings.once()) {
            loop.after(settings.timeout(), this::timedOut);
        }
        server.start();
        fleet.start();
        loop.run();
        if (failure != null) {
            throw failure;
        }
    }

    private Child child(String name, List<String> command, int failedStartsMax) {
        return new Child(name, command, around.processes(), loop, new RestartPolicy(failedStartsMax), this);
    }

    @Override
    public void started(Child child) {
        String about = child == server ? ", " + settings.listen() + ", data in " + settings.data() : "";
        say(child.name() + ": pid " + child.pid().orElse(0L) + about);
        footer();
        if (child == server) {
            health.await();
        }
    }

    @Override
    public void died(Child child, String how) {
        say(child.name() + ": " + how + "; starting it again");
        footer();
    }

    @Override
    public void gaveUp(Child child, String how, List<String> lastLines) {
        FailedException given = FailedException.because(ExitCode.FAILED, "the " + child.name() + " " + how);
        for (String line : lastLines) {
            given = given.detail(line);
        }
        end(given);
    }

    private void serves() {
        server.isGoing();
        say("server: serves after " + seconds(server.age()));
        if (!served) {
            served = true;
            new Scene(calls, loop, this::sceneMade, this::failed).make();
        }
    }

    private void sceneMade() {
        if (!settings.once()) {
            board.say(new Hints(settings.listen(), around.environment().getOrDefault("PATH", "")).lines());
        }
        board.begin();
        for (String workspace : Scene.WORKSPACES) {
            WatchRequest request = WatchRequest.newBuilder()
                    .setWorkspace(workspace)
                    .setType(RobotForm.TYPE)
                    .build();
            ResumingWatch watch = new ResumingWatch(connection.channel(), loop, request, new RobotWatcher(workspace));
            watches.add(watch);
            watch.start();
        }
    }

    @Override
    public void given() {
        given = true;
        endWhereReady();
    }

    @Override
    public void leftAlone(RobotName name) {
        say(name + ": somebody else applied it last, so its target is left alone");
    }

    @Override
    public void failed(StatusRuntimeException refusal) {
        end(connection.failure(refusal));
    }

    private void again() {
        retargeting.again();
        loop.after(settings.every(), this::again);
    }

    private void endWhereReady() {
        if (settings.once() && given && !ending && robots.unready().isEmpty()) {
            say(robots.expected() + " robots in " + Scene.WORKSPACES.size()
                    + " workspaces Ready at their targets after "
                    + seconds(loop.now().minus(startedAt)));
            end(null);
        }
    }

    private void timedOut() {
        List<String> unready = robots.unready();
        FailedException late = FailedException.because(
                ExitCode.TIMEOUT,
                given
                        ? unready.size() + " of " + robots.expected() + " robots are not Ready after "
                                + seconds(settings.timeout())
                        : "not all robots have a target after " + seconds(settings.timeout()));
        for (String line : unready.subList(0, Math.min(UNREADY_TOLD_MAX, unready.size()))) {
            late = late.detail(line);
        }
        end(late);
    }

    private void stop() {
        end(null);
    }

    /**
     * Ends the children, the fleet first, so that it can say goodbye; then the loop. Ctrl-C has reached the children
     * too, so that the server may have ended before its turn.
     */
    private void end(@Nullable FailedException why) {
        if (ending) {
            return;
        }
        ending = true;
        failure = why;
        board.paint();
        watches.forEach(ResumingWatch::close);
        server.letGo();
        fleet.stop(FLEET_PATIENCE, () -> server.stop(SERVER_PATIENCE, loop::end));
    }

    private void say(String line) {
        if (!ending) {
            board.say(List.of(line));
        }
    }

    private void footer() {
        String line = server.pid()
                .map(pid -> "server pid " + pid
                        + fleet.pid().map(id -> ", fleet pid " + id).orElse("") + ". To see recovery: kill -9 " + pid
                        + ". Ctrl-C ends all.")
                .orElse("");
        board.footer(line);
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
    }

    /** Hears of the robots of one workspace. */
    private final class RobotWatcher implements Watcher {
        private final String workspace;

        RobotWatcher(String workspace) {
            this.workspace = workspace;
        }

        @Override
        public void changed(Change change) {
            robots.changed(workspace, change);
            board.changed(new RobotName(workspace, change.object().getMetadata().getName()), change);
            if (change.kind() == Change.Kind.MODIFIED && RobotForm.isOfFleet(change.object())) {
                fleet.isGoing();
            }
            endWhereReady();
        }

        @Override
        public void complete() {
            if (--incomplete == 0) {
                retargeting.begin(settings.robots());
                if (!settings.once()) {
                    loop.after(settings.every(), DevRun.this::again);
                }
            }
        }

        @Override
        public void refused(StatusRuntimeException refusal) {
            failed(refusal);
        }
    }
}
