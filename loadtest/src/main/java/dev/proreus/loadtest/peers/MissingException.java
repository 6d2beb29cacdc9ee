package dev.proreus.loadtest.peers;

/** Something that the comparison needs is not on this machine; the message says what. */
final class MissingException extends Exception {
    MissingException(String message) {
        super(message);
    }
}
