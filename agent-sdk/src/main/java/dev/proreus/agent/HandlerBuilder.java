package dev.proreus.agent;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Says which objects of a type an agent drives, and how: exactly one of {@link #named}, {@link #assignedTo} and
 * {@link #wholeType}, and {@link #reconcile}. For one thread.
 */
public final class HandlerBuilder {
    private static final Duration RESYNC = Duration.ofMinutes(10);

    private final String type;
    private @Nullable Claim claim;
    private @Nullable Reconciler reconciler;
    private Duration resync = RESYNC;

    HandlerBuilder(String type) {
        this.type = Text.require("type", type);
    }

    /** Drives the object of this name. */
    public HandlerBuilder named(String name) {
        return claim(new Claim.Named(Text.require("name", name)));
    }

    /** Drives the objects whose assignment field, such as {@code spec.agent}, has this value. */
    public HandlerBuilder assignedTo(String value) {
        return claim(new Claim.Assigned(Text.require("assignment value", value)));
    }

    /** Drives all objects of the type, as far as no other agent has a more specific claim. */
    public HandlerBuilder wholeType() {
        return claim(new Claim.WholeType());
    }

    /** Sets what brings an object closer to its spec. */
    public HandlerBuilder reconcile(Reconciler newReconciler) {
        reconciler = newReconciler;
        return this;
    }

    /** Sets how often each object is reconciled again though nothing has changed; 10 minutes, zero is never. */
    public HandlerBuilder resync(Duration interval) {
        if (interval.isNegative()) {
            throw new IllegalArgumentException("resync of " + type + " is negative: use zero for never");
        }
        resync = interval;
        return this;
    }

    Handler build() {
        if (claim == null) {
            throw new IllegalArgumentException(
                    "handler of " + type + " claims nothing: say named, assignedTo or wholeType");
        }
        if (reconciler == null) {
            throw new IllegalArgumentException("handler of " + type + " does nothing: say reconcile");
        }
        return new Handler(type, claim, resync, reconciler);
    }

    private HandlerBuilder claim(Claim newClaim) {
        if (claim != null) {
            throw new IllegalArgumentException("handler of " + type + " has a claim already: use a second manage");
        }
        claim = newClaim;
        return this;
    }
}
