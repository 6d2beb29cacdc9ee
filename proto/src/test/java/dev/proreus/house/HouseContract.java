package dev.proreus.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What every module promises. Its {@code HouseTest} extends this and describes the module. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class HouseContract {

    private final HouseModule module;
    private final Architecture architecture;
    private final JavaClasses classes;

    protected HouseContract(HouseModule module) {
        this.module = module;
        this.architecture = new Architecture(module);
        this.classes = new ClassFileImporter().importPath(module.mainClasses());
    }

    @Test
    void packagesFormNoCycle() {
        check(architecture.packagesFormNoCycle());
    }

    @Test
    void classesFormNoCycle() {
        check(architecture.classesFormNoCycle());
    }

    @Test
    void theRootPackageStandsAlone() {
        check(architecture.theRootPackageStandsAlone());
    }

    @Test
    void packagesImportOnlyWhatTheirCharterLists() {
        check(architecture.packagesImportOnlyWhatTheirCharterLists(Charters.of(module)));
    }

    @Test
    void chartersListOnlyWhatIsImported() {
        assertThat(architecture.arrowsInVain(classes, Charters.of(module))).isEmpty();
    }

    @Test
    void onlyOnePackageKnowsRocksDb() {
        check(Architecture.onlyFrom("org.rocksdb..", "dev.proreus.workspace.store.rocksdb"));
    }

    @Test
    void nothingForeignIsTouched() {
        check(architecture.nothingForeignIsTouched());
    }

    @Test
    void timeChanceAndThreadsComeInThroughTheConstructor() {
        check(architecture.timeChanceAndThreadsComeInThroughTheConstructor());
    }

    @Test
    void nobodyWaitsForAFuture() {
        check(architecture.nobodyWaitsForAFuture());
    }

    @Test
    void sourcesAreTidy() {
        List<String> faults = new ArrayList<>();
        for (Path file : module.mainFiles(".java", ".proto")) {
            faults.addAll(Tidy.check(HouseModule.repository(), file));
        }
        assertThat(faults).isEmpty();
    }

    @Test
    void everyPackageHasACharter() {
        assertThat(Charters.missing(module.mainFiles(".java"))).isEmpty();
    }

    private void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(classes);
    }
}
