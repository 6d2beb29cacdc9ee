package dev.proreus.guarantees.power;

import java.io.IOException;

/** Says why loss of power cannot be shown on this machine. */
public final class NoPowerLibraryException extends IOException {
    private static final long serialVersionUID = 1;

    NoPowerLibraryException(String message) {
        super(message);
    }

    NoPowerLibraryException(String message, Throwable cause) {
        super(message, cause);
    }
}
