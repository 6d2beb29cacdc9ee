package dev.proreus.workspace;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.ObservableLongMeasurement;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counts refusals by their reason. Those that never happened are not shown. Thread-safe. */
public final class ReasonCounter {
    private static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");

    private final Map<Reason, LongAdder> counts = new EnumMap<>(Reason.class);

    ReasonCounter() {
        for (Reason reason : Reason.values()) {
            counts.put(reason, new LongAdder());
        }
    }

    public void count(Reason reason) {
        LongAdder count = counts.get(reason);
        if (count != null) {
            count.increment();
        }
    }

    void show(ObservableLongMeasurement measurement) {
        counts.forEach((reason, count) -> {
            if (count.sum() > 0) {
                measurement.record(count.sum(), Attributes.of(ERROR_TYPE, reason.name()));
            }
        });
    }
}
