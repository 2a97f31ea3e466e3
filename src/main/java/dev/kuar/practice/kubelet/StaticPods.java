package dev.kuar.practice.kubelet;

import dev.kuar.practice.object.JsonWriter;
import dev.kuar.practice.object.KubeObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The pods that a node runs from files; keeps a mirror of each in the API. */
final class StaticPods {
    private static final Duration RETRY = Duration.ofMillis(50);

    private final NodeAgent node;
    private final Map<String, KubeObject> mirrors = new HashMap<>();

    StaticPods(NodeAgent node, List<KubeObject> files) {
        this.node = node;
        for (KubeObject file : files) {
            KubeObject mirror = mirror(file);
            mirrors.put(mirror.namespace() + "/" + mirror.name(), mirror);
        }
    }

    void start() {
        if (!mirrors.isEmpty()) {
            node.execute(this::ensure);
        }
    }

    boolean owns(KubeObject pod) {
        return pod.annotations().containsKey("kubernetes.io/config.mirror")
                && mirrors.containsKey(pod.namespace() + "/" + pod.name());
    }

    void mirrorAgain() {
        node.execute(this::ensure);
    }

    private synchronized void ensure() {
        if (node.isStopped()) {
            return;
        }
        boolean missing = false;
        for (KubeObject mirror : mirrors.values()) {
            try {
                if (node.api()
                        .find(Resources.PODS, mirror.namespace(), mirror.name())
                        .isEmpty()) {
                    KubeObject made = mirror.copy();
                    Map<String, Object> owner = new LinkedHashMap<>();
                    owner.put("apiVersion", "v1");
                    owner.put("controller", true);
                    owner.put("kind", "Node");
                    owner.put("name", node.name());
                    owner.put(
                            "uid",
                            node.api().get(Resources.NODES, "", node.name()).uid());
                    made.set(new ArrayList<>(List.of(owner)), "metadata", "ownerReferences");
                    node.api().create(Resources.PODS, mirror.namespace(), made);
                }
            } catch (RuntimeException e) {
                System.getLogger(StaticPods.class.getName())
                        .log(System.Logger.Level.DEBUG, "the mirror of " + mirror.name(), e);
                missing = true;
            }
        }
        if (missing) {
            node.clock().after(RETRY, () -> node.execute(this::ensure));
        }
    }

    private KubeObject mirror(KubeObject file) {
        KubeObject mirror = file.copy();
        String hash = UUID.nameUUIDFromBytes(
                        (node.name() + JsonWriter.text(file.tree())).getBytes(StandardCharsets.UTF_8))
                .toString()
                .replace("-", "");
        if (!mirror.name().endsWith("-" + node.name())) {
            mirror.set(mirror.name() + "-" + node.name(), "metadata", "name");
        }
        mirror.set(hash, "metadata", "annotations", "kubernetes.io/config.hash");
        mirror.set(hash, "metadata", "annotations", "kubernetes.io/config.mirror");
        mirror.set(
                Times.nanos(node.clock().now().minus(NodeAgent.STATIC_LEAD)),
                "metadata",
                "annotations",
                "kubernetes.io/config.seen");
        mirror.set("file", "metadata", "annotations", "kubernetes.io/config.source");
        mirror.set(node.name(), "spec", "nodeName");
        if (mirror.maps("spec", "tolerations").isEmpty()) {
            Map<String, Object> all = new LinkedHashMap<>();
            all.put("effect", "NoExecute");
            all.put("operator", "Exists");
            mirror.set(new ArrayList<>(List.of(all)), "spec", "tolerations");
        }
        return mirror;
    }
}
