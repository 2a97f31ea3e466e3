package dev.kuar.practice.controller;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.api.Informer;
import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.LabelSelector;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Writes the older form of where a Service leads, Endpoints of the Service's name. */
final class EndpointsController implements Reconciler {
    private static final String TRIGGER = "endpoints.kubernetes.io/last-change-trigger-time";

    private final ApiClient client;
    private final Informer services;
    private final Informer pods;
    private final Informer endpoints;

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
            endpoints.find(key.namespace(), key.name()).ifPresent(this::deleteMine);
            return Next.ON_CHANGE;
        }
        if (service.textMap("spec", "selector").isEmpty() || service.isTerminating()) {
            return Next.ON_CHANGE;
        }
        Map<Map<String, Object>, List<List<Object>>> byPort = new LinkedHashMap<>();
        Instant trigger = PodState.created(service);
        Map<String, String> labels = service.textMap("spec", "selector");
        LabelSelector selector = LabelSelector.ofLabels(labels);
        List<KubeObject> candidates = new ArrayList<>(pods.labelled(key.namespace(), labels));
        candidates.sort(Comparator.comparing((KubeObject pod) -> pod.text("status", "podIP")));
        for (KubeObject pod : candidates) {
            boolean publish = service.flag("spec", "publishNotReadyAddresses");
            if (!selector.matches(pod.labels()) || !ServicePods.hasAddress(pod) || (pod.isTerminating() && !publish)) {
                continue;
            }
            boolean ready = publish || PodState.isReady(pod);
            Instant since = PodState.time(Trees.text(Trees.condition(pod, "Ready"), "lastTransitionTime"));
            trigger = since.isAfter(trigger) ? since : trigger;
            for (Map<String, Object> port : ports(service, pod)) {
                byPort.computeIfAbsent(port, k -> List.of(new ArrayList<>(), new ArrayList<>()))
                        .get(ready ? 0 : 1)
                        .add(address(service, pod));
            }
        }
        write(service, subsets(byPort), trigger);
        return Next.ON_CHANGE;
    }

    private static List<Map<String, Object>> ports(KubeObject service, KubeObject pod) {
        List<Map<String, Object>> ports = new ArrayList<>();
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
                .add(entry.getKey()));
        List<Object> subsets = new ArrayList<>();
        byAddresses.forEach((addresses, ports) -> subsets.add(Trees.map(
                "addresses", addresses.get(0).isEmpty() ? null : addresses.get(0),
                "notReadyAddresses", addresses.get(1).isEmpty() ? null : addresses.get(1),
                "ports", ports)));
        return subsets;
    }

    private void write(KubeObject service, List<Object> subsets, Instant trigger) {
        KubeObject existing =
                endpoints.find(service.namespace(), service.name()).orElse(null);
        Map<String, Object> labels = new LinkedHashMap<>(service.labels());
        labels.put("endpoints.kubernetes.io/managed-by", "endpoint-controller");
        if (service.text("spec", "clusterIP").equals("None")) {
            labels.put("service.kubernetes.io/headless", "");
        }
        KubeObject wanted = existing == null
                ? KubeObject.create("v1", "Endpoints", service.namespace(), service.name())
                : existing.copy();
        wanted.set(labels, "metadata", "labels");
        wanted.set(subsets.isEmpty() ? null : subsets, "subsets");
        if (existing != null && wanted.equals(existing)) {
            return;
        }
        if (!trigger.equals(Instant.MIN)) {
            wanted.set(trigger.toString(), "metadata", "annotations", TRIGGER);
        }
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

    private void deleteMine(KubeObject object) {
        if (object.labels().containsKey("endpoints.kubernetes.io/managed-by")) {
            client.delete(
                    Kinds.ENDPOINTS, object.namespace(), object.name(), ApiClient.DeleteOptions.ofUid(object.uid()));
        }
    }
}
