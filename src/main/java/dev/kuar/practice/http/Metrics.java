package dev.kuar.practice.http;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** Counters of requests, served in Prometheus' text form under {@code /metrics}. */
final class Metrics {
    private final Map<Series, LongAdder> requests = new ConcurrentHashMap<>();
    private final HealthMetrics health = new HealthMetrics();
    private final AtomicInteger inflight = new AtomicInteger();
    private final AtomicInteger longRunning = new AtomicInteger();

    private record Series(String verb, int code) {}

    void begun() {
        inflight.incrementAndGet();
    }

    void ended(Call call) {
        inflight.decrementAndGet();
        requests.computeIfAbsent(new Series(call.method(), call.exchange().getStatusCode()), key -> new LongAdder())
                .increment();
    }

    /** Forgets what was counted; what goes on is counted still. */
    void reset() {
        requests.clear();
    }

    /** A watch or a stream began ({@code +1}) or ended ({@code -1}). */
    void longRunning(int change) {
        longRunning.addAndGet(change);
    }

    /** How the health checks came out. */
    HealthMetrics health() {
        return health;
    }

    String text() {
        StringBuilder out = new StringBuilder();
        head(out, "apiserver_current_inflight_requests", "gauge", "Requests that are being answered.");
        out.append("apiserver_current_inflight_requests ")
                .append(inflight.get())
                .append('\n');
        head(out, "apiserver_longrunning_requests", "gauge", "Watches and streams that are open.");
        out.append("apiserver_longrunning_requests ").append(longRunning.get()).append('\n');
        head(out, "apiserver_request_total", "counter", "Requests answered, by method and status code.");
        Map<String, Long> lines = new TreeMap<>();
        requests.forEach((series, count) -> lines.put(
                "apiserver_request_total{code=\"" + series.code() + "\",verb=\"" + series.verb() + "\"} ",
                count.sum()));
        lines.forEach((line, count) -> out.append(line).append(count).append('\n'));
        return out.toString();
    }

    private static void head(StringBuilder out, String name, String type, String help) {
        out.append("# HELP ").append(name).append(' ').append(help).append('\n');
        out.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }
}
