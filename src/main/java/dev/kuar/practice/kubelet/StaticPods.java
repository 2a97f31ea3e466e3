package dev.kuar.practice.kubelet;

import dev.kuar.practice.api.ApiClient.DeleteOptions;
import dev.kuar.practice.object.KubeObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * The pods that a node runs from files; keeps a mirror of each in the API.
 *
 * <p>A file that is written, changed or removed is seen within a second. What a file no longer says ends as a deleted pod does,
 * and only then its mirror goes and that of the new one comes.
 */
final class StaticPods {
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration RETRY = Duration.ofMillis(50);
    private static final Duration LATER = Duration.ofSeconds(10);
    private static final int QUICK_TRIES = 200;

    private final NodeAgent node;
    private final ManifestFiles files;
    private volatile Map<String, KubeObject> wanted = Map.of();
    private final Set<String> early = new HashSet<>();
    private int failures;

    /** @param pods what the disk came with, as in its files */
    StaticPods(NodeAgent node, List<KubeObject> pods) {
        this.node = node;
        Map<String, KubeObject> untouched = new TreeMap<>();
        pods.forEach(pod -> untouched.put(HostFiles.manifestName(pod), pod));
        this.files = new ManifestFiles(node.store().disk(node.name()), untouched);
        boolean changed = files.look(node.clock().now());
        System.getLogger(StaticPods.class.getName())
                .log(System.Logger.Level.DEBUG, () -> "files other than those that came with the disk: " + changed);
        list(NodeAgent.STATIC_LEAD);
        wanted.values().forEach(mirror -> early.add(hash(mirror)));
    }

    /** Whether a mirror's pod was there before the API server that nobody could have asked. */
    boolean isEarly(KubeObject mirror) {
        return early.contains(hash(mirror));
    }

    void start() {
        ensureSoon();
        lookAgain();
    }

    private void lookAgain() {
        node.clock().after(LOOK, () -> node.execute(this::look));
    }

    private synchronized void look() {
        if (node.isStopped()) {
            return;
        }
        if (files.look(node.clock().now())) {
            list(Duration.ZERO);
            ensure();
        }
        lookAgain();
    }

    /** @param lead how long ago the files were seen first */
    private void list(Duration lead) {
        Map<String, KubeObject> now = new LinkedHashMap<>();
        for (Map.Entry<String, KubeObject> file : files.pods().entrySet()) {
            KubeObject mirror = mirror(file.getKey(), file.getValue(), lead);
            KubeObject before = wanted.get(key(mirror));
            now.put(key(mirror), before != null && hash(before).equals(hash(mirror)) ? before : mirror);
        }
        wanted = now;
    }

    /** Whether a container of an image of this name is to run, {@code kube-scheduler}. */
    boolean runs(String program) {
        return wanted.values().stream()
                .flatMap(pod -> pod.maps("spec", "containers").stream())
                .anyMatch(container ->
                        program(String.valueOf(container.get("image"))).equals(program));
    }

    /** The last part of an image's name. */
    static String program(String image) {
        return image.replaceFirst("@.*", "").replaceFirst("^.*/", "").replaceFirst(":.*", "");
    }

    /** Whether there is a file for a mirror's pod, however it has changed. */
    boolean owns(KubeObject pod) {
        return pod.annotations().containsKey("kubernetes.io/config.mirror") && wanted.containsKey(key(pod));
    }

    /** Whether a mirror shows what its file says. */
    boolean isCurrent(KubeObject mirror) {
        KubeObject file = wanted.get(key(mirror));
        return file != null && hash(file).equals(hash(mirror));
    }

    private static String key(KubeObject pod) {
        return pod.namespace() + "/" + pod.name();
    }

    private static String hash(KubeObject mirror) {
        return mirror.annotations().getOrDefault("kubernetes.io/config.mirror", "");
    }

    /** Makes mirrors what they should be, soon. */
    void ensureSoon() {
        node.execute(this::ensure);
    }

