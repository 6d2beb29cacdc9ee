package dev.proreus.workspace.canonical;

import org.jspecify.annotations.Nullable;

/**
 * The walk over encoded {@code proreus.v1.ObjectMeta} that comes from outside.
 *
 * @param in where it is
 * @param violations what it has found
 * @param scalars reads the fields that are allowed once
 */
record MetadataWalk(WireCursor in, Violations violations, ScalarWalk scalars) {
    /** Returns the metadata between the cursor and {@code end}, to where the cursor moves. */
    static MetaSections sections(WireCursor in, int end, Violations violations) {
        ScalarWalk scalars = new ScalarWalk(in, violations);
        MetadataWalk walk = new MetadataWalk(in, violations, scalars);
        @Nullable Object[] held = new @Nullable Object[MetaField.ALL.length];
        while (in.at() < end) {
            int tag = in.tag(end);
            MetaField<?> field = MetaField.of(tag);
            if (field == null) {
                scalars.stray(tag, held.length, "metadata", end);
            } else {
                held[field.index()] = field.walk(walk, held[field.index()], end);
            }
        }
        for (int i = 0; i < held.length; i++) {
            Object last = held[i];
            held[i] = last == null ? null : MetaField.ALL[i].walked(last);
        }
        return new MetaSections(held);
    }
}
