package dev.proreus.workspace.store.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proreus.workspace.store.StoreOpenException;
import dev.proreus.workspace.store.StoreOpenException.Kind;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/** What operators are told where RocksDB does not open. */
final class RocksDbErrorsTest {
    @Test
    void aDiskThatFailsIsNoDamagedStore() {
        StoreOpenException refused =
                opening(Status.Code.IOError, "While fdatasync: /data/rocksdb/000008.sst: Input/output error");
        assertThat(refused.kind()).isEqualTo(Kind.UNWRITABLE);
        assertThat(refused)
                .hasMessageContaining("disk that fails")
                .hasMessageContaining("nothing was changed")
                .hasMessageNotContaining("backup");
    }

    @Test
    void aFileThatIsMissingIsDamage() {
        StoreOpenException refused = opening(
                Status.Code.IOError, "No such file or directory: While open a file for random read: 000008.sst");
        assertThat(refused.kind()).isEqualTo(Kind.CORRUPT);
        assertThat(refused).hasMessageContaining("restore it from a backup");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/mnt/read-only/x", "/srv/no space", "/while lock file", "/Input/output error/permission denied"
            })
    void theNameOfAFolderDecidesNothing(String folder) {
        assertThat(openingIn(folder, Status.Code.Corruption, "bad magic number in " + folder + "/rocksdb/000008.sst")
                        .kind())
                .isEqualTo(Kind.CORRUPT);
        assertThat(openingIn(
                                folder,
                                Status.Code.IOError,
                                "While open a file for random read: " + folder
                                        + "/rocksdb/000008.sst: No such file or directory")
                        .kind())
                .isEqualTo(Kind.CORRUPT);
    }

    @Test
    void damageThatSpeaksOfPermissionsIsDamage() {
        assertThat(opening(Status.Code.Corruption, "permission denied, says a block of it")
                        .kind())
                .isEqualTo(Kind.CORRUPT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Permission denied", "Read-only file system", "No space left on device"})
    void whatCannotBeWrittenIsNotDamaged(String why) {
        assertThat(opening(Status.Code.IOError, "While appending to file: /data/rocksdb/000008.log: " + why)
                        .kind())
                .isEqualTo(Kind.UNWRITABLE);
    }

    private static StoreOpenException opening(Status.Code code, String state) {
        return openingIn("/data", code, state);
    }

    private static StoreOpenException openingIn(String folder, Status.Code code, String state) {
        return RocksDbErrors.opening(
                "data folder " + folder,
                Path.of(folder, "rocksdb"),
                new RocksDBException(new Status(code, Status.SubCode.None, state)));
    }
}
