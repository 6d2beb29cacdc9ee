package dev.proreus.workspace;

import java.time.Duration;

/**
 * How much of history is kept. What is both within the age and within the bytes is kept; beyond that, the floor rises.
 *
 * @param age how long a state can be read after it was replaced, in whole seconds; zero where it is not said
 * @param bytes of versions and log rows above the floor; 0 where it is not said
 */
public record Retention(Duration age, long bytes) {
    /** Says nothing: everything is as elsewhere. */
    public static final Retention UNSAID = new Retention(Duration.ZERO, 0);

    public Retention {
        if (age.isNegative() || bytes < 0) {
            throw new IllegalArgumentException("a retention of " + age + " and " + bytes + " bytes");
        }
    }

    /** Returns this where it says less than {@code most} does, else that, for age and bytes each. */
    public Retention within(Retention most) {
        boolean younger = !age.isZero() && age.compareTo(most.age) < 0;
        boolean fewer = bytes != 0 && bytes < most.bytes;
        return new Retention(younger ? age : most.age, fewer ? bytes : most.bytes);
    }
}
