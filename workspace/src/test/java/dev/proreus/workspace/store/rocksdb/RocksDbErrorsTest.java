package dev.proreus.workspace.store.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proreus.workspace.store.StoreOpenException;
import dev.proreus.workspace.store.StoreOpenException.Kind;
import org.junit.jupiter.api.Test;
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

    private static StoreOpenException opening(Status.Code code, String state) {
        return RocksDbErrors.opening(
                "data folder /data", new RocksDBException(new Status(code, Status.SubCode.None, state)));
    }
}
