package dev.kuar.tool;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Clusters that are only a list. */
final class FakeHost implements ClusterHost {
    final Map<String, Hosted> clusters = new TreeMap<>();

    @Override
    public List<Hosted> list() {
        return new ArrayList<>(clusters.values());
    }

    @Override
    public Optional<Hosted> find(String name) {
        return Optional.ofNullable(clusters.get(name));
    }

    @Override
    public Hosted create(Order order) {
        put(order.name(), order, true, order.attributes());
        return clusters.get(order.name());
    }

    private void put(String name, Order order, boolean running, Map<String, String> attributes) {
        Instant created = Instant.parse("2026-11-01T10:00:00Z");
        clusters.put(
                name,
                new Hosted(
                        name,
                        order.profile(),
                        order.nodes(),
                        order.kubernetesVersion(),
                        order.kubernetesVersion() + "-fake",
                        running,
                        created,
                        attributes));
    }

    @Override
    public boolean waitReady(String name, Duration limit) {
        return clusters.containsKey(name);
    }

    @Override
    public void stop(String name) {
        running(name, false);
    }

    @Override
    public void start(String name) {
        running(name, true);
    }

    private void running(String name, boolean running) {
        clusters.computeIfPresent(
                name,
                (n, c) -> new Hosted(
                        n,
                        c.profile(),
                        c.nodes(),
                        c.kubernetesVersion(),
                        c.serverVersion(),
                        running,
                        c.created(),
                        c.attributes()));
    }

    @Override
    public void delete(String name) {
        clusters.remove(name);
    }

    @Override
    public void setAttributes(String name, Map<String, String> attributes) {
        clusters.computeIfPresent(
                name,
                (n, c) -> new Hosted(
                        n,
                        c.profile(),
                        c.nodes(),
                        c.kubernetesVersion(),
                        c.serverVersion(),
                        c.running(),
                        c.created(),
                        attributes));
    }

    @Override
    public Access access(String name) {
        return new Access("https://127.0.0.1:6443", "CA of " + name, "CERTIFICATE", "KEY");
    }

    @Override
    public long snapshot(String name, java.nio.file.Path file) {
        throw new UnsupportedOperationException("no tool asks for it");
    }

    @Override
    public Hosted restore(java.nio.file.Path file, String name) {
        throw new UnsupportedOperationException("no tool asks for it");
    }
}
