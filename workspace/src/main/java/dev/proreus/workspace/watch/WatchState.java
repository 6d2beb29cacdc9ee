package dev.proreus.workspace.watch;

/** Where a subscription's next events come from. */
enum WatchState {
    /** Nowhere yet. */
    STARTING("starting"),
    /** Pages of the state at one revision. */
    SNAPSHOT("snapshot"),
    /** History, far behind. */
    CATCHING_UP("catching_up"),
    /** The rest of history, while the ring is noted already. */
    JOINING("joining"),
    /** The ring. */
    LIVE("live");

    private final String label;

    WatchState(String label) {
        this.label = label;
    }

    /** Returns what operators see. */
    String label() {
        return label;
    }
}
