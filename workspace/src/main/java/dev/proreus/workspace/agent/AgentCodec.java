package dev.proreus.workspace.agent;

import com.google.protobuf.ByteString;
import dev.proreus.workspace.canonical.MetaSections;
import dev.proreus.workspace.canonical.ObjectSections;
import dev.proreus.workspace.canonical.StatusSections;
import dev.proreus.workspace.canonical.StructView;
import dev.proreus.workspace.canonical.StructWriter;
import dev.proreus.workspace.canonical.ValueView;
import dev.proreus.workspace.type.SystemTypes;
import dev.proreus.workspace.type.TypeDefinition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The form of an Agent object: everything that is recorded stands in its status. A claim names its type by uid, which
 * cannot come to mean another, and by full name for people.
 */
public final class AgentCodec {
    private AgentCodec() {}

    /**
     * Returns the sections of the Agent object.
     *
     * @param metadata its metadata
     * @param types definitions by internal id; claims on types that are gone are left out
     */
    public static ObjectSections encode(
            AgentRecord agent, MetaSections metadata, IntFunction<@Nullable TypeDefinition> types) {
        StructWriter status = new StructWriter()
                .put("epoch", (double) agent.epoch())
                .put("connected", agent.connected())
                .put("instance", agent.instance())
                .put("sdk", agent.sdk())
                .put("lastTransitionTime", agent.transition().toString())
                .put("superseded", agent.superseded())
                .put("claims", claims(agent.claims(), types));
        return new ObjectSections(
                SystemTypes.AGENTS.apiVersion(),
                SystemTypes.AGENTS.names().kind(),
                metadata,
                null,
                new StatusSections(status.toBytes(), OptionalLong.empty(), List.of()));
    }

    /**
     * Reads an Agent object.
     *
     * @param types definitions by uid
     */
    public static AgentRecord decode(ObjectSections object, Function<UUID, @Nullable TypeDefinition> types) {
        StatusSections sections = object.status();
        StructView status = StructView.of(sections == null ? ByteString.EMPTY : sections.body());
        List<String> superseded = new ArrayList<>();
        status.find("superseded").elements().forEach(each -> superseded.add(each.stringOr("")));
        Map<Claim, Long> claims = new LinkedHashMap<>();
        for (ValueView each : status.find("claims").elements()) {
            StructView claim = each.struct();
            TypeDefinition type =
                    types.apply(UUID.fromString(claim.find("typeUid").stringOr("")));
            if (type != null) {
                Claim.Kind kind = Claim.Kind.valueOf(claim.find("by").stringOr(""));
                claims.put(new Claim(type.id(), kind, claim.find("value").stringOr("")), (long)
                        claim.find("since").numberOr(0));
            }
        }
        return new AgentRecord(
                object.metadata().name(),
                (long) status.find("epoch").numberOr(0),
                status.find("connected").boolOr(false),
                status.find("instance").stringOr(""),
                status.find("sdk").stringOr(""),
                Instant.parse(status.find("lastTransitionTime").stringOr("1970-01-01T00:00:00Z")),
                superseded,
                claims);
    }

    private static List<Map<String, Object>> claims(
            Map<Claim, Long> claims, IntFunction<@Nullable TypeDefinition> types) {
        List<Map<String, Object>> list = new ArrayList<>();
        claims.entrySet().stream()
                .sorted(Map.Entry.comparingByKey(Comparator.comparingInt(Claim::typeId)
                        .thenComparing(Claim::kind)
                        .thenComparing(Claim::value)))
                .forEach(entry -> {
                    TypeDefinition type = types.apply(entry.getKey().typeId());
                    if (type != null) {
                        list.add(Map.of(
                                "type", type.names().full(),
                                "typeUid", type.uid().toString(),
                                "by", entry.getKey().kind().name(),
                                "value", entry.getKey().value(),
                                "since", entry.getValue()));
                    }
                });
        return list;
    }
}
