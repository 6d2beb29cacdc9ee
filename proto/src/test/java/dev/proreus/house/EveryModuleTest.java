package dev.proreus.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EveryModuleTest {

    private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");

    @Test
    void everyModuleRunsTheRulesOfTheHouse() throws IOException {
        Path root = HouseModule.repository();
        List<String> modules = MODULE.matcher(Tidy.read(root.resolve("pom.xml")))
                .results()
                .map(each -> each.group(1))
                .toList();

        assertThat(modules).isNotEmpty().allSatisfy(module -> {
            try (Stream<Path> tests = Files.walk(root.resolve(module).resolve("src/test"))) {
                assertThat(tests)
                        .as("a HouseTest of the module itself in %s", module)
                        .anyMatch(file -> file.endsWith("HouseTest.java")
                                && Tidy.read(file).contains('"' + module + '"'));
            }
        });
    }
}
