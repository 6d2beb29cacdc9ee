package dev.proreus.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkspacePathTest {
    @ParameterizedTest
    @CsvSource({
        "acme, it does not begin with root;",
        "ROOT, it does not begin with root;",
        "root:, 'it has a part, number 2, that is empty;'",
        "root::a, 'it has a part, number 2, that is empty;'",
        "root:a:B, 'it has a part, number 3, that must be a DNS-1123 label'",
        "root:1:2:3:4:5:6:7:8:9:10:11:12:13:14:15:16, it has 17 parts; at most 16 are allowed"
    })
    void whatIsWrongWithAPathIsSaid(String text, String wrong) {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> WorkspacePath.parse(text))
                .withMessageContaining("workspace path '" + text + "' is malformed: " + wrong)
                .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo(Reason.BAD_REQUEST));
    }

    @Test
    void whatATerminalWouldObeyIsShownAsItsNumber() {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> WorkspacePath.parse("root:\u001b[31m\n\u202e\ud800\ud83d\ude00$1"))
                .withMessageContaining(
                        "workspace path 'root:\\u001b[31m\\u000a\\u202e\\ud800\ud83d\ude00$1' is malformed");
    }

    @Test
    void aPartThatIsTooLongIsSaidToBe() {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> WorkspacePath.parse("root:" + "a".repeat(64)))
                .withMessageContaining("has a part, number 2, that is 64 characters long; at most 63 are allowed");
        assertThat(WorkspacePath.parse("root:" + "a".repeat(63)).depth()).isEqualTo(2);
    }
}
