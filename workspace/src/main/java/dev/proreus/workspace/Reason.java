package dev.proreus.workspace;

/**
 * Why the engine refused a request: the closed set of machine-readable reasons that clients may branch on.
 *
 * <p>The names travel as {@code google.rpc.ErrorInfo.reason} in the domain {@code proreus.dev} and are part of the
 * public contract. The server maps each to its gRPC code in one exhaustive switch, so a new constant does not compile
 * until it has a code.
 */
public enum Reason {
    /** The request itself is malformed: a missing field, a bad name, a bad path, a bad token. */
    BAD_REQUEST,
    /** The object in the request breaks a rule; the violations name each place. */
    INVALID_OBJECT,
    /** A short type name stands for several types; the metadata lists the candidates. */
    TYPE_AMBIGUOUS,
    /** No object of that name exists in the workspace. */
    OBJECT_NOT_FOUND,
    /** No resource type of that name is visible in the workspace. */
    TYPE_NOT_FOUND,
    /** No workspace has that path. */
    WORKSPACE_NOT_FOUND,
    /** The workspace was deleted while the request was under way. */
    WORKSPACE_DELETED,
    /** An object or workspace of that name exists already. */
    ALREADY_EXISTS,
    /** The object changed since the resource version that the request names. */
    RESOURCE_VERSION_CONFLICT,
    /** Another field manager applied the object last. */
    FIELD_CONFLICT,
    /** The object of that name is another one than the request means. */
    UID_MISMATCH,
    /** The workspace still holds objects or child workspaces, and the request does not say how to delete these. */
    WORKSPACE_NOT_EMPTY,
    /** The workspace, or one above it, is being deleted and takes nothing new. */
    WORKSPACE_TERMINATING,
    /** The grace in which a deletion can be taken back is over. */
    GRACE_ENDED,
    /** The resource type still has objects. */
    TYPE_IN_USE,
    /** The request id is older than answers are kept for; whether it was executed before is not known any more. */
    REQUEST_ID_EXPIRED,
    /** What the request was judged under kept changing while it was under way; try again. */
    CONTENTION,
    /** Another agent holds the same claim. */
    CLAIM_HELD,
    /** The caller is not the driver of the object. */
    NOT_DRIVER,
    /** A newer instance of the agent has taken over. */
    SUPERSEDED,
    /** The agent chose heartbeat MESSAGE and has been silent for too long. */
    HEARTBEAT_MISSED,
    /** The revision asked for lies below the floor; the metadata has the oldest one. */
    RESOURCE_VERSION_EXPIRED,
    /** The revision asked for lies above the newest one. */
    REVISION_NOT_REACHED,
    /** The position belongs to another history of the workspace: it was created again, restored or moved. */
    INCARNATION_CHANGED,
    /** The write would grow a workspace, or a subtree that it lies in, beyond its quota. */
    QUOTA_EXCEEDED,
    /** The server has as much queued work as it allows; try again after the delay given. */
    RATE_LIMITED,
    /** The request asks for something that this version does not do yet. */
    NOT_BUILT_YET,
    /** The server is shutting down. */
    STOPPING,
    /** The write may or may not have become durable. */
    OUTCOME_UNKNOWN
}
