package dev.proreus.agent.session;

import com.google.protobuf.ListValue;
import com.google.protobuf.NullValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.proreus.agent.AgentObject;
import dev.proreus.agent.Claim;
import dev.proreus.agent.Fields;
import dev.proreus.agent.reconcile.StatusReport;
import dev.proreus.agent.view.Position;
import dev.proreus.agent.view.ViewEvent;
import dev.proreus.v1.Ack;
import dev.proreus.v1.Condition;
import dev.proreus.v1.ConnectRequest;
import dev.proreus.v1.Cursor;
import dev.proreus.v1.Known;
import dev.proreus.v1.Object;
import dev.proreus.v1.Report;
import dev.proreus.v1.Role;
import dev.proreus.v1.Subscribe;
import dev.proreus.v1.Verdict;
import dev.proreus.v1.WatchEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The one translation between the wire and what the SDK shows. */
final class Codec {
    private Codec() {}

    /** Translates an event; empty where its kind is one that this version does not know. */
    static Optional<ViewEvent> event(WatchEvent event, String workspace, String type) {
        return switch (event.getChangeCase()) {
            case ADDED -> Optional.of(present(event.getAdded(), event.getRevision(), workspace, type));
            case MODIFIED -> Optional.of(present(event.getModified(), event.getRevision(), workspace, type));
            case DELETED -> Optional.of(gone(event.getDeleted(), event.getRevision()));
            case LEFT -> Optional.of(gone(event.getLeft(), event.getRevision()));
            case KNOWN -> Optional.of(known(event.getKnown(), event.getRevision()));
            case CHANGE_NOT_SET -> Optional.empty();
        };
    }

    static Subscribe subscribe(int number, String type, Claim claim, Optional<Position> position) {
        Subscribe.Builder subscribe =
                Subscribe.newBuilder().setSubscription(number).setType(type).setRole(Role.ROLE_DRIVE);
        if (claim instanceof Claim.Named named) {
            subscribe.setName(named.name());
        } else if (claim instanceof Claim.Assigned assigned) {
            subscribe.setAssignmentValue(assigned.value());
        } else {
            subscribe.setWholeType(true);
        }
        position.ifPresent(at -> subscribe.setCursor(
                Cursor.newBuilder().setRevision(at.revision()).setIncarnation(at.incarnation())));
        return subscribe.build();
    }

    static ConnectRequest report(long seq, int subscription, StatusReport report) {
        Report.Builder message = Report.newBuilder()
                .setSeq(seq)
                .setSubscription(subscription)
                .setName(report.name())
                .setUid(report.uid())
                .setObservedGeneration(report.observedGeneration())
                .setStatus(struct(report.body().asMap()));
        for (dev.proreus.agent.Condition condition : report.conditions()) {
            message.addConditions(Condition.newBuilder()
                    .setType(condition.type())
                    .setStatus(condition.status())
                    .setReason(condition.reason())
                    .setMessage(condition.message())
                    .setObservedGeneration(report.observedGeneration()));
        }
        return ConnectRequest.newBuilder().setReport(message).build();
    }

    static ConnectRequest accepted(int subscription, String name, String uid, long generation) {
        return ConnectRequest.newBuilder()
                .setAck(Ack.newBuilder()
                        .setSubscription(subscription)
                        .setName(name)
                        .setUid(uid)
                        .setGeneration(generation)
                        .setVerdict(Verdict.VERDICT_ACCEPTED))
                .build();
    }

    private static ViewEvent present(Object object, long revision, String workspace, String type) {
        var meta = object.getMetadata();
        AgentObject shown = new AgentObject(
                workspace,
                type,
                meta.getName(),
                meta.getUid(),
                meta.getGeneration(),
                meta.getResourceVersion(),
                meta.getLabelsMap(),
                fields(object.getSpec()),
                fields(object.getStatus()));
        return new ViewEvent.Present(shown, revision);
    }

    private static ViewEvent gone(Object last, long revision) {
        return new ViewEvent.Gone(
                last.getMetadata().getName(), last.getMetadata().getUid(), revision);
    }

    private static ViewEvent known(Known known, long revision) {
        return new ViewEvent.Known(known.getName(), known.getUid(), known.getGeneration(), revision);
    }

    private static Fields fields(Struct struct) {
        return Fields.of(map(struct));
    }

    private static Map<String, java.lang.@Nullable Object> map(Struct struct) {
        Map<String, java.lang.@Nullable Object> map = new TreeMap<>();
        struct.getFieldsMap().forEach((key, value) -> map.put(key, plain(value)));
        return map;
    }

    private static java.lang.@Nullable Object plain(Value value) {
        return switch (value.getKindCase()) {
            case STRING_VALUE -> value.getStringValue();
            case NUMBER_VALUE -> value.getNumberValue();
            case BOOL_VALUE -> value.getBoolValue();
            case STRUCT_VALUE -> map(value.getStructValue());
            case LIST_VALUE -> list(value.getListValue());
            case NULL_VALUE, KIND_NOT_SET -> null;
        };
    }

    private static List<java.lang.@Nullable Object> list(ListValue list) {
        List<java.lang.@Nullable Object> plain = new ArrayList<>(list.getValuesCount());
        for (Value value : list.getValuesList()) {
            plain.add(plain(value));
        }
        return plain;
    }

    private static Struct struct(Map<?, ?> map) {
        Struct.Builder struct = Struct.newBuilder();
        map.forEach((key, value) -> struct.putFields((String) key, value(value)));
        return struct.build();
    }

    private static Value value(java.lang.@Nullable Object plain) {
        Value.Builder value = Value.newBuilder();
        if (plain == null) {
            value.setNullValue(NullValue.NULL_VALUE);
        } else if (plain instanceof String text) {
            value.setStringValue(text);
        } else if (plain instanceof Boolean bool) {
            value.setBoolValue(bool);
        } else if (plain instanceof Number number) {
            value.setNumberValue(number.doubleValue());
        } else if (plain instanceof Map<?, ?> map) {
            value.setStructValue(struct(map));
        } else if (plain instanceof List<?> list) {
            ListValue.Builder values = ListValue.newBuilder();
            list.forEach(element -> values.addValues(value(element)));
            value.setListValue(values);
        } else {
            throw new IllegalStateException("fields hold a " + plain.getClass().getName());
        }
        return value.build();
    }
}
