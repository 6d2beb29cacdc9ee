package dev.proreus.workspace.check;

import dev.proreus.workspace.Usage;

/** What is counted in a workspace, to be held against what its row says. */
final class Count {
    private long objects;
    private long bytes;
    private long finalizers;

    /** Counts an object by its newest version. */
    void add(VersionFacts newest) {
        objects++;
        bytes += newest.objectBytes();
        finalizers += newest.finalizers();
    }

    /** Returns how a row differs; empty where it does not. */
    String differenceFrom(Usage said) {
        return said.equals(new Usage(objects, bytes, finalizers))
                ? ""
                : "it says that it holds " + said.objects() + " objects, " + said.bytes() + " bytes and "
                        + said.finalizers() + " finalizers; counted are " + objects + ", " + bytes + " and "
                        + finalizers;
    }
}
