package dev.kuar.practice.scheduler;

import dev.kuar.practice.object.KubeObject;
import java.util.HashMap;
import java.util.Map;

/** Numbers by node label: {@code topology.kubernetes.io/zone} to {@code a} to 3. */
final class Places {
    private final Map<String, Map<String, Long>> numbers = new HashMap<>();

    /** Adds to the node's place; nothing where the node has no such label. */
    void add(KubeObject node, String key, long more) {
        String value = node.labels().get(key);
        if (value != null) {
            numbers.computeIfAbsent(key, name -> new HashMap<>()).merge(value, more, Long::sum);
        }
    }

    long at(KubeObject node, String key) {
        Map<String, Long> values = numbers.get(key);
        String value = values == null ? null : node.labels().get(key);
        return value == null || values == null ? 0 : values.getOrDefault(value, 0L);
    }

    /** Over all labels of the node. */
    long sum(KubeObject node) {
        long sum = 0;
        for (String key : numbers.keySet()) {
            sum += at(node, key);
        }
        return sum;
    }

    boolean any(KubeObject node) {
        for (String key : numbers.keySet()) {
            if (at(node, key) > 0) {
                return true;
            }
        }
        return false;
    }

    boolean isEmpty() {
        return numbers.isEmpty();
    }
}
