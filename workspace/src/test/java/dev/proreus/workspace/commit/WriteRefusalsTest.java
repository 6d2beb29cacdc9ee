package dev.proreus.workspace.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.proreus.workspace.FieldViolation;
import dev.proreus.workspace.Limits;
import dev.proreus.workspace.Reason;
import dev.proreus.workspace.RefusedException;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What is told of writes that are refused together: the first refusal, and the violations of all, so many at most. */
class WriteRefusalsTest {
    private final WriteRefusals refusals = new WriteRefusals();

    @Test
    void nothingIsThrownWhereNothingWasRefused() {
        assertThatCode(refusals::throwIfAny).doesNotThrowAnyException();
    }

    @Test
    void oneRefusalIsToldAsItIsInItsPlace() {
        refusals.add("writes[2].create", 2, invalid(1));
        RefusedException told = thrown(refusals::throwIfAny);
        assertThat(told.violations()).extracting(FieldViolation::field).containsExactly("writes[2].create.f0");
        assertThat(told.metadata()).containsEntry(Receipt.INDEX, "2");
    }

    @Test
    void aRefusalWithoutViolationsIsToldAtOnceWhereItIsTheFirstAndIsLeftOutWhereItIsNot() {
        assertThat(thrown(() -> refusals.add("writes[0].create", 0, taken())).reason())
                .isEqualTo(Reason.ALREADY_EXISTS);
        WriteRefusals later = new WriteRefusals();
        later.add("writes[0].create", 0, invalid(1));
        later.add("writes[1].create", 1, taken());
        later.add("writes[2].create", 2, invalid(1));
        RefusedException told = thrown(later::throwIfAny);
        assertThat(told.reason()).isEqualTo(Reason.INVALID_OBJECT);
        assertThat(told.metadata()).containsEntry(Receipt.INDEX, "0");
        assertThat(told.violations())
                .extracting(FieldViolation::field)
                .containsExactly("writes[0].create.f0", "writes[2].create.f0");
    }

    @Test
    void boundedAreTheViolationsAndNoFurtherWriteIsJudgedOnceThereAreSoMany() {
        refusals.add("writes[0].create", 0, invalid(Limits.VIOLATIONS - 2));
        refusals.add("writes[1].create", 1, invalid(1));
        RefusedException told = thrown(() -> refusals.add("writes[2].create", 2, invalid(3)));
        assertThat(told.violations()).hasSize(Limits.VIOLATIONS);
        assertThat(told.violations().get(Limits.VIOLATIONS - 1).field()).isEqualTo("writes[2].create.f0");
    }

    @Test
    void aWriteThatHasMoreThanThatByItselfIsToldAlone() {
        RefusedException told = thrown(() -> refusals.add("writes[0].create", 0, invalid(Limits.VIOLATIONS + 1)));
        assertThat(told.violations()).hasSize(Limits.VIOLATIONS + 1);
    }

    private static RefusedException thrown(ThrowingCallable call) {
        return catchThrowableOfType(RefusedException.class, call);
    }

    private static RefusedException taken() {
        return RefusedException.because(Reason.ALREADY_EXISTS, "the name is taken");
    }

    private static RefusedException invalid(int violations) {
        return RefusedException.invalid(
                Reason.INVALID_OBJECT,
                "the object is invalid",
                IntStream.range(0, violations)
                        .mapToObj(i -> new FieldViolation("f" + i, "is wrong"))
                        .toList());
    }
}
