package dev.kuar.practice.controller;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.api.Informer;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.LabelSelector;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes where a Service leads into EndpointSlices, at most 100 endpoints each. Models the endpointslice controller of 1.36. */
final class EndpointSliceController implements Reconciler {
    static final String SERVICE = "kubernetes.io/service-name";
    static final String MANAGED_BY = "endpointslice.kubernetes.io/managed-by";
    private static final String NAME = "endpointslice-controller.k8s.io";
    private static final int FULL = 100;

    private final ApiClient client;
    private final Informer services;
    private final Informer pods;
    private final Informer slices;
    private final Informer nodes;
    private final Expectations expectations;

    private EndpointSliceController(ControllerContext context) {
        this.client = context.clientFor("endpointslice-controller");
        this.services = context.informer(Kinds.SERVICES);
        this.pods = context.informer(Kinds.PODS);
        this.slices = context.informer(Kinds.SLICES);
        this.nodes = context.informer(Kinds.NODES);
        this.expectations = new Expectations(context.clock());
    }

    static void start(ControllerContext context) {
        EndpointSliceController controller = new EndpointSliceController(context);
        Loop loop = context.loop("endpoint-slice-controller", controller);
        context.watch(Kinds.SERVICES, loop);
        ServicePods.follow(context, controller.services, loop);
        context.listen(Kinds.SLICES, (old, now) -> {
            KubeObject slice = now != null ? now : old;
            if (slice != null && NAME.equals(slice.labels().get(MANAGED_BY))) {
                Key key = new Key(slice.namespace(), slice.labels().getOrDefault(SERVICE, ""));
                if (old == null) {
                    controller.expectations.created(key);
                }
                loop.add(key);
            }
        });
    }

    @Override
    public Next reconcile(Key key) {
        if (!expectations.satisfied(key)) {
            return Next.ON_CHANGE;
        }
        KubeObject service = services.find(key.namespace(), key.name()).orElse(null);
        List<KubeObject> mine = new ArrayList<>();
        for (KubeObject slice : slices.labelled(key.namespace(), Map.of(SERVICE, key.name()))) {
            if (key.name().equals(slice.labels().get(SERVICE))
                    && NAME.equals(slice.labels().get(MANAGED_BY))) {
                mine.add(slice);
            }
        }
        if (service == null
                || service.isTerminating()
                || service.textMap("spec", "selector").isEmpty()) {
            if (service == null) {
                mine.forEach(this::delete);
            }
            return Next.ON_CHANGE;
        }
        mine.sort(Comparator.comparing(KubeObject::name));
        Map<List<Object>, List<Object>> byPorts = endpointsByPorts(service);
        if (byPorts.isEmpty()) {
            byPorts.put(ports(service, KubeObject.of(Map.of())), new ArrayList<>());
        }
        List<KubeObject> unused = new ArrayList<>(mine);
        byPorts.forEach((ports, endpoints) -> {
            int from = 0;
            do {
                int to = Math.min(endpoints.size(), from + FULL);
                write(service, ports, new ArrayList<>(endpoints.subList(from, to)), unused);
                from = to;
            } while (from < endpoints.size());
        });
        unused.forEach(this::delete);
        return Next.ON_CHANGE;
    }

    private Map<List<Object>, List<Object>> endpointsByPorts(KubeObject service) {
        Map<String, String> labels = service.textMap("spec", "selector");
        LabelSelector selector = LabelSelector.ofLabels(labels);
        List<KubeObject> candidates = new ArrayList<>(pods.labelled(service.namespace(), labels));
        candidates.sort(Comparator.comparing(KubeObject::name));
        Map<List<Object>, List<Object>> byPorts = new LinkedHashMap<>();
        for (KubeObject pod : candidates) {
            if (selector.matches(pod.labels()) && ServicePods.hasAddress(pod)) {
                byPorts.computeIfAbsent(ports(service, pod), key -> new ArrayList<>())
                        .add(endpoint(service, pod));
            }
        }
        return byPorts;
    }

