package dev.proreus.workspace.watch;

/** What takes events out of the ring. */
interface Intake {
    void add(SharedEvent event, EventForm form);
}
