package dev.proreus.guarantees.crash;

import dev.proreus.guarantees.record.Recorder;
import dev.proreus.v1.DeliveryMode;
import dev.proreus.v1.WatchRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;

/** The clients of a crash run. */
final class Cast {
    private final List<Role> roles = new ArrayList<>();
    private final List<Watcher> watchers = new ArrayList<>();

    Cast(CrashPlan plan, SplittableRandom random, Tally tally) {
        for (int i = 0; i < plan.writers(); i++) {
            roles.add(new Writer(i, random.split(), tally));
        }
        for (String workspace : Scene.WORKSPACES) {
            WatchRequest all = WatchRequest.newBuilder()
                    .setWorkspace(workspace)
                    .setType(Scene.TYPE)
                    .build();
            watchers.add(new Watcher(all));
            watchers.add(new Watcher(all.toBuilder().setPrevious(true).build()));
            watchers.add(new Watcher(all.toBuilder().setName("hot-0").build()));
            watchers.add(new Watcher(
                    all.toBuilder().setLabelSelector(Scene.LABEL + "=red").build()));
            WatchRequest latest =
                    all.toBuilder().setMode(DeliveryMode.DELIVERY_MODE_LATEST).build();
            watchers.add(new Watcher(latest));
            watchers.add(new Watcher(latest.toBuilder()
                    .setLabelSelector(Scene.LABEL + " in (red, blue)")
                    .build()));
        }
        roles.addAll(watchers);
    }

    int size() {
        return roles.size();
    }

    List<Watcher> watchers() {
        return watchers;
    }

    void start(Door door, Recorder recorder, ThreadFactory threads, Consumer<String> failed) {
        for (Role role : roles) {
            threads.newThread(() -> role.play(door, recorder.client(), failed)).start();
        }
    }
}
