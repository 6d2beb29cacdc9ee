package dev.proreus.workspace;

import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/** What operators would be told now of what has this instrumentation. */
public final class RecordedMetrics {
    private final InMemoryMetricReader reader = InMemoryMetricReader.create();
    private final Instrumentation instrumentation;

    /** @param nanoTime the clock of the instrumentation */
    public RecordedMetrics(LongSupplier nanoTime) {
        instrumentation = new Instrumentation(nanoTime);
        instrumentation.attach(
                SdkMeterProvider.builder().registerMetricReader(reader).build().get("test"));
    }

    public Instrumentation instrumentation() {
        return instrumentation;
    }

    /** Returns a metric; there must be one of this name. */
    public MetricData metric(String name) {
        return find(name).orElseThrow(() -> new AssertionError("there is no " + name));
    }

    /** Returns what a counter or level says by the value of its one attribute; nothing where nothing was counted. */
    public Map<String, Long> byAttribute(String name) {
        Map<String, Long> values = new TreeMap<>();
        find(name).stream()
                .flatMap(metric -> metric.getLongSumData().getPoints().stream())
                .forEach(point ->
                        point.getAttributes().forEach((key, value) -> values.put(value.toString(), point.getValue())));
        return values;
    }

    private Optional<MetricData> find(String name) {
        return reader.collectAllMetrics().stream()
                .filter(metric -> metric.getName().equals(name))
                .findFirst();
    }

    /** Returns the sum of a counter or level over all its attributes. */
    public long sum(String name) {
        return metric(name).getLongSumData().getPoints().stream()
                .mapToLong(LongPointData::getValue)
                .sum();
    }
}
