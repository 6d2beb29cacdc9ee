package dev.proreus.workspace.agent;

import dev.proreus.workspace.canonical.ConditionSection;
import dev.proreus.workspace.canonical.ObjectSections;
import dev.proreus.workspace.canonical.StatusSections;
import dev.proreus.workspace.type.TypeDefinition;
import org.jspecify.annotations.Nullable;

/**
 * Derives how an object fares from its conditions Ready, Reconciling and Stalled and from its driver's presence, after
 * the contract of kstatus (sigs.k8s.io/cli-utils): a condition of an older generation does not count.
 */
public final class HealthRule {
    private HealthRule() {}

    /** Derives what can be said of an object whose type's claims are {@code claims}, at home in one workspace. */
    public static Derived derive(ObjectSections object, TypeDefinition type, AgentDirectory agents, long workspaceId) {
        String name = object.metadata().name();
        String driver = agents.claims(workspaceId, type.id())
                .driverOf(type.id(), name, type.fields().assignment(object.spec()));
        AgentRecord agent = driver == null ? null : agents.agent(workspaceId, driver);
        boolean connected = agent != null && agent.connected();
        return new Derived(health(object, driver != null, connected), driver == null ? "" : driver, connected);
    }

    private static Health health(ObjectSections object, boolean driven, boolean connected) {
        if (driven && !connected) {
            return Health.UNKNOWN;
        }
        StatusSections status = object.status();
        boolean reported = status != null && !status.conditions().isEmpty();
        if (status == null || !reported) {
            return driven ? Health.PROGRESSING : Health.UNKNOWN;
        }
        long generation = object.metadata().generation();
        if (status.observedGeneration().orElse(generation) < generation) {
            return Health.PROGRESSING;
        }
        if (is(status.condition("Stalled"), "True")) {
            return Health.DEGRADED;
        }
        if (is(status.condition("Ready"), "True")) {
            return Health.HEALTHY;
        }
        boolean busy = is(status.condition("Reconciling"), "True");
        if (is(status.condition("Ready"), "False")) {
            return busy ? Health.PROGRESSING : Health.DEGRADED;
        }
        return busy ? Health.PROGRESSING : Health.UNKNOWN;
    }

    private static boolean is(@Nullable ConditionSection condition, String status) {
        return condition != null && condition.status().equals(status);
    }
}
