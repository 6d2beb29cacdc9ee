package dev.proreus.server.telemetry;

import com.sun.net.httpserver.HttpHandler;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.exporter.prometheus.PrometheusMetricReader;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.resources.Resource;
import io.prometheus.metrics.exporter.httpserver.MetricsHandler;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Map;

/**
 * The OpenTelemetry SDK of this process. Its numbers are read from a page in Prometheus' format; nothing is sent
 * anywhere unless the {@code OTEL_} variables of the environment say so.
 */
public final class Telemetry implements AutoCloseable {
    /** What holds where the environment says nothing: no exporter, and none that listens beyond loopback. */
    private static final Map<String, String> DEFAULTS = Map.of(
            "otel.service.name", "proreus",
            "otel.metrics.exporter", "none",
            "otel.traces.exporter", "none",
            "otel.logs.exporter", "none",
            "otel.metrics.exemplar.filter", "always_off",
            "otel.exporter.otlp.protocol", "http/protobuf",
            "otel.exporter.prometheus.host", "127.0.0.1");

    private static final AttributeKey<String> VERSION = AttributeKey.stringKey("service.version");

    private final OpenTelemetrySdk sdk;
    private final PrometheusRegistry registry;

    private Telemetry(OpenTelemetrySdk sdk, PrometheusRegistry registry) {
        this.sdk = sdk;
        this.registry = registry;
    }

    /**
     * Starts the SDK and the instruments of the process.
     *
     * @throws io.opentelemetry.sdk.autoconfigure.spi.ConfigurationException where the environment cannot be followed
     */
    public static Telemetry start(String version) {
        PrometheusMetricReader reader = PrometheusMetricReader.builder()
                .setOtelScopeLabelsEnabled(false)
                .build();
        OpenTelemetrySdk sdk = AutoConfiguredOpenTelemetrySdk.builder()
                .disableShutdownHook()
                .addPropertiesSupplier(() -> DEFAULTS)
                .addResourceCustomizer(
                        (resource, config) -> resource.merge(Resource.create(Attributes.of(VERSION, version))))
                .addMeterProviderCustomizer((builder, config) -> builder.registerMetricReader(reader))
                .build()
                .getOpenTelemetrySdk();
        PrometheusRegistry registry = new PrometheusRegistry();
        registry.register(reader);
        Telemetry telemetry = new Telemetry(sdk, registry);
        ProcessMetrics.register(telemetry.meter());
        return telemetry;
    }

    /** Returns what makes the instruments of this program. */
    public Meter meter() {
        return sdk.getMeter("dev.proreus");
    }

    /** Returns what answers with all numbers in Prometheus' format. */
    HttpHandler page() {
        return new MetricsHandler(registry);
    }

    /** Sends what is left to be sent, where it is sent anywhere, and ends. */
    @Override
    public void close() {
        sdk.close();
    }
}