    private synchronized void ensure() {
        if (node.isStopped()) {
            return;
        }
        boolean failed = false;
        for (KubeObject mirror : mirrors()) {
            if (!isCurrent(mirror)) {
                failed |= !tried(mirror, () -> end(mirror));
            }
        }
        for (KubeObject mirror : wanted.values()) {
            failed |= !tried(mirror, () -> make(mirror));
        }
        failures = failed ? failures + 1 : 0;
        if (failed) {
            node.clock().after(failures < QUICK_TRIES ? RETRY : LATER, this::ensureSoon);
        }
    }

    private boolean tried(KubeObject mirror, Runnable work) {
        try {
            work.run();
            return true;
        } catch (RuntimeException e) {
            System.getLogger(StaticPods.class.getName())
                    .log(System.Logger.Level.DEBUG, "the mirror of " + mirror.name(), e);
            return false;
        }
    }

    private List<KubeObject> mirrors() {
        return node.api().informer(Resources.PODS).all().stream()
                .filter(pod -> pod.text("spec", "nodeName").equals(node.name())
                        && !hash(pod).isEmpty())
                .toList();
    }

    /** Ends what a mirror shows; the mirror itself goes once nothing runs any more. */
    private void end(KubeObject mirror) {
        if (!node.withdraw(mirror, this::ensureSoon)) {
            node.api()
                    .delete(
                            Resources.PODS,
                            mirror.namespace(),
                            mirror.name(),
                            new DeleteOptions("", 0, Map.of("uid", mirror.uid())));
        }
    }

    private void make(KubeObject mirror) {
        if (node.isEnding(mirror)
                || node.api()
                        .find(Resources.PODS, mirror.namespace(), mirror.name())
                        .isPresent()) {
            return;
        }
        KubeObject made = mirror.copy();
        Map<String, Object> owner = new LinkedHashMap<>();
        owner.put("apiVersion", "v1");
        owner.put("controller", true);
        owner.put("kind", "Node");
        owner.put("name", node.name());
        owner.put("uid", node.api().get(Resources.NODES, "", node.name()).uid());
        made.set(new ArrayList<>(List.of(owner)), "metadata", "ownerReferences");
        node.api().create(Resources.PODS, mirror.namespace(), made);
    }

    private KubeObject mirror(String name, KubeObject file, Duration lead) {
        KubeObject mirror = file.copy();
        mirror.set(null, "status");
        String own = file.uid();
        String told = node.name() + "/" + name + ManifestFiles.hash(file);
        String hash = own.isEmpty()
                ? UUID.nameUUIDFromBytes(told.getBytes(StandardCharsets.UTF_8))
                        .toString()
                        .replace("-", "")
                : own;
        mirror.set(null, "metadata", "uid");
        mirror.set(file.name() + "-" + node.name().toLowerCase(Locale.ROOT), "metadata", "name");
        if (mirror.namespace().isEmpty()) {
            mirror.set("default", "metadata", "namespace");
        }
        mirror.set(hash, "metadata", "annotations", "kubernetes.io/config.hash");
        mirror.set(hash, "metadata", "annotations", "kubernetes.io/config.mirror");
        mirror.set(Times.nanos(node.clock().now().minus(lead)), "metadata", "annotations", "kubernetes.io/config.seen");
        mirror.set("file", "metadata", "annotations", "kubernetes.io/config.source");
        mirror.set(node.name(), "spec", "nodeName");
        tolerate(mirror);
        return mirror;
    }

    /** No taint drives a static pod away. */
    private static void tolerate(KubeObject mirror) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("effect", "NoExecute");
        all.put("operator", "Exists");
        List<Map<String, Object>> tolerations = new ArrayList<>(mirror.maps("spec", "tolerations"));
        if (!tolerations.contains(all)) {
            tolerations.add(all);
            mirror.set(tolerations, "spec", "tolerations");
        }
    }
}
