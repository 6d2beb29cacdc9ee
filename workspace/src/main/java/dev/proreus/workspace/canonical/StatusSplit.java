package dev.proreus.workspace.canonical;

import com.google.protobuf.ByteString;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A status Struct without the two keys that the server knows, and the values of these.
 *
 * @param body its content without them
 * @param conditions the value of {@code conditions}
 * @param observedGeneration the value of {@code observedGeneration}
 */
record StatusSplit(ByteString body, ValueView conditions, ValueView observedGeneration) {
    private static final byte[] CONDITIONS = ConditionRules.CONDITIONS.getBytes(StandardCharsets.UTF_8);
    private static final byte[] OBSERVED_GENERATION =
            ConditionRules.OBSERVED_GENERATION.getBytes(StandardCharsets.UTF_8);

    /** Splits canonical content, which shares its memory with the parts where it can. */
    static StatusSplit of(ByteString struct) {
        ByteSpan span = ByteSpan.of(struct);
        WireCursor in = span.cursor();
        EntryReader reader = new EntryReader(in, in.end());
        ValueView conditions = ValueView.ABSENT;
        ValueView observedGeneration = ValueView.ABSENT;
        List<ByteString> pieces = new ArrayList<>(3);
        int from = in.at();
        while (reader.next()) {
            if (reader.compareKey(CONDITIONS) == 0) {
                conditions = value(span, reader);
            } else if (reader.compareKey(OBSERVED_GENERATION) == 0) {
                observedGeneration = value(span, reader);
            } else {
                continue;
            }
            pieces.add(span.slice(from, reader.from()));
            from = reader.to();
        }
        pieces.add(span.slice(from, in.end()));
        return new StatusSplit(joined(pieces), conditions, observedGeneration);
    }

    private static ValueView value(ByteSpan span, EntryReader reader) {
        return ValueView.of(span.slice(reader.valueFrom(), reader.valueTo()));
    }

    /** Returns one string in one array: a rope would be put together again each time that it is read. */
    private static ByteString joined(List<ByteString> pieces) {
        pieces.removeIf(ByteString::isEmpty);
        if (pieces.size() == 1) {
            return pieces.get(0);
        }
        WireBuffer out =
                new WireBuffer(pieces.stream().mapToInt(ByteString::size).sum());
        pieces.forEach(out::raw);
        return out.toBytes();
    }
}
