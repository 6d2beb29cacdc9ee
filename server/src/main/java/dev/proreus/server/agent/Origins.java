package dev.proreus.server.agent;

import dev.proreus.server.rpc.raw.RawConnectRequest;
import dev.proreus.server.rpc.raw.RawReport;
import dev.proreus.v1.Problem;
import dev.proreus.workspace.Limits;

/**
 * Which message of the agent a problem answers. It says the uid of the message where that may be one, and leaves out
 * what is longer: answers that a client does not read wait for it, so none may be as long as what it sent. Pure
 * functions.
 */
final class Origins {
    private Origins() {}

    /** Returns a problem with that message, without its error. */
    static Problem.Builder of(RawConnectRequest message) {
        Problem.Builder problem = Problem.newBuilder();
        return switch (message.getMessageCase()) {
            case REPORT -> of(message.getReport());
            case ACK ->
                problem.setUid(uid(message.getAck().getUid()))
                        .setSubscription(message.getAck().getSubscription());
            case UNSUBSCRIBE -> problem.setSubscription(message.getUnsubscribe().getSubscription());
            case REQUEST_BOOKMARK ->
                problem.setSubscription(message.getRequestBookmark().getSubscription());
            case CREDIT -> problem.setSubscription(message.getCredit().getSubscription());
            case FINALIZED ->
                problem.setUid(uid(message.getFinalized().getUid()))
                        .setSubscription(message.getFinalized().getSubscription());
            case RELEASE ->
                problem.setUid(uid(message.getRelease().getUid()))
                        .setSubscription(message.getRelease().getSubscription());
            case HELLO, SUBSCRIBE, HEARTBEAT, REFRESH, GOODBYE, MESSAGE_NOT_SET -> problem;
        };
    }

    /** Returns a problem with a report, without its error. */
    static Problem.Builder of(RawReport report) {
        return Problem.newBuilder()
                .setSeq(report.getSeq())
                .setUid(uid(report.getUid()))
                .setSubscription(report.getSubscription());
    }

    private static String uid(String said) {
        return said.length() <= Limits.TOKEN_CHARS ? said : "";
    }
}
