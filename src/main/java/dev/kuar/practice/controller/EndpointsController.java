package dev.kuar.practice.controller;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.api.Informer;
import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.LabelSelector;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Writes the older form of where a Service leads, Endpoints of the Service's name. */
final class EndpointsController implements Reconciler {
    private static final String MANAGED_BY = "endpoints.kubernetes.io/managed-by";
    private static final String CAPACITY = "endpoints.kubernetes.io/over-capacity";
    private static final int MOST = 1000;

    private final ApiClient client;
    private final Informer services;
    private final Informer pods;
    private final Informer endpoints;
    private final TriggerTimes triggers = new TriggerTimes();

    private EndpointsController(ControllerContext context) {
        this.client = context.clientFor("endpoint-controller");
        this.services = context.informer(Kinds.SERVICES);
        this.pods = context.informer(Kinds.PODS);
        this.endpoints = context.informer(Kinds.ENDPOINTS);
    }

    static void start(ControllerContext context) {
        EndpointsController controller = new EndpointsController(context);
        Loop loop = context.loop("endpoint-controller", controller);
        context.watch(Kinds.SERVICES, loop);
        context.listen(Kinds.ENDPOINTS, (old, now) -> {
            if (now == null && old != null) {
                loop.add(Key.of(old));
            }
        });
        ServicePods.follow(context, controller.services, loop);
    }

    @Override
    public Next reconcile(Key key) {
        KubeObject service = services.find(key.namespace(), key.name()).orElse(null);
        if (service == null) {
            triggers.forget(key);
            endpoints.find(key.namespace(), key.name()).ifPresent(this::delete);
            return Next.ON_CHANGE;
        }
        if (service.textMap("spec", "selector").isEmpty()
                || service.text("spec", "type").equals("ExternalName")) {
            return Next.ON_CHANGE;
        }
        Map<Map<String, Object>, List<List<Object>>> byPort = new LinkedHashMap<>();
        Map<String, String> labels = service.textMap("spec", "selector");
        LabelSelector selector = LabelSelector.ofLabels(labels);
        List<KubeObject> behind = new ArrayList<>(pods.labelled(key.namespace(), labels));
        behind.removeIf(pod -> !selector.matches(pod.labels()));
        behind.sort(Comparator.comparing((KubeObject pod) -> pod.text("status", "podIP")));
        boolean publish = service.flag("spec", "publishNotReadyAddresses");
        for (KubeObject pod : behind) {
            if (!ServicePods.hasAddress(pod) || (pod.isTerminating() && !publish)) {
                continue;
            }
            boolean ready = publish || PodState.isReady(pod);
            for (Map<String, Object> port : ports(service, pod)) {
                byPort.computeIfAbsent(port, k -> List.of(new ArrayList<>(), new ArrayList<>()))
                        .get(ready ? 0 : 1)
                        .add(address(service, pod));
            }
        }
        write(service, subsets(byPort), triggers.next(service, behind));
        return Next.ON_CHANGE;
    }

    /** A headless Service without ports leads to its pods all the same: one port that is none. */
    private static List<Map<String, Object>> ports(KubeObject service, KubeObject pod) {
        List<Map<String, Object>> ports = new ArrayList<>();
        if (service.maps("spec", "ports").isEmpty()
                && service.text("spec", "clusterIP").equals("None")) {
            ports.add(Map.of());
        }
        for (Map<String, Object> port : service.maps("spec", "ports")) {
            ServicePods.targetPort(port, pod).ifPresent(number -> {
                String name = Trees.text(port, "name");
                ports.add(Trees.map(
                        "appProtocol",
                        port.get("appProtocol"),
                        "name",
                        name.isEmpty() ? null : name,
                        "port",
                        number,
                        "protocol",
                        port.getOrDefault("protocol", "TCP")));
            });
        }
        return ports;
    }

    private static Map<String, Object> address(KubeObject service, KubeObject pod) {
        String node = pod.text("spec", "nodeName");
        return Trees.map(
                "hostname", ServicePods.hostname(service, pod),
                "ip", pod.text("status", "podIP"),
                "nodeName", node.isEmpty() ? null : node,
                "targetRef",
                        Trees.map("kind", "Pod", "name", pod.name(), "namespace", pod.namespace(), "uid", pod.uid()));
    }

    /** Ports with the same addresses share a subset. */
    private static List<Object> subsets(Map<Map<String, Object>, List<List<Object>>> byPort) {
        Map<List<List<Object>>, List<Object>> byAddresses = new LinkedHashMap<>();
        List<Map.Entry<Map<String, Object>, List<List<Object>>>> ordered = new ArrayList<>(byPort.entrySet());
        // Upstream's order is that of a hash; here the highest port comes first.
        ordered.sort(Comparator.comparing(entry -> -Trees.number(entry.getKey(), "port", 0)));
        ordered.forEach(entry -> byAddresses
                .computeIfAbsent(entry.getValue(), k -> new ArrayList<>())
                .addAll(entry.getKey().isEmpty() ? List.of() : List.of(entry.getKey())));
        List<Object> subsets = new ArrayList<>();
        byAddresses.forEach((addresses, ports) -> subsets.add(Trees.map(
                "addresses", addresses.get(0).isEmpty() ? null : addresses.get(0),
                "notReadyAddresses", addresses.get(1).isEmpty() ? null : addresses.get(1),
                "ports", ports.isEmpty() ? null : ports)));
        return subsets;
    }

    private void write(KubeObject service, List<Object> subsets, Optional<String> trigger) {
        KubeObject existing =
                endpoints.find(service.namespace(), service.name()).orElse(null);
        KubeObject wanted = existing == null
                ? KubeObject.create("v1", "Endpoints", service.namespace(), service.name())
                : existing.copy();
        boolean cut = new EndpointsCut(MOST).apply(subsets);
        wanted.set(labels(service), "metadata", "labels");
        wanted.set(subsets.isEmpty() ? null : subsets, "subsets");
        wanted.set(cut ? "truncated" : null, "metadata", "annotations", CAPACITY);
        if (existing != null && wanted.equals(existing)) {
            return;
        }
        wanted.set(trigger.orElse(null), "metadata", "annotations", TriggerTimes.ANNOTATION);
        try {
            if (existing == null) {
                client.create(Kinds.ENDPOINTS, service.namespace(), wanted);
            } else {
                client.update(Kinds.ENDPOINTS, wanted);
            }
        } catch (ApiException e) {
            if (e.code() != 403
                    || Objects.requireNonNullElse(e.getMessage(), "").isEmpty()) {
                throw e;
            }
        }
    }

    private static Map<String, Object> labels(KubeObject service) {
        Map<String, Object> labels = new LinkedHashMap<>(service.labels());
        labels.remove("service.kubernetes.io/headless");
        labels.put(MANAGED_BY, "endpoint-controller");
        if (service.text("spec", "clusterIP").equals("None")) {
            labels.put("service.kubernetes.io/headless", "");
        }
        return labels;
    }

    /** Those that people wrote for a Service go with it too. */
    private void delete(KubeObject object) {
        client.delete(Kinds.ENDPOINTS, object.namespace(), object.name(), ApiClient.DeleteOptions.ofUid(object.uid()));
    }
}
