package dev.proreus.guarantees.power;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** The names in a data folder and below: those that are durable, and the changes of them that are not yet. */
final class Entries {
    /** Stands for a folder where a file has its inode. */
    static final long FOLDER = -1;

    private final TreeMap<String, Long> durable;
    private final List<Pending> pending = new ArrayList<>();

    private record Pending(long position, EntryChange change) {}

    /** Makes the entries of a folder of which everything is durable. */
    Entries(SortedMap<String, Long> durable) {
        this.durable = new TreeMap<>(durable);
    }

    /** Takes a change, which was noted at a position. */
    void change(long position, EntryChange change) {
        pending.add(new Pending(position, change));
    }

    /** Makes the changes of one folder durable that were noted before a position. */
    void synced(String folder, long upto) {
        for (Iterator<Pending> each = pending.iterator(); each.hasNext(); ) {
            Pending next = each.next();
            if (next.position() < upto && parent(next.change().path()).equals(folder)) {
                next.change().apply(durable);
                each.remove();
            }
        }
    }

    /** Returns how many changes a loss of power may take back. */
    int pending() {
        return pending.size();
    }

    /**
     * Returns the names that there are after a loss of power, folders before what is in them: of the changes that are
     * not durable none, or those up to some moment, as where a file system keeps a journal, or any.
     */
    SortedMap<String, Long> survivors(SplittableRandom random, boolean worst) {
        TreeMap<String, Long> survivors = new TreeMap<>(durable);
        int upto = worst ? 0 : random.nextInt(pending.size() + 1);
        boolean inOrder = worst || random.nextBoolean();
        for (int i = 0; i < pending.size(); i++) {
            if (inOrder ? i < upto : random.nextBoolean()) {
                pending.get(i).change().apply(survivors);
            }
        }
        survivors.keySet().removeIf(path -> !parent(path).equals(".") && !survivors.containsKey(parent(path)));
        return survivors;
    }

    private static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "." : path.substring(0, slash);
    }
}
