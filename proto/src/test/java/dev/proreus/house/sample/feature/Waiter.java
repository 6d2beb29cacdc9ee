package dev.proreus.house.sample.feature;

import dev.proreus.house.sample.core.Chance;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Waits, and knows another feature. */
public final class Waiter {

    Chance chance = new Chance();

    String join(CompletableFuture<String> future) {
        return future.join();
    }

    String get(CompletableFuture<String> future) throws InterruptedException, ExecutionException {
        return future.get();
    }
}
