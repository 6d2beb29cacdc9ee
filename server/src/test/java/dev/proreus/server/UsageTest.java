package dev.proreus.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Wrong usage is told in one line and a hint, and ends with code 2 before anything is touched. */
class UsageTest {
    private static final int USAGE = 2;

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0:8490",
                "192.0.2.1:8490",
                "[::]:8490",
                "8490",
                "127.0.0.1:",
                "127.0.0.1:70000",
                "127.0.0.1:-1",
                ":8490",
                ""
            })
    void anAddressThatIsNoneOrNotLoopbackIsRefused(String address) {
        Path data = folder.resolve("data");

        String said = refused("serve", "--data", data.toString(), "--listen", address);

        assertThat(said).contains("--listen", "'" + address + "'", "127.0.0.1");
        assertThat(data).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0:8491", "192.0.2.1:8491", "8491", "on", ""})
    void anAdminAddressThatIsNoneOrNotLoopbackIsRefused(String address) {
        Path data = folder.resolve("data");

        String said = refused("serve", "--data", data.toString(), "--admin", address);

        assertThat(said).contains("--admin", "'" + address + "'", "127.0.0.1");
        assertThat(data).doesNotExist();
    }

    @Test
    void operatorsAreAnsweredBesideTheServerOrNowhere() {
        InetSocketAddress fixed = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

        assertThat(AdminAddress.beside(fixed).address())
                .isEqualTo(new InetSocketAddress(InetAddress.getLoopbackAddress(), 8491));
        assertThat(AdminAddress.beside(any).address()).isEqualTo(any);
        assertThat(new AdminAddress.Converter().convert("off").address()).isNull();
    }

    @Test
    void verbsAndOptionsThatAreNoneAreRefused() {
        assertThat(refused()).contains("serve");
        assertThat(refused("fly")).contains("fly");
        assertThat(refused("serve", "--nope")).contains("--nope");
    }

    @Test
    void loopbackByAnyNameIsTaken() {
        ListenAddress converter = new ListenAddress();

        assertThat(converter.convert("localhost:1").getAddress().isLoopbackAddress())
                .isTrue();
        assertThat(converter.convert("[::1]:2").getPort()).isEqualTo(2);
        assertThat(converter.convert("127.0.0.1:0").getPort()).isZero();
    }

    private static String refused(String... arguments) {
        StringWriter err = new StringWriter();
        CommandLine command = Main.commandLine().setErr(new PrintWriter(err));

        assertThat(command.execute(arguments)).isEqualTo(USAGE);
        assertThat(err.toString().lines()).hasSize(2);
        return err.toString();
    }
}
