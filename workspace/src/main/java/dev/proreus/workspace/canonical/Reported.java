package dev.proreus.workspace.canonical;

import com.google.protobuf.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * What has been reported of an object, and of which generation it is.
 *
 * @param generation count of spec changes
 * @param status the status; null where the object has none
 */
public record Reported(long generation, @Nullable StatusSections status) {
    private static final int GENERATION = MetaField.GENERATION.tag();

    /**
     * Reads it out of an object's canonical bytes, in one walk past the rest. The status shares their memory.
     *
     * @throws IllegalArgumentException where the bytes are no encoded object
     */
    public static Reported of(ByteString object) {
        ByteSpan span = ByteSpan.of(object);
        WireCursor in = span.cursor();
        long generation = 0;
        StatusSections status = null;
        while (in.at() < in.end()) {
            int tag = in.tag(in.end());
            int end = in.block(in.end());
            if (tag == Tags.OBJECT_METADATA) {
                generation = generation(in, end);
            } else if (tag == Tags.OBJECT_STATUS) {
                status = StatusSections.decode(span.slice(in.at(), end));
            }
            in.moveTo(end);
        }
        return new Reported(generation, status);
    }

    private static long generation(WireCursor in, int end) {
        while (in.at() < end) {
            int tag = in.tag(end);
            if (tag >= GENERATION) {
                return tag == GENERATION ? in.varint(end) : 0;
            }
            in.skip(tag, end);
        }
        return 0;
    }
}
