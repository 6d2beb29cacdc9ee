package dev.proreus.workspace.canonical;

/**
 * Bytes that are no protobuf message at all, so that nothing after the place can be trusted. It carries no stack trace:
 * most of these come from outside, and become an answer.
 */
final class MalformedException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    MalformedException(String what, int at) {
        super(what + " at byte " + at);
    }

    @Override
    public Throwable fillInStackTrace() {
        return this;
    }
}
