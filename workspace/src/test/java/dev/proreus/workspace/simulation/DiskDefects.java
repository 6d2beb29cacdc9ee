package dev.proreus.workspace.simulation;

import dev.proreus.workspace.store.StoreBatch;
import dev.proreus.workspace.store.Table;
import dev.proreus.workspace.store.keys.Keys;
import dev.proreus.workspace.store.keys.StoredKey;
import dev.proreus.workspace.store.rows.WorkspaceRow;

/** Ways to be wrong about what is safe on the disk. */
final class DiskDefects {
    private DiskDefects() {}

    /** Nothing is ever synced. */
    static final class SyncOff extends Defect {
        @Override
        DiskStore mount(Disk disk, Actors actors) {
            return new DiskStore(disk, actors) {
                @Override
                void persist(int place) {
                    // Whatever is written is safe as soon as it is written. It is not.
                }
            };
        }
    }

    /** A batch is answered when it is written, and synced with the next one. */
    static final class AcknowledgedBeforeSync extends Defect {
        @Override
        DiskStore mount(Disk disk, Actors actors) {
            return new DiskStore(disk, actors) {
                @Override
                void persist(int place) {
                    disk.sync(place - 1);
                }
            };
        }
    }

    /** After a crash a workspace takes its newest revision for one that is free. */
    static final class RevisionReused extends Defect {
        @Override
        void crash(Disk disk, int kept) {
            disk.crash(kept);
            for (int place = disk.log().size() - 1; place >= 0; place--) {
                StoreBatch back = new StoreBatch();
                boolean commits = false;
                for (StoreBatch.Operation each : disk.log().get(place)) {
                    byte[] value = each.value();
                    commits |= each.table() == Table.LOG && value != null;
                    if (each.table() == Table.META
                            && value != null
                            && Keys.parseMeta(each.key()) instanceof StoredKey.Workspace) {
                        WorkspaceRow row = WorkspaceRow.decode(value);
                        if (row.revision() > row.history().floor() && row.life() instanceof WorkspaceRow.Active) {
                            back.put(Table.META, each.key(), before(row).encode());
                        }
                    }
                }
                if (commits) {
                    disk.sync(disk.append(back));
                    return;
                }
            }
        }

        private static WorkspaceRow before(WorkspaceRow row) {
            return new WorkspaceRow(
                    row.identity(),
                    row.life(),
                    row.revision() - 1,
                    row.counts(),
                    row.history(),
                    row.claimsFreed(),
                    row.rulesVersion(),
                    row.quotas());
        }
    }

    /** Of the last batch that a crash leaves only the first half is found. */
    static final class HalfABatch extends Defect {
        @Override
        void crash(Disk disk, int kept) {
            int last = disk.log().size() - disk.unsynced() + kept - 1;
            if (kept > 0) {
                StoreBatch whole = disk.log().get(last);
                StoreBatch half = new StoreBatch();
                int left = whole.size() / 2;
                for (StoreBatch.Operation each : whole) {
                    byte[] value = each.value();
                    if (left-- > 0 && value != null) {
                        half.put(each.table(), each.key(), value);
                    } else if (left >= 0) {
                        half.delete(each.table(), each.key());
                    }
                }
                disk.damage(last, half);
            }
            disk.crash(kept);
        }
    }
}
