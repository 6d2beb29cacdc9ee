package dev.proreus.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import dev.proreus.house.HouseModule.Rule;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Shows each rule about packages a small module that breaks it. */
class ArchitectureTest {

    private static final String SAMPLE = "dev.proreus.house.sample";
    private static final String CHANCE = SAMPLE + ".core.Chance";
    private static final String WAITER = SAMPLE + ".feature.Waiter";

    private final JavaClasses classes = new ClassFileImporter().importPackages(SAMPLE);
    private final HouseModule sample = HouseModule.library("nowhere", SAMPLE);
    private final Architecture architecture = new Architecture(sample);

    @Test
    void aCycleIsFound() {
        assertThat(faults(architecture.packagesFormNoCycle())).contains(SAMPLE + ".core", SAMPLE + ".feature");
    }

    @Test
    void aCycleOfClassesIsFound() {
        assertThat(faults(architecture.classesFormNoCycle())).contains(CHANCE, WAITER);
        assertThat(faults(
                        new Architecture(sample.except(Rule.CLASS_CYCLES, WAITER, "shown here")).classesFormNoCycle()))
                .isEmpty();
    }

    @Test
    void aRootThatKnowsAFeatureIsFound() {
        assertThat(faults(architecture.theRootPackageStandsAlone())).contains(SAMPLE + ".Noun", CHANCE);
        assertThat(faults(new Architecture(HouseModule.program("nowhere", SAMPLE)).theRootPackageStandsAlone()))
                .isEmpty();
    }

    @Test
    void anArrowThatNoCharterListsIsFound() {
        assertThat(faults(architecture.packagesImportOnlyWhatTheirCharterLists(Map.of())))
                .contains(CHANCE, WAITER);
        assertThat(faults(architecture.packagesImportOnlyWhatTheirCharterLists(Map.of(
                        SAMPLE + ".core", new Charters.Arrows(false, Set.of(SAMPLE + ".feature")),
                        SAMPLE + ".feature", new Charters.Arrows(true, Set.of())))))
                .isEmpty();
    }

    @Test
    void anArrowInVainIsFound() {
        Charters.Arrows listed =
                new Charters.Arrows(false, Set.of(SAMPLE + ".core", SAMPLE + ".feature", SAMPLE + ".gone"));

        assertThat(architecture.arrowsInVain(classes, Map.of(SAMPLE, listed, SAMPLE + ".feature", listed)))
                .containsExactly(
                        SAMPLE + " lists " + SAMPLE + ".feature, which it does not import",
                        SAMPLE + " lists " + SAMPLE + ".gone, which does not exist",
                        SAMPLE + ".feature lists " + SAMPLE + ".feature, which it does not import",
                        SAMPLE + ".feature lists " + SAMPLE + ".gone, which does not exist");
        assertThat(architecture.arrowsInVain(
                        classes, Map.of(SAMPLE + ".core", new Charters.Arrows(false, Set.of(SAMPLE + ".feature")))))
                .isEmpty();
    }

    @Test
    void aLibraryInTheWrongPackageIsFound() {
        assertThat(faults(Architecture.onlyFrom("java.util.concurrent..", SAMPLE + ".feature")))
                .contains(CHANCE)
                .doesNotContain("Method <" + WAITER);
    }

    @Test
    void whatIsNeverTouchedIsFound() {
        assertThat(faults(new Architecture(sample.neverTouching("java.util.concurrent..")).nothingForeignIsTouched()))
                .contains(CHANCE, WAITER);
        assertThat(faults(architecture.nothingForeignIsTouched())).isEmpty();
    }

    @Test
    void whatIsTakenFromTheAirIsFound() {
        String faults = faults(architecture.timeChanceAndThreadsComeInThroughTheConstructor());

        assertThat(faults)
                .contains("time()", "timeByReference()", "now()", "chance()", "thread()", "executor()")
                .doesNotContain("givenNow", "waiter()");
        assertThat(faults(new Architecture(sample.except(Rule.TIME_CHANCE_THREADS, CHANCE, "shown here"))
                        .timeChanceAndThreadsComeInThroughTheConstructor()))
                .isEmpty();
    }

    @Test
    void waitingForAFutureIsFound() {
        assertThat(faults(architecture.nobodyWaitsForAFuture())).contains("join(", "get(");
        assertThat(faults(new Architecture(sample.except(Rule.WAITING, SAMPLE + "..", "shown here"))
                        .nobodyWaitsForAFuture()))
                .isEmpty();
    }

    /** What a rule says about the sample, as one text; empty where it holds. */
    private String faults(ArchRule rule) {
        return String.join(
                "\n",
                rule.allowEmptyShould(true).evaluate(classes).getFailureReport().getDetails());
    }
}
