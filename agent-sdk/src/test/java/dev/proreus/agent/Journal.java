package dev.proreus.agent;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Writes down what an agent does, a line for each, for a test to wait for. */
final class Journal implements AgentListener {
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private volatile Duration longestRetry = Duration.ZERO;

    /** Waits for a line that begins so; those before it are skipped. Returns the line. */
    String await(String beginning) throws InterruptedException {
        StringBuilder skipped = new StringBuilder();
        while (true) {
            String line = lines.poll(60, TimeUnit.SECONDS);
            if (line == null) {
                throw new AssertionError("no line '" + beginning + "', only:" + skipped);
            }
            if (line.startsWith(beginning)) {
                return line;
            }
            skipped.append("\n  ").append(line);
        }
    }

    /** Returns the longest time that the agent meant to wait before it connected again. */
    Duration longestRetry() {
        return longestRetry;
    }

    /** Takes all lines. */
    List<String> take() {
        List<String> taken = new ArrayList<>();
        lines.drainTo(taken);
        return taken;
    }

    @Override
    public void connected(String session, long epoch, List<Resumed> resumed) {
        lines.add("connected " + epoch + " " + resumed);
    }

    @Override
    public void disconnected(String reason, Duration retry) {
        if (retry.compareTo(longestRetry) > 0) {
            longestRetry = retry;
        }
        lines.add("disconnected " + reason);
    }

    @Override
    public void refused(Handler handler, String reason) {
        lines.add("refused " + handler.type() + " " + reason);
    }

    @Override
    public void superseded(String reason) {
        lines.add("superseded " + reason);
    }

    @Override
    public void reconciled(AgentObject object, Result result) {
        lines.add("reconciled " + object.name() + "@" + object.generation() + " " + result);
    }

    @Override
    public void reported(AgentObject object) {
        lines.add("reported " + object.name() + "@" + object.resourceVersion() + " "
                + object.status().integer("position", -1));
    }

    @Override
    public void problem(String reason, String message) {
        lines.add("problem " + reason);
    }
}
