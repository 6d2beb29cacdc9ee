package dev.proreus.guarantees.truth;

import dev.proreus.guarantees.State;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The states of one object's name over the revisions of its workspace. */
public final class KeyHistory {
    private final List<Version> versions = new ArrayList<>();

    KeyHistory() {}

    /**
     * What held from a revision on.
     *
     * @param revision the revision
     * @param state the object; null where there was none
     */
    public record Version(long revision, @Nullable State state) {}

    void add(Version version) {
        versions.add(version);
    }

    /** Brings the versions in order; of several at one revision the first that was added stays. */
    void settle() {
        versions.sort(Comparator.comparingLong(Version::revision));
        List<Version> distinct = new ArrayList<>();
        for (Version each : versions) {
            if (distinct.isEmpty() || distinct.get(distinct.size() - 1).revision() != each.revision()) {
                distinct.add(each);
            }
        }
        versions.clear();
        versions.addAll(distinct);
    }

    /** Returns the object as it was at a revision; null where there was none. */
    public @Nullable State at(long revision) {
        int index = indexAt(revision);
        return index < 0 ? null : versions.get(index).state();
    }

    /** Returns the version that was written at exactly this revision; null where none was. */
    public @Nullable Version writtenAt(long revision) {
        int index = indexAt(revision);
        return index >= 0 && versions.get(index).revision() == revision ? versions.get(index) : null;
    }

    /**
     * Returns the versions that held at some revision from one to another, both included; absence comes as a version.
     */
    public List<Version> during(long from, long to) {
        int first = indexAt(from);
        List<Version> held = new ArrayList<>();
        if (first < 0) {
            held.add(new Version(0, null));
        }
        for (int i = Math.max(0, first); i < versions.size() && versions.get(i).revision() <= to; i++) {
            held.add(versions.get(i));
        }
        return held;
    }

    /** Returns all versions, in order. */
    public List<Version> versions() {
        return versions;
    }

    /** Returns the index of the last version at or below a revision; -1 where there is none. */
    private int indexAt(long revision) {
        int low = 0;
        int high = versions.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (versions.get(middle).revision() <= revision) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low - 1;
    }
}
