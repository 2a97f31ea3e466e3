package dev.kuar.practice.http;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/** How the health checks came out, served in Prometheus' text form under {@code /metrics/slis}. */
final class HealthMetrics {
    private final Map<String, Integer> last = new ConcurrentSkipListMap<>();
    private final Map<String, LongAdder> all = new ConcurrentSkipListMap<>();

    /** @param type {@code healthz}, {@code livez} or {@code readyz} */
    void observe(String check, String type, boolean well) {
        String name = "name=\"" + check + "\"";
        String of = "type=\"" + type + "\"";
        last.put("kubernetes_healthcheck{" + name + "," + of + "} ", well ? 1 : 0);
        String status = "status=\"" + (well ? "success" : "error") + "\"";
        all.computeIfAbsent(
                        "kubernetes_healthchecks_total{" + name + "," + status + "," + of + "} ",
                        key -> new LongAdder())
                .increment();
    }

    String text() {
        StringBuilder out = new StringBuilder();
        if (!last.isEmpty()) {
            out.append(
                            "# HELP kubernetes_healthcheck [STABLE] This metric records the result of a single healthcheck.\n")
                    .append("# TYPE kubernetes_healthcheck gauge\n");
            last.forEach((series, value) -> out.append(series).append(value).append('\n'));
            out.append(
                            "# HELP kubernetes_healthchecks_total [STABLE] This metric records the results of all healthcheck.\n")
                    .append("# TYPE kubernetes_healthchecks_total counter\n");
            all.forEach(
                    (series, count) -> out.append(series).append(count.sum()).append('\n'));
        }
        return out.toString();
    }
}
