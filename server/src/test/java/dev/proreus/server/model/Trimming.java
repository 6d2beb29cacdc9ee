package dev.proreus.server.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.SplittableRandom;

/** Lets workspaces hold less of their history, so that their floors rise; or as much as the server does again. */
final class Trimming {
    private static final int LEAST_BYTES = 4_000;
    private static final int MORE_BYTES = 8_000;
    private static final Duration SOON = Duration.ofSeconds(30);

    private final World world;
    private final SplittableRandom random;

    Trimming(World world, SplittableRandom random) {
        this.world = world;
        this.random = random;
    }

    void trim(Model model) {
        switch (random.nextInt(4)) {
            case 0 -> world.hold(model.workspace, 0);
            case 1 -> everything(model);
            default -> world.hold(model.workspace, LEAST_BYTES + random.nextInt(MORE_BYTES));
        }
    }

    /** Nothing but the newest state is held, and from then on some of what comes. */
    private void everything(Model model) {
        world.hold(model.workspace, 1);
        await().pollInterval(Duration.ofMillis(20))
                .atMost(SOON)
                .until(() -> world.oldest(model.workspace) == model.revision);
        assertThat(model.floor).isLessThanOrEqualTo(model.revision);
        model.floor = model.revision;
        world.hold(model.workspace, random.nextBoolean() ? 0 : LEAST_BYTES);
    }
}
