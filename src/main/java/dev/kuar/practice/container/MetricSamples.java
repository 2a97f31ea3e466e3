package dev.kuar.practice.container;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The last two samples of each node and container, from the text that kubelets serve; the use is what lies between them. */
final class MetricSamples {
    private static final Pattern LINE = Pattern.compile("(\\w+)(?:\\{([^}]*)})? (\\S+)(?: \\d+)?");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");

    private final Map<String, Pair> nodes = new ConcurrentHashMap<>();

    /** One scrape of a node: by namespace, pod and container; the node's own under the empty key. */
    private record Sample(Instant at, Map<String, Double> cpu, Map<String, Long> memory) {}

    private record Pair(Sample before, Sample now) {}

    /** What is used. */
    record Amount(long nanoCores, long bytes) {}

    /** What was used in a window that ended at a time, in all and by container. */
    record Usage(Instant at, Duration window, Amount total, Map<String, Amount> parts) {}

    void add(String node, String text, Instant at) {
        Map<String, Double> cpu = new HashMap<>();
        Map<String, Long> memory = new HashMap<>();
        text.lines().filter(line -> !line.startsWith("#")).forEach(line -> {
            Matcher parts = LINE.matcher(line);
            if (!parts.matches()) {
                return;
            }
            Map<String, String> labels = new HashMap<>();
            Matcher label = LABEL.matcher(parts.group(2) == null ? "" : parts.group(2));
            while (label.find()) {
                labels.put(label.group(1), label.group(2));
            }
            String key = labels.isEmpty()
                    ? ""
                    : labels.get("namespace") + "/" + labels.get("pod") + "/" + labels.get("container");
            double value = Double.parseDouble(parts.group(3));
            switch (parts.group(1)) {
                case "container_cpu_usage_seconds_total", "node_cpu_usage_seconds_total" -> cpu.put(key, value);
                case "container_memory_working_set_bytes", "node_memory_working_set_bytes" ->
                    memory.put(key, (long) value);
                default -> {}
            }
        });
        Sample now = new Sample(at, cpu, memory);
        nodes.merge(node, new Pair(now, now), (old, fresh) -> new Pair(old.now(), now));
    }

    /** Whether some node has two samples. */
    boolean isReady() {
        return nodes.values().stream()
                .anyMatch(pair -> !pair.before().at().equals(pair.now().at()));
    }

    Optional<Usage> node(String name) {
        return Optional.ofNullable(nodes.get(name)).flatMap(pair -> usage(pair, ""));
    }

    Optional<Usage> pod(String namespace, String name) {
        String prefix = namespace + "/" + name + "/";
        return nodes.values().stream()
                .filter(pair -> pair.now().cpu().keySet().stream().anyMatch(key -> key.startsWith(prefix)))
                .findFirst()
                .flatMap(pair -> usage(pair, prefix));
    }

    private static Optional<Usage> usage(Pair pair, String prefix) {
        Duration window = Duration.between(pair.before().at(), pair.now().at());
        if (window.isZero()) {
            return Optional.empty();
        }
        Map<String, Amount> parts = new TreeMap<>();
        long cores = 0;
        long bytes = 0;
        for (Map.Entry<String, Double> each : pair.now().cpu().entrySet()) {
            String key = each.getKey();
            Double before = pair.before().cpu().get(key);
            if (prefix.isEmpty() ? !key.isEmpty() : !key.startsWith(prefix)) {
                continue;
            }
            if (before == null || each.getValue() < before) {
                continue;
            }
            long nanos = (long) ((each.getValue() - before) * 1e9 * 1e3 / window.toMillis());
            Amount amount = new Amount(nanos, pair.now().memory().getOrDefault(key, 0L));
            parts.put(key.substring(prefix.length()), amount);
            cores += nanos;
            bytes += amount.bytes();
        }
        return parts.isEmpty()
                ? Optional.empty()
                : Optional.of(new Usage(pair.now().at(), window, new Amount(cores, bytes), parts));
    }
}
