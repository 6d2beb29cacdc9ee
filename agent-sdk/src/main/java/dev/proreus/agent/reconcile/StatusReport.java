package dev.proreus.agent.reconcile;

import dev.proreus.agent.AgentObject;
import dev.proreus.agent.Condition;
import dev.proreus.agent.Fields;
import dev.proreus.agent.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an agent tells about an object: its whole status, with conditions that merge by type.
 *
 * @param name the object's name
 * @param uid its uid
 * @param observedGeneration the generation that the status speaks of
 * @param body the status without conditions and observedGeneration
 * @param conditions the conditions to merge
 */
public record StatusReport(String name, String uid, long observedGeneration, Fields body, List<Condition> conditions) {
    private static final String CONDITIONS = "conditions";
    private static final String OBSERVED_GENERATION = "observedGeneration";
    private static final String LAST_TRANSITION_TIME = "lastTransitionTime";

    /** Copies the conditions. */
    public StatusReport {
        conditions = List.copyOf(conditions);
    }

    /**
     * Puts a result into the form of a report.
     *
     * @param object the object as it stands now
     * @param observedGeneration the generation that the reconciler was given
     * @param result what it made of it
     */
    public static StatusReport of(AgentObject object, long observedGeneration, Result result) {
        Fields body = result.status().orElseGet(() -> bodyOf(object.status()));
        return new StatusReport(
                object.name(), object.uid(), observedGeneration, body, conditions(object.status(), result));
    }

    /** Returns whether a status would be another one after this report. */
    public boolean changes(Fields status) {
        if (!body.equals(bodyOf(status)) || status.integer(OBSERVED_GENERATION, 0) != observedGeneration) {
            return true;
        }
        for (Condition condition : conditions) {
            Optional<Fields> there = find(status, condition.type());
            if (there.isEmpty() || !says(there.get(), condition)) {
                return true;
            }
        }
        return false;
    }

    /** Returns whether a condition of this report has this reason. */
    public boolean names(String reason) {
        return conditions.stream().anyMatch(condition -> condition.reason().equals(reason));
    }

    /** Returns what a status is after this report. */
    public Fields applyTo(Fields status) {
        List<Object> merged = new ArrayList<>();
        for (Fields there : conditionsOf(status)) {
            if (conditions.stream().noneMatch(c -> c.type().equals(there.string("type", "")))) {
                merged.add(there);
            }
        }
        for (Condition condition : conditions) {
            merged.add(merge(find(status, condition.type()).orElse(null), condition));
        }
        return body.with(CONDITIONS, merged).with(OBSERVED_GENERATION, observedGeneration);
    }

    private static Fields bodyOf(Fields status) {
        return status.without(CONDITIONS).without(OBSERVED_GENERATION);
    }

    /** Stalled is not written before it is True for the first time: a healthy object needs no third condition. */
    private static List<Condition> conditions(Fields status, Result result) {
        String why = result.reason();
        String message = result.message();
        List<Condition> conditions = new ArrayList<>();
        switch (result.outcome()) {
            case READY -> {
                conditions.add(Condition.of(Condition.READY, true, why, message));
                conditions.add(Condition.of(Condition.RECONCILING, false, why, ""));
            }
            case PROGRESSING -> {
                conditions.add(Condition.of(Condition.READY, false, why, message));
                conditions.add(Condition.of(Condition.RECONCILING, true, why, message));
            }
            case FAILED -> {
                conditions.add(Condition.of(Condition.READY, false, why, message));
                conditions.add(Condition.of(Condition.RECONCILING, false, why, ""));
            }
        }
        if (result.outcome() == Result.Outcome.FAILED) {
            conditions.add(Condition.of(Condition.STALLED, true, why, message));
        } else if (find(status, Condition.STALLED).isPresent()) {
            conditions.add(Condition.of(Condition.STALLED, false, why, ""));
        }
        conditions.addAll(result.conditions());
        return conditions;
    }

    private static List<Fields> conditionsOf(Fields status) {
        List<Fields> conditions = new ArrayList<>();
        if (status.value(CONDITIONS).orElse(null) instanceof List<?>) {
            for (Object element : status.list(CONDITIONS)) {
                if (element instanceof Fields condition) {
                    conditions.add(condition);
                }
            }
        }
        return conditions;
    }

    private static Optional<Fields> find(Fields status, String type) {
        return conditionsOf(status).stream()
                .filter(c -> c.string("type", "").equals(type))
                .findFirst();
    }

    private boolean says(Fields there, Condition condition) {
        return there.string("status", "").equals(condition.status())
                && there.string("reason", "").equals(condition.reason())
                && there.string("message", "").equals(condition.message())
                && there.integer(OBSERVED_GENERATION, 0) == observedGeneration;
    }

    private Fields merge(@Nullable Fields there, Condition condition) {
        Fields merged = Fields.of(Map.of(
                "type",
                condition.type(),
                "status",
                condition.status(),
                "reason",
                condition.reason(),
                "message",
                condition.message(),
                OBSERVED_GENERATION,
                observedGeneration));
        boolean unmoved = there != null && there.string("status", "").equals(condition.status());
        return unmoved && there != null && there.has(LAST_TRANSITION_TIME)
                ? merged.with(LAST_TRANSITION_TIME, there.string(LAST_TRANSITION_TIME))
                : merged;
    }
}
