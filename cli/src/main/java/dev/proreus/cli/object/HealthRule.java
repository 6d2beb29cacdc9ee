package dev.proreus.cli.object;

import dev.proreus.cli.field.Conditions;
import dev.proreus.v1.Derived;
import dev.proreus.v1.Driver;
import dev.proreus.v1.Health;
import dev.proreus.v1.Object;
import java.util.Optional;

/**
 * How an object fares, for tables that watch: what is derived never travels in watches, so it is derived here, from the
 * object as it is now and its driver as it was last read, by the server's rule.
 */
final class HealthRule {

    private HealthRule() {}

    /** Returns the word that people read. */
    static String word(Health health) {
        return switch (health) {
            case HEALTH_HEALTHY -> "Healthy";
            case HEALTH_PROGRESSING -> "Progressing";
            case HEALTH_DEGRADED -> "Degraded";
            case HEALTH_UNKNOWN -> "Unknown";
            case HEALTH_UNSPECIFIED, UNRECOGNIZED -> "";
        };
    }

    /** Derives anew what may have changed with the object. */
    static Derived derive(Object object, Optional<Driver> driver) {
        Derived.Builder derived = Derived.newBuilder().setHealth(health(object, driver));
        driver.ifPresent(derived::setDriver);
        return derived.build();
    }

    private static Health health(Object object, Optional<Driver> driver) {
        if (driver.isPresent() && !driver.get().getConnected()) {
            return Health.HEALTH_UNKNOWN;
        }
        if (Conditions.of(object).isEmpty()) {
            return driver.isPresent() ? Health.HEALTH_PROGRESSING : Health.HEALTH_UNKNOWN;
        }
        long observed = Conditions.observedGeneration(object);
        if (observed != 0 && observed < object.getMetadata().getGeneration()) {
            return Health.HEALTH_PROGRESSING;
        }
        return ofConditions(object);
    }

    private static Health ofConditions(Object object) {
        if (says(object, "Stalled", "True")) {
            return Health.HEALTH_DEGRADED;
        }
        if (says(object, "Ready", "True")) {
            return Health.HEALTH_HEALTHY;
        }
        if (says(object, "Reconciling", "True")) {
            return Health.HEALTH_PROGRESSING;
        }
        return says(object, "Ready", "False") ? Health.HEALTH_DEGRADED : Health.HEALTH_UNKNOWN;
    }

    private static boolean says(Object object, String type, String status) {
        return Conditions.find(object, type)
                .filter(each -> each.getStatus().equals(status))
                .isPresent();
    }
}
