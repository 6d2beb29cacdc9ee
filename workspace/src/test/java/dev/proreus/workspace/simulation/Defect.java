package dev.proreus.workspace.simulation;

import dev.proreus.workspace.History;
import dev.proreus.workspace.engine.Engine;
import dev.proreus.workspace.watch.Heads;

/** What is wrong with the engine of a simulation on purpose; here nothing. */
class Defect {
    static final Defect NONE = new Defect();

    /** Returns the store of a new process. */
    DiskStore mount(Disk disk, Actors actors) {
        return new DiskStore(disk, actors);
    }

    /** Returns the history that watches read. */
    History history(History right) {
        return right;
    }

    /** Returns what watches see of commits. */
    Heads heads(Heads right) {
        return right;
    }

    /** Returns the engine that clients talk to. */
    Engine engine(Engine right) {
        return right;
    }

    /** Loses what a crash loses, but for so many batches that were not synced. */
    void crash(Disk disk, int kept) {
        disk.crash(kept);
    }
}
