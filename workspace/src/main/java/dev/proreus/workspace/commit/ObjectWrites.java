package dev.proreus.workspace.commit;

import dev.proreus.workspace.FieldViolation;
import dev.proreus.workspace.Limits;
import dev.proreus.workspace.Reason;
import dev.proreus.workspace.RefusedException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Wishes to write objects of one workspace, all at one revision or none of them.
 *
 * @param workspaceId internal id of the workspace, that of each of them
 * @param list the wishes, one for each object that they name
 * @param together whether several could have been asked for, so that a refusal names the write that it is about
 * @param dryRun whether they are only judged
 * @param requestId a UUIDv7 by which a repeat is known; null where none was given
 */
public record ObjectWrites(
        long workspaceId,
        List<ObjectWrite> list,
        boolean together,
        boolean dryRun,
        @Nullable UUID requestId) {
    /** Makes the wishes of one command; refuses where they are too many or name one object twice. */
    public ObjectWrites {
        list = List.copyOf(list);
        checkCount(list.size());
        checkDistinct(workspaceId, list);
    }

    /** Returns one wish alone. */
    public static ObjectWrites of(ObjectWrite one) {
        return new ObjectWrites(one.workspaceId(), List.of(one), false, false, null);
    }

    /** Refuses a count of writes that no command may hold. */
    public static void checkCount(int count) {
        if (count < 1 || count > Limits.COMMAND_WRITES) {
            throw refusal(
                    "writes",
                    "has " + count + " elements; from 1 to " + Limits.COMMAND_WRITES + " are written together");
        }
    }

    private static void checkDistinct(long workspaceId, List<ObjectWrite> list) {
        Map<Key, Integer> seen = new HashMap<>();
        for (int i = 0; i < list.size(); i++) {
            ObjectWrite each = list.get(i);
            if (each.workspaceId() != workspaceId) {
                throw new IllegalArgumentException("writes[" + i + "] is of another workspace");
            }
            Integer first = each.isNameless() ? null : seen.putIfAbsent(new Key(each.typeId(), each.name()), i);
            if (first != null) {
                throw refusal(
                        "writes[" + i + "]",
                        "names the same object as writes[" + first + "], " + each.name()
                                + "; writes that happen together name each object once");
            }
        }
    }

    static RefusedException refusal(String field, String description) {
        return RefusedException.invalid(
                Reason.BAD_REQUEST,
                "the writes cannot happen together",
                List.of(new FieldViolation(field, description)));
    }

    int weight() {
        return list.stream().mapToInt(ObjectWrite::weight).sum();
    }

    private record Key(int typeId, String name) {}
}
