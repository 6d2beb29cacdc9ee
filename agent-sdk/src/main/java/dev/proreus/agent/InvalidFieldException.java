package dev.proreus.agent;

/** A field that is absent or of another type than the reader asked for; the message names the place and the fix. */
public final class InvalidFieldException extends RuntimeException {
    InvalidFieldException(String message) {
        super(message);
    }
}
