package dev.proreus.guarantees.validate;

import dev.proreus.guarantees.Recording;
import dev.proreus.guarantees.Violation;
import dev.proreus.guarantees.truth.Truth;
import java.util.function.Consumer;

/** Judges a recording by one guarantee. */
interface Validator {
    /** Tells of each place where the guarantee does not hold. */
    void validate(Recording recording, Truth truth, Consumer<Violation> found);
}
