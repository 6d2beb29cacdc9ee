package dev.proreus.server.object;

import dev.proreus.server.rpc.Encoded;
import dev.proreus.v1.Driver;
import dev.proreus.v1.GetResponse;
import dev.proreus.v1.Health;
import dev.proreus.v1.ListItem;
import dev.proreus.v1.ListResponse;
import dev.proreus.v1.UpdateResponse;
import dev.proreus.v1.WriteOutcome;
import dev.proreus.v1.WriteResponse;
import dev.proreus.workspace.agent.Derived;
import dev.proreus.workspace.commit.Receipt;
import dev.proreus.workspace.commit.Written;
import dev.proreus.workspace.engine.ObjectPage;
import dev.proreus.workspace.engine.ObjectRead;
import dev.proreus.workspace.tree.Workspace;

/**
 * Puts answers together around stored objects, whose bytes go out as they are.
 *
 * <p>The answers to all writes have the same fields, so one method serves them all.
 */
final class Answers {
    private Answers() {}

    static Encoded get(Workspace workspace, ObjectRead read) {
        return Encoded.builder()
                .delimited(GetResponse.OBJECT_FIELD_NUMBER, read.state().object())
                .message(GetResponse.DERIVED_FIELD_NUMBER, derived(workspace, read.derived()))
                .varint(GetResponse.REVISION_FIELD_NUMBER, read.revision())
                .string(
                        GetResponse.INCARNATION_FIELD_NUMBER,
                        workspace.incarnation().toString())
                .build();
    }

    static Encoded list(Workspace workspace, ObjectPage page) {
        Encoded.Builder answer = Encoded.builder();
        for (ObjectRead item : page.items()) {
            answer.message(
                    ListResponse.ITEMS_FIELD_NUMBER,
                    Encoded.builder()
                            .delimited(
                                    ListItem.OBJECT_FIELD_NUMBER, item.state().object())
                            .message(ListItem.DERIVED_FIELD_NUMBER, derived(workspace, item.derived()))
                            .build());
        }
        return answer.varint(ListResponse.REVISION_FIELD_NUMBER, page.revision())
                .string(
                        ListResponse.INCARNATION_FIELD_NUMBER,
                        workspace.incarnation().toString())
                .string(ListResponse.NEXT_PAGE_TOKEN_FIELD_NUMBER, page.nextPageToken())
                .build();
    }

    static Encoded written(Written written) {
        return Encoded.builder()
                .delimited(UpdateResponse.OBJECT_FIELD_NUMBER, written.object())
                .varint(UpdateResponse.REVISION_FIELD_NUMBER, written.revision())
                .varint(
                        UpdateResponse.OUTCOME_FIELD_NUMBER,
                        outcome(written.outcome()).getNumber())
                .build();
    }

    static Encoded written(Receipt receipt) {
        Encoded.Builder answer = Encoded.builder().varint(WriteResponse.REVISION_FIELD_NUMBER, receipt.revision());
        receipt.list().forEach(each -> answer.message(WriteResponse.RESULTS_FIELD_NUMBER, written(each)));
        return answer.build();
    }

    private static dev.proreus.v1.Derived derived(Workspace workspace, Derived derived) {
        dev.proreus.v1.Derived.Builder answer = dev.proreus.v1.Derived.newBuilder();
        if (!derived.driver().isEmpty()) {
            answer.setDriver(Driver.newBuilder()
                    .setAgent(derived.driver())
                    .setWorkspace(workspace.path().text())
                    .setConnected(derived.driverConnected()));
        }
        return answer.setHealth(health(derived.health())).build();
    }

    private static Health health(dev.proreus.workspace.agent.Health health) {
        return switch (health) {
            case HEALTHY -> Health.HEALTH_HEALTHY;
            case PROGRESSING -> Health.HEALTH_PROGRESSING;
            case DEGRADED -> Health.HEALTH_DEGRADED;
            case UNKNOWN -> Health.HEALTH_UNKNOWN;
        };
    }

    private static WriteOutcome outcome(Written.Outcome outcome) {
        return switch (outcome) {
            case CREATED -> WriteOutcome.WRITE_OUTCOME_CREATED;
            case UPDATED -> WriteOutcome.WRITE_OUTCOME_UPDATED;
            case UNCHANGED -> WriteOutcome.WRITE_OUTCOME_UNCHANGED;
            case DELETED -> WriteOutcome.WRITE_OUTCOME_DELETED;
        };
    }
}
