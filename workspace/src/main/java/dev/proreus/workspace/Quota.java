package dev.proreus.workspace;

/**
 * How much something may hold.
 *
 * @param objects most objects; 0 for as many as there may be
 * @param bytes most bytes of the objects' newest states; 0 for as many as there may be
 */
public record Quota(long objects, long bytes) {
    /** Whatever comes. */
    public static final Quota UNLIMITED = new Quota(0, 0);

    public Quota {
        if (objects < 0 || bytes < 0) {
            throw new IllegalArgumentException("a quota of " + objects + " objects and " + bytes + " bytes");
        }
    }

    /** Returns whether so much more has room beside what is there; what does not grow always has. */
    public boolean admits(Usage there, Usage more) {
        return fits(objects, there.objects(), more.objects()) && fits(bytes, there.bytes(), more.bytes());
    }

    private static boolean fits(long most, long there, long more) {
        return most == 0 || more <= 0 || there + more <= most;
    }
}
