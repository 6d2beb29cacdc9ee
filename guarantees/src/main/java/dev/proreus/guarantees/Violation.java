package dev.proreus.guarantees;

/**
 * A guarantee that did not hold.
 *
 * @param guarantee which one
 * @param where the watch or operation that shows it
 * @param revision the revision at which it shows
 * @param expected what should have been
 * @param seen what was
 */
public record Violation(String guarantee, String where, long revision, String expected, String seen) {
    /** Returns the violation as people read it, in one line. */
    @Override
    public String toString() {
        return guarantee + " broken by " + where + " at revision " + revision + ": expected " + expected + ", seen "
                + seen;
    }
}
