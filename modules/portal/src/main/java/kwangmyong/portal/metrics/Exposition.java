package kwangmyong.portal.metrics;

import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kwangmyong.kernel.access.Layer;
import kwangmyong.kernel.access.Reason;
import kwangmyong.kernel.access.Verdict;
import kwangmyong.kernel.service.Reading;

/**
 * The lab's numbers in Prometheus' text or OpenMetrics, as the client asks; the JVM's by Micrometer. Everything is read when it is asked for: nothing is
 * kept between.
 */
final class Exposition implements AutoCloseable {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collections = new JvmGcMetrics();

    Exposition(Vitals vitals) {
        // Names that Prometheus' own check objects to; the seconds of process_cpu_usage and jvm_* say the same.
        registry.config().meterFilter(MeterFilter.denyNameStartsWith("process.cpu.time"));
        registry.config().meterFilter(MeterFilter.denyNameStartsWith("system.cpu.count"));
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ClassLoaderMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        collections.bindTo(registry);
        registry.getPrometheusRegistry().register((MultiCollector) () -> snapshots(vitals));
    }

    /** @param accepted what the client accepts; empty for Prometheus' text */
    String text(String accepted) {
        return registry.scrape(accepted);
    }

    @Override
    public void close() {
        collections.close();
        registry.close();
    }

    private static MetricSnapshots snapshots(Vitals vitals) {
        List<MetricSnapshot> all = new ArrayList<>();
        Map<String, List<Reading>> byName = new LinkedHashMap<>();
        vitals.readings()
                .forEach(reading -> byName.computeIfAbsent(reading.name(), name -> new ArrayList<>())
                        .add(reading));
        byName.forEach((name, readings) -> all.add(snapshot(name, readings)));
        DecisionTally tally = vitals.tally();
        all.add(decisions(tally));
        all.add(times(tally));
        all.add(histogram("kwm_journal_force_seconds", "How long it took until a forced event was on disk.")
                .dataPoint(dataPoint(tally.forced(), Labels.EMPTY))
                .build());
        return new MetricSnapshots(all);
    }

    private static MetricSnapshot snapshot(String name, List<Reading> readings) {
        Reading first = readings.get(0);
        if (first.kind() == Reading.Kind.GAUGE) {
            GaugeSnapshot.Builder gauge = GaugeSnapshot.builder().name(name).help(first.help());
            readings.forEach(reading -> gauge.dataPoint(GaugeDataPointSnapshot.builder()
                    .labels(labels(reading.labels()))
                    .value(reading.value())
                    .build()));
            return gauge.build();
        }
        CounterSnapshot.Builder counter = CounterSnapshot.builder().name(name).help(first.help());
        readings.forEach(reading -> counter.dataPoint(CounterDataPointSnapshot.builder()
                .labels(labels(reading.labels()))
                .value(reading.value())
                .build()));
        return counter.build();
    }

    private static Labels labels(Map<String, String> labels) {
        return Labels.of(labels.keySet().toArray(String[]::new), labels.values().toArray(String[]::new));
    }

    private static MetricSnapshot decisions(DecisionTally tally) {
        CounterSnapshot.Builder decisions = CounterSnapshot.builder()
                .name("kwm_decisions")
                .help("Decisions, by the layer that asked, what came of it, and the class of the rule or the reason.");
        for (Layer layer : DecisionTally.LAYERS) {
            for (Verdict verdict : DecisionTally.VERDICTS) {
                for (Reason reason : DecisionTally.REASONS) {
                    long count = tally.decisions(layer, verdict, reason);
                    if (count > 0) {
                        decisions.dataPoint(CounterDataPointSnapshot.builder()
                                .labels(Labels.of(
                                        "layer", layer.word(), "verdict", verdict.word(), "reason", reason.word()))
                                .value((double) count)
                                .build());
                    }
                }
            }
        }
        return decisions.build();
    }

    private static MetricSnapshot times(DecisionTally tally) {
        HistogramSnapshot.Builder times =
                histogram("kwm_decision_seconds", "From a request's arrival until its decision was shown, by layer.");
        for (Layer layer : DecisionTally.LAYERS) {
            times.dataPoint(dataPoint(tally.took(layer), Labels.of("layer", layer.word())));
        }
        return times.build();
    }

    private static HistogramSnapshot.Builder histogram(String name, String help) {
        return HistogramSnapshot.builder().name(name).help(help);
    }

    private static HistogramDataPointSnapshot dataPoint(Buckets buckets, Labels labels) {
        ClassicHistogramBuckets.Builder classic = ClassicHistogramBuckets.builder();
        for (int i = 0; i < Buckets.COUNT; i++) {
            classic.bucket(Buckets.boundSeconds(i), buckets.count(i));
        }
        return HistogramDataPointSnapshot.builder()
                .classicHistogramBuckets(classic.build())
                .sum(buckets.sumSeconds())
                .labels(labels)
                .build();
    }
}
