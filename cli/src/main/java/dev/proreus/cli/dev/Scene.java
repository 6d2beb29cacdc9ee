package dev.proreus.cli.dev;

import dev.proreus.cli.failure.Refusal;
import dev.proreus.cli.loop.Loop;
import dev.proreus.v1.ApplyRequest;
import dev.proreus.v1.CreateWorkspaceRequest;
import dev.proreus.v1.ObjectServiceGrpc;
import dev.proreus.v1.WorkspaceServiceGrpc;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/**
 * Makes what the robots need, step by step: the workspaces and the resource type. A step that finds it made is done;
 * one that finds no server is tried again. Confined to the loop.
 */
final class Scene {
    /** The tenants. */
    static final List<String> WORKSPACES = List.of("root:acme", "root:globex");

    /** Who applies what this verb makes. */
    static final String FIELD_MANAGER = "dev";

    private static final Duration AGAIN = Duration.ofMillis(100);

    private final Calls calls;
    private final Loop loop;
    private final Runnable made;
    private final Consumer<StatusRuntimeException> failed;
    private final Deque<Runnable> steps = new ArrayDeque<>();

    Scene(Calls calls, Loop loop, Runnable made, Consumer<StatusRuntimeException> failed) {
        this.calls = calls;
        this.loop = loop;
        this.made = made;
        this.failed = failed;
    }

    /** Makes all of it, then says so, once. */
    void make() {
        steps.add(this::type);
        WORKSPACES.forEach(path -> steps.add(() -> workspace(path)));
        next();
    }

    private void next() {
        Runnable step = steps.peek();
        if (step == null) {
            made.run();
        } else {
            step.run();
        }
    }

    private void workspace(String path) {
        calls.call(
                WorkspaceServiceGrpc.getCreateWorkspaceMethod(),
                CreateWorkspaceRequest.newBuilder().setWorkspace(path).build(),
                answer -> done(),
                this::failed);
    }

    private void type() {
        calls.call(
                ObjectServiceGrpc.getApplyMethod(),
                ApplyRequest.newBuilder()
                        .setWorkspace("root")
                        .setObject(RobotForm.type())
                        .setFieldManager(FIELD_MANAGER)
                        .build(),
                answer -> done(),
                this::failed);
    }

    private void done() {
        steps.remove();
        next();
    }

    private void failed(StatusRuntimeException failure) {
        String reason = Refusal.of(failure).reason();
        if (reason.equals("ALREADY_EXISTS") || reason.equals("FIELD_CONFLICT")) {
            done();
        } else if (Calls.isAbsence(failure)) {
            loop.after(AGAIN, this::next);
        } else {
            failed.accept(failure);
        }
    }
}
