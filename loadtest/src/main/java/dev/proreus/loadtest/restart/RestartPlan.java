package dev.proreus.loadtest.restart;

/**
 * What a run does.
 *
 * @param objects objects in the store
 * @param specBytes bytes of each object's spec
 * @param times starts after a clean stop, and as many after a kill
 * @param withinSeconds how long a start may take after a clean stop, until both first answers are there
 * @param withinSecondsKilled the same after a kill
 */
record RestartPlan(int objects, int specBytes, int times, double withinSeconds, double withinSecondsKilled) {
    RestartPlan {
        if (objects < 1 || specBytes < 1 || times < 1 || !(withinSeconds > 0) || !(withinSecondsKilled > 0)) {
            throw new IllegalArgumentException("all numbers must be above 0");
        }
    }
}
