package dev.proreus.server;

/** A start that failed for a reason that its operator can mend; the message is one line: what, why and what to do. */
public final class StartException extends RuntimeException {
    private static final long serialVersionUID = 1;

    StartException(String message, Throwable cause) {
        super(message, cause);
    }
}
