package dev.proreus.guarantees.power;

import java.util.Map;

/** One change of the names in a folder. It happens as a whole or not at all. */
sealed interface EntryChange {
    /** Returns the name whose folder has to be synced for the change to be durable. */
    String path();

    /** Changes the entries; returns false where it cannot be, since another change that it rests on has not been. */
    boolean apply(Map<String, Long> entries);

    /** A new name of a file or folder. */
    record Made(String path, long inode) implements EntryChange {
        @Override
        public boolean apply(Map<String, Long> entries) {
            entries.put(path, inode);
            return true;
        }
    }

    /** A name that is no more. */
    record Removed(String path) implements EntryChange {
        @Override
        public boolean apply(Map<String, Long> entries) {
            return entries.remove(path) != null;
        }
    }

    /** A file that has another name, which another file may have lost by it. */
    record Moved(String from, String path) implements EntryChange {
        @Override
        public boolean apply(Map<String, Long> entries) {
            Long moved = entries.remove(from);
            if (moved == null) {
                return false;
            }
            entries.put(path, moved);
            return true;
        }
    }
}
