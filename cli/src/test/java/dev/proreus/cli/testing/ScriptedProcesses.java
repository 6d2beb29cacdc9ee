package dev.proreus.cli.testing;

import dev.proreus.cli.dev.Processes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Processes that are none: the test says what they do when they are started and asked to end. */
public final class ScriptedProcesses implements Processes {
    private final List<Scripted> started = new ArrayList<>();
    private Consumer<Scripted> script = process -> {};
    private boolean missing;

    /** Says what a process does as soon as it is started. */
    public synchronized void script(Consumer<Scripted> whenStarted) {
        script = whenStarted;
    }

    /** Says that there is no program to start. */
    public synchronized void missing() {
        missing = true;
    }

    /** Returns all that were started, in order. */
    public synchronized List<Scripted> started() {
        return List.copyOf(started);
    }

    @Override
    public synchronized Running start(List<String> command, Listener listener) throws IOException {
        if (missing) {
            throw new IOException("no such program");
        }
        Scripted process = new Scripted(List.copyOf(command), listener, 100 + started.size());
        started.add(process);
        script.accept(process);
        return process;
    }

    /** One of them. */
    public static final class Scripted implements Running {
        private final List<String> command;
        private final Listener listener;
        private final long pid;
        private final List<String> told = new ArrayList<>();
        private Runnable beforeItEnds = () -> {};
        private boolean stubborn;

        private Scripted(List<String> command, Listener listener, long pid) {
            this.command = command;
            this.listener = listener;
            this.pid = pid;
        }

        public List<String> command() {
            return command;
        }

        /** Returns the verb that it was started with. */
        public String verb() {
            return command.get(1);
        }

        /** Returns what it was told to do. */
        public List<String> told() {
            return told;
        }

        /** Prints a line. */
        public void print(String line) {
            listener.printed(line);
        }

        /** Ends by itself. */
        public void exit(int code) {
            listener.ended(code);
        }

        /** Does something before it ends when it is asked to. */
        public void beforeItEnds(Runnable last) {
            beforeItEnds = last;
        }

        /** Does not end when it is asked to. */
        public void stubborn() {
            stubborn = true;
        }

        @Override
        public long pid() {
            return pid;
        }

        @Override
        public void terminate() {
            told.add("terminate");
            if (!stubborn) {
                beforeItEnds.run();
                exit(143);
            }
        }

        @Override
        public void kill() {
            told.add("kill");
            exit(137);
        }
    }
}
