package dev.proreus.guarantees.truth;

import dev.proreus.guarantees.Answer;
import dev.proreus.guarantees.Lifetime;
import dev.proreus.guarantees.Operation;
import dev.proreus.guarantees.RecordedWatch;
import dev.proreus.guarantees.Recording;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which workspaces there were, and which of them ended. A recording that does not tell is taken to be one in which
 * workspaces never end.
 */
public final class Lifetimes {
    /** What is said of a workspace that is no more. */
    private static final Set<String> GONE = Set.of("WORKSPACE_DELETED", "WORKSPACE_NOT_FOUND");

    /** What is said by who has looked into the workspace. */
    private static final Set<String> LOOKED = Set.of(
            "ALREADY_EXISTS",
            "OBJECT_NOT_FOUND",
            "RESOURCE_VERSION_CONFLICT",
            "UID_MISMATCH",
            "QUOTA_EXCEEDED",
            "WORKSPACE_NOT_EMPTY",
            "WORKSPACE_TERMINATING");

    private final Map<String, Lifetime> byName = new LinkedHashMap<>();
    private final Map<String, Lifetime> byUid = new HashMap<>();
    private final Map<String, Long> seen = new HashMap<>();

    private Lifetimes() {}

    static Lifetimes of(Recording recording) {
        Lifetimes lifetimes = new Lifetimes();
        for (Lifetime each : recording.lifetimes()) {
            lifetimes.byName.put(each.workspace(), each);
            lifetimes.byUid.put(each.uid(), each);
        }
        if (lifetimes.areKnown()) {
            recording.operations().stream().filter(Lifetimes::wasThere).forEach(lifetimes::seen);
            recording.watches().stream().filter(Lifetimes::wasThere).forEach(lifetimes::seen);
        }
        return lifetimes;
    }

    /** Returns whether anything is known. */
    public boolean areKnown() {
        return !byName.isEmpty();
    }

    /** Returns all of them, in the order in which the recording tells them. */
    public Collection<Lifetime> all() {
        return byName.values();
    }

    /** Returns the life of a workspace of an identity; null where there was none. */
    public @Nullable Lifetime ofUid(String uid) {
        return byUid.get(uid);
    }

    /** Returns whether there ever was a workspace of a name. */
    public boolean wasEver(String workspace) {
        return byName.containsKey(workspace);
    }

    /** Returns the life with which a workspace ended, its own or that of one above it; null where it did not end. */
    public @Nullable Lifetime end(String workspace) {
        for (String each = workspace; !each.isEmpty(); each = Lifetime.parent(each)) {
            Lifetime lifetime = byName.get(each);
            if (lifetime != null && lifetime.ended() > 0) {
                return lifetime;
            }
        }
        return null;
    }

    /**
     * Returns a time at which a workspace had not ended, by what clients were told; the greatest number where it never
     * did.
     */
    public long thereUntil(String workspace) {
        Lifetime end = end(workspace);
        return end == null ? Long.MAX_VALUE : seen.getOrDefault(end.workspace(), 0L);
    }

    /** Returns whether a refusal says that the workspace is no more. */
    public static boolean saysGone(Answer answer) {
        return answer instanceof Answer.Refused refused && GONE.contains(refused.reason());
    }

    /** Returns whether the workspace of an operation was there at some time after it was sent. */
    public static boolean wasThere(Operation operation) {
        Answer answer = operation.answer();
        return answer instanceof Answer.Refused refused
                ? LOOKED.contains(refused.reason())
                : !(answer instanceof Answer.Unknown);
    }

    private static boolean wasThere(RecordedWatch watch) {
        return !watch.interest().audit() && watch.messages().iterator().hasNext();
    }

    private void seen(Operation operation) {
        seen(operation.workspace(), operation.called());
    }

    private void seen(RecordedWatch watch) {
        seen(watch.interest().workspace(), watch.opened());
    }

    private void seen(String workspace, long time) {
        for (String each = workspace; !each.isEmpty(); each = Lifetime.parent(each)) {
            seen.merge(each, time, Math::max);
        }
    }
}
