package dev.proreus.workspace.cache;

import com.google.protobuf.ByteString;
import dev.proreus.workspace.Selectable;
import dev.proreus.workspace.store.rows.HeadRow;
import dev.proreus.workspace.type.DeclaredFields;
import org.jspecify.annotations.Nullable;

/**
 * An object as the newest write of it left it.
 *
 * @param head its numbers
 * @param owners name of the field manager that wrote it last, as bytes
 * @param object its wire bytes
 * @param seen what selectors see of it; null where nobody has looked yet
 */
public record NewestObject(
        HeadRow head,
        ByteString owners,
        ByteString object,
        @Nullable Seen seen) {
    /** The records here, two arrays' heads, the key, and the cache's own node. */
    private static final int OVERHEAD_BYTES = 320;

    /**
     * What selectors see of an object.
     *
     * @param fields those that its type declared then
     * @param selectable what is seen
     */
    public record Seen(DeclaredFields fields, Selectable selectable) {
        /** Looks at an object's wire bytes. */
        public static Seen of(ByteString object, DeclaredFields fields, String name) {
            return new Seen(fields, fields.selectable(name, object));
        }

        /** Returns what was seen before where this equals it: what does not change is kept once, for all versions. */
        public Seen sharing(@Nullable Seen before) {
            return before != null && equals(before) ? before : this;
        }
    }

    /** Returns what selectors see of it by the fields that its type declares now. */
    public Selectable selectable(DeclaredFields fields, String name) {
        return seen != null && seen.fields.equals(fields) ? seen.selectable : fields.selectable(name, object);
    }

    /** Returns about how many bytes it takes in memory beside its name. */
    int bytes() {
        return OVERHEAD_BYTES + owners.size() + object.size() + (seen == null ? 0 : seen.selectable.bytes());
    }
}
