package dev.proreus.workspace.store.rocksdb;

import org.rocksdb.AbstractEventListener;
import org.rocksdb.BackgroundErrorReason;
import org.rocksdb.Status;

/**
 * Hears of errors in RocksDB's background work and makes them failures of the store. RocksDB must not recover by
 * itself: what a failed sync left on disk is known only after a restart. Called on RocksDB's threads.
 */
final class BackgroundErrors extends AbstractEventListener {
    private final Failure failure;

    BackgroundErrors(Failure failure) {
        super(EnabledEventCallback.ON_BACKGROUND_ERROR, EnabledEventCallback.ON_ERROR_RECOVERY_BEGIN);
        this.failure = failure;
    }

    @Override
    public void onBackgroundError(BackgroundErrorReason reason, Status error) {
        failure.note("RocksDB failed (" + reason + "): " + RocksDbErrors.text(error), null);
    }

    @Override
    public boolean onErrorRecoveryBegin(BackgroundErrorReason reason, Status error) {
        return false;
    }
}