    private Map<String, Object> endpoint(KubeObject service, KubeObject pod) {
        boolean terminating = pod.isTerminating();
        boolean serving = PodState.isReady(pod);
        boolean publish = service.flag("spec", "publishNotReadyAddresses");
        String node = pod.text("spec", "nodeName");
        String zone = nodes.find("", node)
                .map(n -> n.labels().getOrDefault("topology.kubernetes.io/zone", ""))
                .orElse("");
        return Trees.map(
                "addresses", Trees.list(pod.text("status", "podIP")),
                "conditions",
                        Trees.map(
                                "ready",
                                publish || (serving && !terminating),
                                "serving",
                                serving,
                                "terminating",
                                terminating),
                "hostname", ServicePods.hostname(service, pod),
                "nodeName", node.isEmpty() ? null : node,
                "targetRef",
                        Trees.map("kind", "Pod", "name", pod.name(), "namespace", pod.namespace(), "uid", pod.uid()),
                "zone", zone.isEmpty() ? null : zone);
    }

    private static List<Object> ports(KubeObject service, KubeObject pod) {
        List<Object> ports = new ArrayList<>();
        for (Map<String, Object> port : service.maps("spec", "ports")) {
            Optional<Long> number = ServicePods.targetPort(port, pod);
            if (number.isPresent()) {
                ports.add(Trees.map(
                        "appProtocol", port.get("appProtocol"),
                        "name", Trees.text(port, "name"),
                        "port", number.get(),
                        "protocol", port.getOrDefault("protocol", "TCP")));
            }
        }
        return ports;
    }

    private void write(KubeObject service, List<Object> ports, List<Object> endpoints, List<KubeObject> unused) {
        KubeObject existing = unused.stream()
                .filter(slice -> slice.maps("ports").equals(ports))
                .findFirst()
                .orElse(unused.isEmpty() ? null : unused.get(0));
        KubeObject wanted = existing == null
                ? KubeObject.create("discovery.k8s.io/v1", "EndpointSlice", service.namespace(), "")
                : existing.copy();
        if (existing == null) {
            wanted.set(null, "metadata", "name");
            wanted.set(service.name() + "-", "metadata", "generateName");
            wanted.set(Owners.references(service), "metadata", "ownerReferences");
            wanted.set("IPv4", "addressType");
        } else {
            unused.remove(existing);
        }
        wanted.set(labels(service), "metadata", "labels");
        wanted.set(endpoints, "endpoints");
        wanted.set(ports.isEmpty() ? null : ports, "ports");
        if (existing == null) {
            expectations.expectCreation(Key.of(service));
            try {
                client.create(Kinds.SLICES, service.namespace(), wanted);
            } catch (RuntimeException e) {
                expectations.created(Key.of(service));
                throw e;
            }
        } else if (!same(existing, wanted)) {
            client.update(Kinds.SLICES, wanted);
        }
    }

    private static boolean same(KubeObject a, KubeObject b) {
        return a.maps("endpoints").equals(b.maps("endpoints"))
                && a.maps("ports").equals(b.maps("ports"))
                && a.labels().equals(b.labels());
    }

    private static Map<String, Object> labels(KubeObject service) {
        Map<String, Object> labels = new LinkedHashMap<>(service.labels());
        labels.remove("service.kubernetes.io/headless");
        labels.put(MANAGED_BY, NAME);
        labels.put(SERVICE, service.name());
        if (service.text("spec", "clusterIP").equals("None")) {
            labels.put("service.kubernetes.io/headless", "");
        }
        return labels;
    }

    private void delete(KubeObject slice) {
        if (!slice.isTerminating()) {
            client.delete(Kinds.SLICES, slice.namespace(), slice.name(), ApiClient.DeleteOptions.ofUid(slice.uid()));
        }
    }
}
