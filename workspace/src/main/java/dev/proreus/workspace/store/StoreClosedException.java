package dev.proreus.workspace.store;

/** Use of a store, a cursor or a view that has been closed: a fault of the caller's shutdown order. */
public final class StoreClosedException extends StoreException {
    private static final long serialVersionUID = 1;

    public StoreClosedException(String what) {
        super(what + " is closed", null);
    }
}
