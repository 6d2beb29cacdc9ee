package dev.proreus.loadtest.soak;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The paths of the workspaces that there are, by tenant. For all threads. */
final class Places {
    private final AtomicReferenceArray<@Nullable String> paths;

    Places(int tenants) {
        paths = new AtomicReferenceArray<>(tenants);
    }

    void set(int tenant, @Nullable String path) {
        paths.set(tenant, path);
    }

    /** Returns one of them, if there is one where chance looks. */
    Optional<String> any(RandomGenerator random) {
        return Optional.ofNullable(paths.get(random.nextInt(paths.length())));
    }
}
