package dev.proreus.server.agent;

import dev.proreus.server.rpc.raw.RawConnectRequest;
import dev.proreus.v1.Problem;

/** Which message of the agent a problem answers. Pure functions. */
final class Origins {
    private Origins() {}

    /** Returns a problem with that message, without its error. */
    static Problem.Builder of(RawConnectRequest message) {
        Problem.Builder problem = Problem.newBuilder();
        return switch (message.getMessageCase()) {
            case REPORT ->
                problem.setSeq(message.getReport().getSeq())
                        .setUid(message.getReport().getUid())
                        .setSubscription(message.getReport().getSubscription());
            case ACK ->
                problem.setUid(message.getAck().getUid())
                        .setSubscription(message.getAck().getSubscription());
            case UNSUBSCRIBE -> problem.setSubscription(message.getUnsubscribe().getSubscription());
            case REQUEST_BOOKMARK ->
                problem.setSubscription(message.getRequestBookmark().getSubscription());
            case CREDIT -> problem.setSubscription(message.getCredit().getSubscription());
            case FINALIZED ->
                problem.setUid(message.getFinalized().getUid())
                        .setSubscription(message.getFinalized().getSubscription());
            case RELEASE ->
                problem.setUid(message.getRelease().getUid())
                        .setSubscription(message.getRelease().getSubscription());
            case HELLO, SUBSCRIBE, HEARTBEAT, REFRESH, GOODBYE, MESSAGE_NOT_SET -> problem;
        };
    }
}
