package dev.proreus.workspace.agent;

import dev.proreus.workspace.ObjectState;
import dev.proreus.workspace.canonical.ConditionSection;
import dev.proreus.workspace.canonical.Reported;
import dev.proreus.workspace.canonical.StatusSections;
import dev.proreus.workspace.type.TypeDefinition;
import org.jspecify.annotations.Nullable;

/**
 * Derives how an object fares from its conditions Ready, Reconciling and Stalled and from its driver's presence, after
 * the contract of kstatus (sigs.k8s.io/cli-utils): a condition of an older generation does not count.
 */
public final class HealthRule {
    private HealthRule() {}

    /** Derives what can be said of an object, at home in one workspace. */
    public static Derived derive(ObjectState object, TypeDefinition type, AgentDirectory agents, long workspaceId) {
        String assignment = object.selectable().field(type.fields().assignmentField());
        String driver = agents.claims(workspaceId, type.id()).driverOf(type.id(), object.name(), assignment);
        AgentRecord agent = driver == null ? null : agents.agent(workspaceId, driver);
        boolean connected = agent != null && agent.connected();
        Health health =
                driver != null && !connected ? Health.UNKNOWN : health(Reported.of(object.object()), driver != null);
        return new Derived(health, driver == null ? "" : driver, connected);
    }

    private static Health health(Reported reported, boolean driven) {
        StatusSections status = reported.status();
        if (status == null || status.conditions().isEmpty()) {
            return driven ? Health.PROGRESSING : Health.UNKNOWN;
        }
        long generation = reported.generation();
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
