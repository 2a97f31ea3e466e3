package dev.kuar.practice.controller;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.api.Informer;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.LabelSelector;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Writes where a Service leads into EndpointSlices, at most 100 endpoints each. Models the endpointslice controller of
 * Kubernetes 1.36 for IPv4.
 */
final class EndpointSliceController implements Reconciler {
    static final String SERVICE = "kubernetes.io/service-name";
    static final String MANAGED_BY = "endpointslice.kubernetes.io/managed-by";
    private static final String HEADLESS = "service.kubernetes.io/headless";
    private static final String NAME = "endpointslice-controller.k8s.io";
    private static final int FULL = 100;

    private final ApiClient client;
    private final EventRecorder events;
    private final Informer services;
    private final Informer pods;
    private final Informer slices;
    private final Informer nodes;
    private final Expectations expectations;
    private final TriggerTimes triggers = new TriggerTimes();
    private final TopologyHints topology = new TopologyHints();

    /** Services with a pod whose node has not been heard of. */
    private final Set<Key> incomplete = ConcurrentHashMap.newKeySet();

    private EndpointSliceController(ControllerContext context) {
        this.client = context.clientFor("endpointslice-controller");
        this.events = context.events("endpoint-slice-controller");
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
        context.listen(Kinds.NODES, (old, now) -> {
            if (old == null) {
                controller.incomplete.forEach(loop::add);
            }
            if (old == null || now == null || !placeOf(old).equals(placeOf(now))) {
                controller.topology.look(controller.nodes.all());
                controller.topology.overloaded().forEach(loop::add);
            }
        });
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

    /** What of a node decides how many endpoints its zone has. */
    private static String placeOf(KubeObject node) {
        return Trees.isTrue(node, "Ready") + "/" + node.labels().get("topology.kubernetes.io/zone");
    }

    /** The slices of a Service that one controller looks after, by name. */
    static List<KubeObject> slices(Informer slices, Key service, String manager) {
        List<KubeObject> mine = new ArrayList<>();
        for (KubeObject slice : slices.labelled(service.namespace(), Map.of(SERVICE, service.name()))) {
            if (service.name().equals(slice.labels().get(SERVICE))
                    && manager.equals(slice.labels().get(MANAGED_BY))) {
                mine.add(slice);
            }
        }
        mine.sort(Comparator.comparing(KubeObject::name));
        return mine;
    }

    @Override
    public Next reconcile(Key key) {
        if (!expectations.satisfied(key)) {
            return Next.ON_CHANGE;
        }
        KubeObject service = services.find(key.namespace(), key.name()).orElse(null);
        if (service == null) {
            triggers.forget(key);
            topology.forget(key);
            incomplete.remove(key);
            return Next.ON_CHANGE;
        }
        if (service.textMap("spec", "selector").isEmpty()
                || service.text("spec", "type").equals("ExternalName")) {
            return Next.ON_CHANGE;
        }
        SlicePacker packer = new SlicePacker(FULL, TopologyHints.isOn(service));
        Map<List<Object>, List<KubeObject>> existing = new LinkedHashMap<>();
        for (KubeObject slice : slices(slices, key, NAME)) {
            if (isOf(slice, service)) {
                existing.computeIfAbsent(new ArrayList<>(slice.maps("ports")), ports -> new ArrayList<>())
                        .add(slice);
            } else {
                packer.delete(slice);
            }
        }
        List<KubeObject> behind = podsBehind(service);
        endpointsByPorts(service, behind).forEach((ports, endpoints) -> {
            List<KubeObject> same = existing.getOrDefault(ports, List.of());
            packer.pack(same, endpoints, () -> fresh(service, ports), slice -> dress(slice, service));
            existing.remove(ports);
        });
        keepOne(service, packer, existing);
        hint(service, packer);
        write(service, packer, triggers.next(service, behind));
        return Next.ON_CHANGE;
    }

    private void hint(KubeObject service, SlicePacker packer) {
        Key key = Key.of(service);
        Set<String> changed = new HashSet<>();
        packer.updated().forEach(slice -> changed.add(slice.name()));
        packer.deleted().forEach(slice -> changed.add(slice.name()));
        List<KubeObject> unchanged = slices(slices, key, NAME);
        unchanged.removeIf(slice -> changed.contains(slice.name()));
        TopologyHints.Word word = TopologyHints.isOn(service)
                ? topology.apply(key, new TopologyHints.Slices(packer.created(), packer.updated(), unchanged))
                : topology.forget(key);
        if (word != null && word.enabled()) {
            events.normal(service, word.reason(), word.message());
        } else if (word != null) {
            events.warning(service, word.reason(), word.message());
        }
    }

    /** Slices of ports that nobody has any more go; a Service that leads nowhere has one slice with nothing in it. */
    private void keepOne(KubeObject service, SlicePacker packer, Map<List<Object>, List<KubeObject>> left) {
        boolean empty =
                packer.created().isEmpty() && packer.updated().isEmpty() && endpointsKept(service, packer, left) == 0;
        KubeObject placeholder = empty ? fresh(service, List.of()) : null;
        for (List<KubeObject> same : left.values()) {
            for (KubeObject slice : same) {
                boolean serves = placeholder != null
                        && slice.maps("ports").isEmpty()
                        && slice.maps("endpoints").isEmpty()
                        && slice.labels().equals(placeholder.labels());
                if (serves) {
                    placeholder = null;
                } else {
                    packer.delete(slice);
                }
            }
        }
        if (placeholder != null) {
            packer.create(placeholder);
        }
    }

    private int endpointsKept(KubeObject service, SlicePacker packer, Map<List<Object>, List<KubeObject>> left) {
        int kept = 0;
        for (KubeObject slice : slices(slices, Key.of(service), NAME)) {
            boolean leaves =
                    packer.deleted().contains(slice) || left.values().stream().anyMatch(same -> same.contains(slice));
            kept += leaves ? 0 : 1;
        }
        return kept;
    }

    private List<KubeObject> podsBehind(KubeObject service) {
        Map<String, String> labels = service.textMap("spec", "selector");
        LabelSelector selector = LabelSelector.ofLabels(labels);
        List<KubeObject> behind = new ArrayList<>();
        for (KubeObject pod : pods.labelled(service.namespace(), labels)) {
            if (selector.matches(pod.labels())) {
                behind.add(pod);
            }
        }
        behind.sort(Comparator.comparing(KubeObject::name));
        return behind;
    }

    private Map<List<Object>, List<Map<String, Object>>> endpointsByPorts(KubeObject service, List<KubeObject> behind) {
        Map<List<Object>, List<Map<String, Object>>> byPorts = new LinkedHashMap<>();
        incomplete.remove(Key.of(service));
        for (KubeObject pod : behind) {
            boolean placed = service.flag("spec", "publishNotReadyAddresses")
                    || nodes.find("", pod.text("spec", "nodeName")).isPresent();
            if (!placed) {
                incomplete.add(Key.of(service));
            } else if (ServicePods.hasAddress(pod)) {
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
        boolean ready = publish || (serving && !terminating);
        String node = pod.text("spec", "nodeName");
        String zone = nodes.find("", node)
                .map(n -> n.labels().getOrDefault("topology.kubernetes.io/zone", ""))
                .orElse("");
        return Trees.map(
                "addresses", Trees.list(pod.text("status", "podIP")),
                "conditions", Trees.map("ready", ready, "serving", serving, "terminating", terminating),
                "hints", ready ? EndpointHints.of(service, zone, node) : null,
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

    private static boolean isOf(KubeObject slice, KubeObject owner) {
        return slice.ownerReferences().stream()
                .anyMatch(reference ->
                        owner.uid().equals(reference.get("uid")) && owner.kind().equals(reference.get("kind")));
    }

    private static KubeObject fresh(KubeObject service, List<Object> ports) {
        KubeObject slice = KubeObject.create("discovery.k8s.io/v1", "EndpointSlice", service.namespace(), "");
        slice.set(null, "metadata", "name");
        slice.set(service.name() + "-", "metadata", "generateName");
        slice.set(Owners.references(service), "metadata", "ownerReferences");
        slice.set("IPv4", "addressType");
        slice.set(new ArrayList<>(), "endpoints");
        slice.set(ports.isEmpty() ? null : ports, "ports");
        return dress(slice, service);
    }

    private static KubeObject dress(KubeObject slice, KubeObject service) {
        Map<String, Object> labels = new LinkedHashMap<>(service.labels());
        labels.remove(HEADLESS);
        labels.put(MANAGED_BY, NAME);
        labels.put(SERVICE, service.name());
        if (service.text("spec", "clusterIP").equals("None")
                || service.text("spec", "clusterIP").isEmpty()) {
            labels.put(HEADLESS, "");
        }
        slice.set(labels, "metadata", "labels");
        return slice;
    }

    private void write(KubeObject service, SlicePacker packer, Optional<String> trigger) {
        packer.reuse(slice -> isOf(slice, service));
        for (KubeObject slice : service.isTerminating() ? List.<KubeObject>of() : packer.created()) {
            slice.set(trigger.orElse(null), "metadata", "annotations", TriggerTimes.ANNOTATION);
            expectations.expectCreation(Key.of(service));
            try {
                client.create(Kinds.SLICES, service.namespace(), slice);
            } catch (RuntimeException e) {
                expectations.created(Key.of(service));
                throw e;
            }
        }
        for (KubeObject slice : packer.updated()) {
            slice.set(trigger.orElse(null), "metadata", "annotations", TriggerTimes.ANNOTATION);
            client.update(Kinds.SLICES, slice);
        }
        for (KubeObject slice : packer.deleted()) {
            if (!slice.isTerminating()) {
                client.delete(
                        Kinds.SLICES, slice.namespace(), slice.name(), ApiClient.DeleteOptions.ofUid(slice.uid()));
            }
        }
    }
}
