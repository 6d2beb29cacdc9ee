package dev.proreus.workspace.canonical;

import com.google.protobuf.ByteString;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A key and its canonical Value, to be put into canonical Struct content. */
final class StructEntry {
    private final byte[] key;
    private final ByteString value;

    StructEntry(String key, ByteString value) {
        this.key = key.getBytes(StandardCharsets.UTF_8);
        this.value = value;
    }

    /** Writes the content of a Struct with entries put in at their places, instead of those of the same keys. */
    static void splice(ByteString struct, List<StructEntry> ascending, WireBuffer out) {
        WireCursor in = ByteSpan.of(struct).cursor();
        int copied = in.at();
        EntryReader reader = new EntryReader(in, in.end());
        int next = 0;
        while (next < ascending.size() && reader.next()) {
            int order = reader.compareKey(ascending.get(next).key);
            while (order >= 0 && next < ascending.size()) {
                out.raw(in.bytes(), copied, reader.from());
                ascending.get(next++).write(out);
                copied = order == 0 ? reader.to() : reader.from();
                order = next < ascending.size() ? reader.compareKey(ascending.get(next).key) : -1;
            }
        }
        out.raw(in.bytes(), copied, in.end());
        while (next < ascending.size()) {
            ascending.get(next++).write(out);
        }
    }

    /** Writes the entry, tag included. */
    void write(WireBuffer out) {
        int guess = key.length + value.size();
        int entry = out.open(Tags.ENTRY, guess);
        out.block(Tags.KEY, key, 0, key.length);
        out.block(Tags.VALUE, value);
        out.close(entry, guess);
    }
}
