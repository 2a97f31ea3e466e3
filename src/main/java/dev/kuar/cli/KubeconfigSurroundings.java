package dev.kuar.cli;

import dev.kuar.error.UserException;
import dev.kuar.guard.Recognition;
import dev.kuar.kube.ClusterView;
import dev.kuar.kube.FabricClusterView;
import dev.kuar.kube.FabricObjectWriter;
import dev.kuar.kube.Kubeconfig;
import dev.kuar.kube.ReadException;
import dev.kuar.lesson.Change;
import dev.kuar.tool.ClusterHost;
import dev.kuar.tutor.Surroundings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The world as kuar's kubeconfig and the practice clusters tell it.
 *
 * <p>Which cluster a context means is told by its server's URL. A view is kept as long as its context and server stay the
 * same.
 */
public final class KubeconfigSurroundings implements Surroundings, AutoCloseable {
    private final Path file;
    private final ClusterHost practice;
    private @Nullable ClusterView view;
    private String viewed = "";

    public KubeconfigSurroundings(Path kubeconfig, ClusterHost practice) {
        this.file = kubeconfig;
        this.practice = practice;
    }

    @Override
    public synchronized Optional<Current> current() {
        Optional<Kubeconfig> config = load();
        String context = config.map(Kubeconfig::currentContext).orElse("");
        String server = config.map(c -> server(c, context)).orElse("");
        if (context.isEmpty() || server.isEmpty()) {
            return Optional.empty();
        }
        Optional<ClusterHost.Hosted> hosted = practice.list().stream()
                .filter(c -> practice.access(c.name()).server().equals(server))
                .findFirst();
        return Optional.of(new Current(
                hosted.map(ClusterHost.Hosted::profile).orElse("kubeconfig"),
                hosted.map(ClusterHost.Hosted::name).orElse(context),
                hosted.isPresent(),
                view(context, server, hosted)));
    }

    @Override
    public List<Map<String, Object>> clusters() {
        List<Map<String, Object>> clusters = new ArrayList<>();
        for (ClusterHost.Hosted each : practice.list()) {
            Map<String, Object> cluster = new LinkedHashMap<>();
            cluster.put("name", each.attributes().getOrDefault("tool.name", each.name()));
            cluster.put("provider", each.profile());
            cluster.put("status", each.running() ? "RUNNING" : "STOPPED");
            cluster.put("nodes", (long) each.nodes());
            cluster.put("context", contextOf(practice.access(each.name()).server()));
            clusters.add(cluster);
        }
        return clusters;
    }

    @Override
    public Map<String, Object> kubeconfig() {
        Optional<Kubeconfig> config = load();
        List<Object> contexts = new ArrayList<>();
        List<Object> clusters = new ArrayList<>();
        config.ifPresent(
                c -> c.contexts().stream().filter(name -> isOurs(c, name)).forEach(name -> {
                    Map<String, Object> body = c.find("contexts", name).orElse(Map.of());
                    Map<String, Object> context = new HashMap<>();
                    context.put("name", name);
                    for (String key : List.of("cluster", "user", "namespace")) {
                        context.put(key, String.valueOf(body.getOrDefault(key, "")));
                    }
                    contexts.add(context);
                    clusters.add(Map.of("name", context.get("cluster"), "server", server(c, name)));
                }));
        Map<String, Object> tree = new HashMap<>();
        tree.put("contexts", contexts);
        tree.put("clusters", clusters);
        tree.put("current", config.map(Kubeconfig::currentContext).orElse(""));
        return tree;
    }

    @Override
    public void apply(String manifest, String namespace, Map<String, String> labels) {
        try (FabricObjectWriter writer = writer()) {
            writer.apply(manifest, namespace, labels);
        }
    }

    @Override
    public void delete(Change.Target target, String uid) {
        try (FabricObjectWriter writer = writer()) {
            writer.deleteExactly(target.apiVersion(), target.kind(), target.namespace(), target.name(), uid);
        }
    }

    @Override
    public List<String> restore() {
        Optional<Current> practised = current().filter(Current::practice);
        try {
            return practised.isEmpty()
                    ? List.of()
                    : practice.restore(practised.get().name());
        } catch (RuntimeException e) {
            throw new ReadException(ReadException.Cause.UNREACHABLE, String.valueOf(e.getMessage()), e);
        }
    }

    /** Writes to the current cluster; the caller closes it. Only practice clusters are ever written to. */
    FabricObjectWriter writer() {
        Current current = current()
                .filter(Current::practice)
                .orElseThrow(() -> new ReadException(
                        ReadException.Cause.REFUSED, "lessons set up objects on practice clusters only", null));
        ClusterHost.Access keys = practice.access(current.name());
        return FabricObjectWriter.at(keys.server(), keys.caPem(), keys.certificatePem(), keys.keyPem());
    }

    @Override
    public synchronized void close() {
        if (view != null) {
            view.close();
        }
    }

    /** Practice clusters are read as kuar's own, whatever user the context names. */
    private ClusterView view(String context, String server, Optional<ClusterHost.Hosted> hosted) {
        String key = context + " " + server;
        ClusterView existing = view;
        if (existing == null || !key.equals(viewed)) {
            if (existing != null) {
                existing.close();
            }
            existing = hosted.map(c -> practice.access(c.name()))
                    .map(keys -> FabricClusterView.at(
                            context, keys.server(), keys.caPem(), keys.certificatePem(), keys.keyPem()))
                    .orElseGet(() -> FabricClusterView.of(file, context));
            view = existing;
            viewed = key;
        }
        return existing;
    }

    private String contextOf(String server) {
        return load().flatMap(c -> c.contexts().stream()
                        .filter(name -> server(c, name).equals(server))
                        .findFirst())
                .orElse("");
    }

    /** The learner's own contexts are none of the lesson's business, but for the one that is used now. */
    private static boolean isOurs(Kubeconfig config, String context) {
        return context.equals(config.currentContext()) || !Recognition.isGuarded(server(config, context));
    }

    private static String server(Kubeconfig config, String context) {
        return config.find("contexts", context)
                .flatMap(body -> config.find("clusters", String.valueOf(body.get("cluster"))))
                .map(body -> String.valueOf(body.getOrDefault("server", "")))
                .orElse("");
    }

    private Optional<Kubeconfig> load() {
        try {
            return Optional.of(Kubeconfig.load(file));
        } catch (UserException unreadable) {
            return Optional.empty();
        }
    }
}
