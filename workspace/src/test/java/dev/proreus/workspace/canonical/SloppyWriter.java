package dev.proreus.workspace.canonical;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/**
 * Encodes a message in one of the many ways that mean the same: fields and map entries in any order, varints longer
 * than they need to be, defaults written out, empty keys left out. Lists keep their order, since it has a meaning.
 */
final class SloppyWriter {
    private static final int VARINT_BYTES_MAX = 10;

    private final Random random;

    SloppyWriter(Random random) {
        this.random = random;
    }

    ByteString write(Message message) {
        List<Deque<ByteString>> queues = new ArrayList<>();
        for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
            queues.addAll(queuesOf(message, field));
        }
        List<ByteString> fields = new ArrayList<>();
        while (!queues.isEmpty()) {
            Deque<ByteString> queue = queues.get(random.nextInt(queues.size()));
            fields.add(queue.remove());
            queues.removeIf(Deque::isEmpty);
        }
        return Wire.join(fields.toArray(ByteString[]::new));
    }

    /** Fields of one queue stay in order, those of different queues mix. */
    private List<Deque<ByteString>> queuesOf(Message message, FieldDescriptor field) {
        List<Deque<ByteString>> queues = new ArrayList<>();
        if (field.isRepeated()) {
            Deque<ByteString> list = new ArrayDeque<>();
            for (Object element : (List<?>) message.getField(field)) {
                ByteString encoded = field(field, element);
                if (field.isMapField()) {
                    queues.add(new ArrayDeque<>(List.of(encoded)));
                } else {
                    list.add(encoded);
                }
            }
            queues.add(list);
        } else if (field.hasPresence() ? message.hasField(field) : isWritten(message, field)) {
            queues.add(new ArrayDeque<>(List.of(field(field, message.getField(field)))));
        }
        queues.removeIf(Deque::isEmpty);
        return queues;
    }

    private boolean isWritten(Message message, FieldDescriptor field) {
        return !message.getField(field).equals(field.getDefaultValue()) || random.nextInt(3) == 0;
    }

    private ByteString field(FieldDescriptor field, Object value) {
        int number = field.getNumber();
        return switch (field.getType()) {
            case STRING -> block(number, ByteString.copyFromUtf8((String) value));
            case MESSAGE -> block(number, write((Message) value));
            case BOOL -> Wire.join(varint((long) number << 3), varint((Boolean) value ? 1L + random.nextInt(300) : 0L));
            case INT64, INT32 -> Wire.join(varint((long) number << 3), varint(((Number) value).longValue()));
            case ENUM -> Wire.join(varint((long) number << 3), varint(0));
            case DOUBLE -> Wire.fixed64(number, (Double) value);
            default -> throw new IllegalArgumentException(field.toString());
        };
    }

    private ByteString block(int number, ByteString content) {
        return Wire.join(varint((long) number << 3 | 2), varint(content.size()), content);
    }

    private ByteString varint(long value) {
        byte[] minimal = Wire.varint(value).toByteArray();
        int surplus = random.nextInt(4) == 0 ? random.nextInt(VARINT_BYTES_MAX - minimal.length + 1) : 0;
        if (surplus == 0) {
            return ByteString.copyFrom(minimal);
        }
        byte[] longer = new byte[minimal.length + surplus];
        System.arraycopy(minimal, 0, longer, 0, minimal.length);
        for (int i = minimal.length - 1; i < longer.length - 1; i++) {
            longer[i] |= (byte) 0x80;
        }
        return ByteString.copyFrom(longer);
    }
}
