package dev.proreus.workspace.watch;

import org.jspecify.annotations.Nullable;

/**
 * What a test writes to one object.
 *
 * @param assignment value of the assignment field, or null for none
 * @param delete whether the object goes
 * @param reporterEpoch the session that reports nothing but status; 0 for a person who writes spec
 * @param padding bytes that make the object large
 */
record Write(int typeId, String name, @Nullable String assignment, boolean delete, long reporterEpoch, int padding) {
    static final int ROBOTS = 300;
    static final int DOCKS = 301;

    static Write put(String name) {
        return new Write(ROBOTS, name, null, false, 0, 0);
    }

    static Write assign(String name, @Nullable String assignment) {
        return new Write(ROBOTS, name, assignment, false, 0, 0);
    }

    static Write large(String name, int padding) {
        return new Write(ROBOTS, name, null, false, 0, padding);
    }

    static Write remove(String name) {
        return new Write(ROBOTS, name, null, true, 0, 0);
    }

    static Write report(String name, @Nullable String assignment, long epoch) {
        return new Write(ROBOTS, name, assignment, false, epoch, 0);
    }

    Write ofType(int type) {
        return new Write(type, name, assignment, delete, reporterEpoch, padding);
    }
}
