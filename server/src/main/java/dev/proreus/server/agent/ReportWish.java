package dev.proreus.server.agent;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import dev.proreus.server.rpc.Checks;
import dev.proreus.server.rpc.raw.RawReport;
import dev.proreus.v1.Condition;
import dev.proreus.workspace.FieldViolation;
import dev.proreus.workspace.Limits;
import dev.proreus.workspace.Names;
import dev.proreus.workspace.Reason;
import dev.proreus.workspace.RefusedException;
import dev.proreus.workspace.canonical.Canonicalizer;
import dev.proreus.workspace.canonical.ConditionSection;
import dev.proreus.workspace.canonical.MetaSections;
import dev.proreus.workspace.canonical.ObjectSections;
import dev.proreus.workspace.canonical.StatusSections;
import dev.proreus.workspace.commit.Fence;
import dev.proreus.workspace.commit.ObjectWrite;
import dev.proreus.workspace.tree.Workspace;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/** Turns a report into the write that it asks for. Pure functions. */
final class ReportWish {
    /** Seconds of 0001-01-01T00:00:00Z and of 9999-12-31T23:59:59Z, between which a Timestamp lies. */
    private static final long FIRST_SECOND = -62_135_596_800L;

    private static final long LAST_SECOND = 253_402_300_799L;
    private static final int NANOS = 1_000_000_000;

    private ReportWish() {}

    /**
     * Returns the write of a report that belongs to a type's objects in a workspace.
     *
     * @throws RefusedException with BAD_REQUEST where the report itself is malformed, with INVALID_OBJECT where the
     *     status is, and all violations at once
     */
    static ObjectWrite read(Workspace home, int typeId, Fence fence, RawReport report) {
        checkEnvelope(report);
        StatusSections status = status(report.getStatusCount() == 0 ? ByteString.EMPTY : report.getStatus(0));
        OptionalLong observed = report.getObservedGeneration() == 0
                ? OptionalLong.empty()
                : OptionalLong.of(report.getObservedGeneration());
        StatusSections reported = status.withObservedGeneration(observed).plus(conditions(report.getConditionsList()));
        return new ObjectWrite(
                ObjectWrite.Verb.UPDATE_STATUS,
                home.id(),
                typeId,
                0,
                report.getName(),
                new ObjectSections("", "", MetaSections.EMPTY, null, reported),
                Checks.uid(report.getUid()),
                0,
                fence.agent(),
                false,
                fence);
    }

    private static void checkEnvelope(RawReport report) {
        List<FieldViolation> violations = new ArrayList<>();
        String name = Names.violationOfName(report.getName());
        if (!name.isEmpty()) {
            violations.add(new FieldViolation("report.name", name));
        }
        if (report.getUid().isEmpty()) {
            violations.add(new FieldViolation(
                    "report.uid",
                    "is empty; send the uid of the object that was delivered, so that no other one is hit"));
        } else if (!Checks.isUid(report.getUid())) {
            violations.add(
                    new FieldViolation("report.uid", "is no UUID; send the uid of the object that was delivered"));
        }
        if (report.getObservedGeneration() < 0) {
            violations.add(new FieldViolation(
                    "report.observed_generation", "is negative; send the generation that the status speaks of"));
        }
        if (report.getStatusCount() > 1) {
            violations.add(new FieldViolation("report.status", "is given more than once; send one status"));
        }
        if (!violations.isEmpty()) {
            throw RefusedException.invalid(Reason.BAD_REQUEST, "the report is malformed", violations);
        }
    }

    private static StatusSections status(ByteString struct) {
        StatusSections status = Canonicalizer.status(struct);
        List<FieldViolation> violations = new ArrayList<>();
        if (!status.conditions().isEmpty()) {
            violations.add(new FieldViolation(
                    "status.conditions", "cannot stand in a report's status; send them in report.conditions"));
        }
        if (status.observedGeneration().isPresent()) {
            violations.add(new FieldViolation(
                    "status.observedGeneration",
                    "cannot stand in a report's status; send it as report.observed_generation"));
        }
        refuseAny(violations);
        return status;
    }

    private static List<ConditionSection> conditions(List<Condition> given) {
        List<FieldViolation> violations = new ArrayList<>();
        List<ConditionSection> conditions = new ArrayList<>();
        Set<String> types = new HashSet<>();
        for (int i = 0; i < given.size() && violations.size() < Limits.VIOLATIONS; i++) {
            String path = "conditions[" + i + "]";
            Condition each = given.get(i);
            if (Checks.isServersCondition(each.getType())) {
                violations.add(new FieldViolation(
                        path + ".type", "is " + each.getType() + ", which the server alone writes; leave it out"));
            } else if (!types.add(each.getType())) {
                violations.add(new FieldViolation(path + ".type", "is there twice; send each type once"));
            } else {
                condition(path, each, conditions, violations);
            }
        }
        refuseAny(violations);
        return conditions;
    }

    private static void condition(
            String path, Condition given, List<ConditionSection> conditions, List<FieldViolation> violations) {
        if (given.hasLastTransitionTime() && !isTime(given.getLastTransitionTime())) {
            violations.add(new FieldViolation(
                    path + ".last_transition_time", "is no time between the years 1 and 9999; leave it out"));
            return;
        }
        try {
            conditions.add(ConditionSection.of(
                    given.getType(),
                    given.getStatus(),
                    given.getReason(),
                    given.getMessage(),
                    given.getObservedGeneration(),
                    given.hasLastTransitionTime() ? time(given.getLastTransitionTime()) : null));
        } catch (RefusedException refused) {
            for (FieldViolation each : refused.violations()) {
                violations.add(new FieldViolation(path + "." + each.field(), each.description()));
            }
        }
    }

    private static boolean isTime(Timestamp time) {
        return time.getSeconds() >= FIRST_SECOND
                && time.getSeconds() <= LAST_SECOND
                && time.getNanos() >= 0
                && time.getNanos() < NANOS;
    }

    private static Instant time(Timestamp time) {
        return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
    }

    private static void refuseAny(List<FieldViolation> violations) {
        if (!violations.isEmpty()) {
            throw RefusedException.invalid(Reason.INVALID_OBJECT, "the reported status is refused", violations);
        }
    }
}
