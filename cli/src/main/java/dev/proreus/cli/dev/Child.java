package dev.proreus.cli.dev;

import dev.proreus.cli.dev.Processes.Running;
import dev.proreus.cli.loop.Loop;
import dev.proreus.cli.loop.Loop.Pending;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One program that is kept running.
 *
 * <p>State: the process that runs, or the start that is due, or neither once it is stopped or given up. Confined to the
 * loop; what its process tells on other threads is handed over first.
 */
final class Child {
    /** What a terminal's Ctrl-C or a polite end looks like: perhaps this process is about to be told the same. */
    private static final List<Integer> ASKED_TO_END = List.of(130, 143);

    private static final Duration SECOND_THOUGHT = Duration.ofMillis(500);
    private static final int LINES_KEPT = 5;

    private final String name;
    private final List<String> command;
    private final Processes processes;
    private final Loop loop;
    private final RestartPolicy policy;
    private final Listener listener;
    private final Deque<String> lastLines = new ArrayDeque<>();

    private @Nullable Running running;
    private @Nullable Pending start;
    private Duration startedAt = Duration.ZERO;
    private boolean gotGoing;
    private boolean wanted = true;
    private Runnable stopped = () -> {};

    Child(String name, List<String> command, Processes processes, Loop loop, RestartPolicy policy, Listener listener) {
        this.name = name;
        this.command = command;
        this.processes = processes;
        this.loop = loop;
        this.policy = policy;
        this.listener = listener;
    }

    String name() {
        return name;
    }

    /** Returns the id of its process; empty while there is none. */
    Optional<Long> pid() {
        return Optional.ofNullable(running).map(Running::pid);
    }

    /** Returns the time since it was last started. */
    Duration age() {
        return loop.now().minus(startedAt);
    }

    /** Starts it. */
    void start() {
        start = null;
        lastLines.clear();
        gotGoing = false;
        startedAt = loop.now();
        Told told = new Told();
        try {
            running = processes.start(command, told);
        } catch (IOException e) {
            listener.gaveUp(this, "cannot be started", List.of(String.valueOf(e.getMessage())));
            return;
        }
        told.process = running;
        listener.started(this);
    }

    /** Notes that it does its work, so that its death is not a failed start. */
    void isGoing() {
        gotGoing = true;
    }

    /** Does not start it again from now on, however it ends. */
    void letGo() {
        wanted = false;
        if (start != null) {
            start.callOff();
        }
    }

    /** Ends it, by force where it does not end by itself in time, and then does what follows. */
    void stop(Duration patience, Runnable then) {
        letGo();
        stopped = then;
        Running process = running;
        if (process == null) {
            then.run();
            return;
        }
        process.terminate();
        loop.after(patience, () -> {
            if (running == process) {
                process.kill();
            }
        });
    }

    private void printed(String line) {
        if (line.isBlank()) {
            return;
        }
        lastLines.addLast(line);
        if (lastLines.size() > LINES_KEPT) {
            lastLines.removeFirst();
        }
    }

    private void ended(int exitCode) {
        running = null;
        if (!wanted) {
            stopped.run();
            return;
        }
        String how = how(exitCode);
        Optional<Duration> wait = policy.afterDeath(gotGoing, age());
        if (wait.isEmpty()) {
            listener.gaveUp(this, how, List.copyOf(lastLines));
            return;
        }
        if (ASKED_TO_END.contains(exitCode)) {
            start = loop.after(SECOND_THOUGHT, () -> startAgain(how, wait.get()));
        } else {
            startAgain(how, wait.get());
        }
    }

    private void startAgain(String how, Duration wait) {
        listener.died(this, how);
        start = loop.after(wait, this::start);
    }

    private static String how(int exitCode) {
        return exitCode > 128 ? "was ended by signal " + (exitCode - 128) : "ended with exit code " + exitCode;
    }

    /** Who hears what becomes of it. */
    interface Listener {
        void started(Child child);

        /** It died, will be started again, and this is how. */
        void died(Child child, String how);

        /** It died, will not be started again, and this is how, with the last that it printed. */
        void gaveUp(Child child, String how, List<String> lastLines);
    }

    /** Hands over what one process tells; the end of one that does not count any more means nothing. */
    private final class Told implements Processes.Listener {
        private @Nullable Running process;

        @Override
        public void printed(String line) {
            loop.hand(() -> Child.this.printed(line));
        }

        @Override
        public void ended(int exitCode) {
            loop.hand(() -> {
                if (running == process) {
                    Child.this.ended(exitCode);
                }
            });
        }
    }
}
