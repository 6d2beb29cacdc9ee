package dev.proreus.cli.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.proreus.cli.failure.ExitCode;
import dev.proreus.cli.failure.FailedException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:8490,127.0.0.1,8490,127.0.0.1:8490",
        "example.com,example.com,8490,example.com:8490",
        "localhost:0,localhost,0,localhost:0",
        "[::1]:9000,::1,9000,[::1]:9000",
        "[::1],::1,8490,[::1]:8490"
    })
    void anAddressIsRead(String text, String host, int port, String shown) {
        Endpoint endpoint = Endpoint.parse(text);

        assertThat(endpoint).isEqualTo(new Endpoint(host, port));
        assertThat(endpoint).hasToString(shown);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":8490", "host:", "host:99999", "host:x", "::1", "http://host:80", "host:1:2", "[]:1"})
    void anythingElseIsRefused(String text) {
        assertThatExceptionOfType(FailedException.class)
                .isThrownBy(() -> Endpoint.parse(text))
                .satisfies(failed -> assertThat(failed.exitCode()).isEqualTo(ExitCode.USAGE))
                .withMessageContaining("'" + text + "'");
    }
}
