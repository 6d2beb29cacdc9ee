package dev.proreus.cli.dev;

import dev.proreus.cli.failure.Refusal;
import dev.proreus.cli.loop.Loop;
import dev.proreus.v1.ApplyRequest;
import dev.proreus.v1.ApplyResponse;
import dev.proreus.v1.Object;
import dev.proreus.v1.ObjectServiceGrpc;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Gives robots new targets, all of the fleet in one round. A robot that somebody else applied last is left to them. A
 * round that is not through when the next one is due makes that one wait for its turn. Confined to the loop.
 */
final class Retargeting {
    private static final Duration AGAIN = Duration.ofMillis(100);

    private final Calls calls;
    private final Loop loop;
    private final Robots robots;
    private final Targets targets;
    private final Listener listener;
    private final Set<RobotName> leftAlone = new TreeSet<>();
    private final Map<RobotName, Object> underWay = new TreeMap<>();

    Retargeting(Calls calls, Loop loop, Robots robots, Targets targets, Listener listener) {
        this.calls = calls;
        this.loop = loop;
        this.robots = robots;
        this.targets = targets;
        this.listener = listener;
    }

    /** Starts the first round: robot-1 to robot-{@code count} of each workspace are made where there are none. */
    void begin(int count) {
        for (String workspace : Scene.WORKSPACES) {
            for (int number = 1; number <= count; number++) {
                RobotName name = new RobotName(workspace, "robot-" + number);
                if (robots.find(name).isEmpty()) {
                    give(name, RobotForm.robot(name.name(), "", targets.from(0)));
                }
            }
        }
        fleet();
        endWhereThrough();
    }

    /** Starts another round. */
    void again() {
        if (underWay.isEmpty()) {
            fleet();
        }
    }

    private void fleet() {
        robots.all().forEach((name, robot) -> {
            if (RobotForm.isOfFleet(robot) && !leftAlone.contains(name)) {
                int position = RobotForm.position(robot).orElse(0);
                give(name, RobotForm.robot(name.name(), robot.getMetadata().getUid(), targets.from(position)));
            }
        });
    }

    private void give(RobotName name, Object wanted) {
        underWay.put(name, wanted);
        ApplyRequest request = ApplyRequest.newBuilder()
                .setWorkspace(name.workspace())
                .setType(RobotForm.TYPE)
                .setObject(wanted)
                .setFieldManager(Scene.FIELD_MANAGER)
                .build();
        calls.call(
                ObjectServiceGrpc.getApplyMethod(),
                request,
                answer -> given(name, answer),
                failure -> refused(name, wanted, failure));
    }

    private void given(RobotName name, ApplyResponse answer) {
        robots.expect(name, answer.getObject().getMetadata().getGeneration());
        settled(name);
    }

    private void refused(RobotName name, Object wanted, StatusRuntimeException failure) {
        if (Calls.isAbsence(failure)) {
            loop.after(AGAIN, () -> give(name, wanted));
            return;
        }
        switch (Refusal.of(failure).reason()) {
            case "FIELD_CONFLICT" -> {
                leftAlone.add(name);
                listener.leftAlone(name);
                settled(name);
            }
            case "UID_MISMATCH", "OBJECT_NOT_FOUND" -> settled(name);
            default -> listener.failed(failure);
        }
    }

    private void settled(RobotName name) {
        underWay.remove(name);
        endWhereThrough();
    }

    private void endWhereThrough() {
        if (underWay.isEmpty()) {
            listener.given();
        }
    }

    /** Who hears what becomes of a round. */
    interface Listener {
        /** Every robot of the round has its target. */
        void given();

        /** Somebody else applied the robot last, so it keeps what they want of it. */
        void leftAlone(RobotName name);

        /** The server refuses for a reason that trying again does not mend. */
        void failed(StatusRuntimeException failure);
    }
}
