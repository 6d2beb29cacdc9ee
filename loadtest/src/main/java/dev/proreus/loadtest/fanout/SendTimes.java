package dev.proreus.loadtest.fanout;

import com.google.protobuf.Value;
import dev.proreus.v1.Object;
import java.util.concurrent.atomic.AtomicLongArray;

/** When each write was sent, by its number, which stands in the object's spec. Thread-safe. */
final class SendTimes {
    /** Key of the number in the spec. */
    static final String NUMBER = "n";

    private final AtomicLongArray nanos;

    SendTimes(int writes) {
        nanos = new AtomicLongArray(writes);
    }

    void sent(int number, long nanoTime) {
        nanos.set(number, nanoTime);
    }

    long of(Object object) {
        Value number = object.getSpec().getFieldsOrDefault(NUMBER, Value.getDefaultInstance());
        return nanos.get((int) number.getNumberValue());
    }
}
