package dev.kuar.practice.controller;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.api.Informer;
import dev.kuar.practice.object.KubeObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Copies Endpoints that people write, for Services without a selector, into EndpointSlices. Models the endpointslicemirroring
 * controller of Kubernetes 1.36, for addresses of IPv4.
 */
final class EndpointMirrorController implements Reconciler {
    private static final String NAME = "endpointslicemirroring-controller.k8s.io";
    private static final String SKIP = "endpointslice.kubernetes.io/skip-mirror";
    private static final String LEADER = "control-plane.alpha.kubernetes.io/leader";
    private static final String APPLIED = "kubectl.kubernetes.io/last-applied-configuration";
    private static final int FULL = 100;
    private static final int MOST = 1000;
    private static final Pattern ADDRESS = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

    private final ApiClient client;
    private final EventRecorder events;
    private final Informer services;
    private final Informer endpoints;
    private final Informer slices;
    private final Expectations expectations;

    private EndpointMirrorController(ControllerContext context) {
        this.client = context.clientFor("endpointslicemirroring-controller");
        this.events = context.events("endpoint-slice-mirroring-controller");
        this.services = context.informer(Kinds.SERVICES);
        this.endpoints = context.informer(Kinds.ENDPOINTS);
        this.slices = context.informer(Kinds.SLICES);
        this.expectations = new Expectations(context.clock());
    }

    static void start(ControllerContext context) {
        EndpointMirrorController controller = new EndpointMirrorController(context);
        Loop loop = context.loop("endpoint-slice-mirroring-controller", controller);
        context.listen(Kinds.SERVICES, (old, now) -> {
            KubeObject service = now != null ? now : old;
            if (service != null && (old == null || now == null || !selector(old).equals(selector(now)))) {
                loop.add(Key.of(service));
            }
        });
        context.listen(Kinds.ENDPOINTS, (old, now) -> {
            KubeObject changed = now != null ? now : old;
            if (changed != null) {
                loop.add(Key.of(changed));
            }
        });
        context.listen(Kinds.SLICES, (old, now) -> {
            KubeObject slice = now != null ? now : old;
            if (slice != null && NAME.equals(slice.labels().get(EndpointSliceController.MANAGED_BY))) {
                Key key = new Key(slice.namespace(), slice.labels().getOrDefault(EndpointSliceController.SERVICE, ""));
                if (old == null) {
                    controller.expectations.created(key);
                }
                loop.add(key);
            }
        });
    }

    private static Map<String, String> selector(KubeObject service) {
        return service.textMap("spec", "selector");
    }

    @Override
    public Next reconcile(Key key) {
        if (!expectations.satisfied(key)) {
            return Next.ON_CHANGE;
        }
        KubeObject source = endpoints.find(key.namespace(), key.name()).orElse(null);
        KubeObject service = services.find(key.namespace(), key.name()).orElse(null);
        List<KubeObject> mirrors = EndpointSliceController.slices(slices, key, NAME);
        SlicePacker packer = new SlicePacker(FULL);
        if (source == null
                || service == null
                || !isMirrored(source)
                || !selector(service).isEmpty()) {
            mirrors.forEach(packer::delete);
        } else {
            pack(source, mirrors, packer);
        }
        write(key, packer);
        return Next.ON_CHANGE;
    }

    private static boolean isMirrored(KubeObject source) {
        return !"true".equals(source.labels().get(SKIP))
                && !source.annotations().containsKey(LEADER);
    }

    private void pack(KubeObject source, List<KubeObject> mirrors, SlicePacker packer) {
        Map<List<Object>, List<KubeObject>> existing = new LinkedHashMap<>();
        mirrors.forEach(
                slice -> existing.computeIfAbsent(new ArrayList<>(slice.maps("ports")), ports -> new ArrayList<>())
                        .add(slice));
        Map<List<Object>, List<Map<String, Object>>> wanted = new LinkedHashMap<>();
        int invalid = 0;
        int skipped = 0;
        for (Map<String, Object> tree : source.maps("subsets")) {
            KubeObject subset = KubeObject.of(tree);
            List<Map<String, Object>> all = wanted.computeIfAbsent(ports(subset), ports -> new ArrayList<>());
            int added = 0;
            for (String list : List.of("addresses", "notReadyAddresses")) {
                for (Map<String, Object> address : subset.maps(list)) {
                    Map<String, Object> endpoint =
                            added < MOST ? endpoint(KubeObject.of(address), list.equals("addresses")) : null;
                    invalid += added < MOST && endpoint == null ? 1 : 0;
                    skipped += endpoint == null ? 1 : 0;
                    if (endpoint != null) {
                        all.add(endpoint);
                        added++;
                    }
                }
            }
        }
        complain(source, invalid, skipped);
        wanted.forEach((ports, all) -> {
            packer.pack(
                    existing.getOrDefault(ports, List.of()),
                    all,
                    () -> fresh(source, ports),
                    slice -> dress(slice, source));
            existing.remove(ports);
        });
        existing.values().forEach(same -> same.forEach(packer::delete));
    }

    private void complain(KubeObject source, int invalid, int skipped) {
        if (invalid > 0) {
            events.warning(
                    source,
                    "InvalidIPAddress",
                    "Skipped " + invalid + " invalid IP addresses when mirroring to EndpointSlices");
        }
        if (skipped > invalid) {
            events.warning(
                    source,
                    "TooManyAddressesToMirror",
                    "A max of " + MOST + " addresses can be mirrored to EndpointSlices per Endpoints subset. " + skipped
                            + " addresses were skipped");
        }
    }

    private static List<Object> ports(KubeObject subset) {
        List<Object> ports = new ArrayList<>();
        for (Map<String, Object> port : subset.maps("ports")) {
            ports.add(Trees.map(
                    "appProtocol", port.get("appProtocol"),
                    "name", Trees.text(port, "name"),
                    "port", port.get("port"),
                    "protocol", port.getOrDefault("protocol", "TCP")));
        }
        return ports;
    }

    private static @Nullable Map<String, Object> endpoint(KubeObject address, boolean ready) {
        String ip = address.text("ip");
        if (!ADDRESS.matcher(ip).matches()) {
            return null;
        }
        String host = address.text("hostname");
        return Trees.map(
                "addresses", Trees.list(ip),
                "conditions", Trees.map("ready", ready),
                "hostname", host.isEmpty() ? null : host,
                "nodeName", address.at("nodeName"),
                "targetRef", KubeObject.copyOrNull(address.at("targetRef")));
    }

    private static KubeObject fresh(KubeObject source, List<Object> ports) {
        KubeObject slice = KubeObject.create("discovery.k8s.io/v1", "EndpointSlice", source.namespace(), "");
        slice.set(null, "metadata", "name");
        slice.set(source.name() + "-", "metadata", "generateName");
        slice.set(Owners.references(source), "metadata", "ownerReferences");
        slice.set("IPv4", "addressType");
        slice.set(ports.isEmpty() ? null : ports, "ports");
        return dress(slice, source);
    }

    private static KubeObject dress(KubeObject slice, KubeObject source) {
        Map<String, Object> labels = new LinkedHashMap<>(source.labels());
        labels.put(EndpointSliceController.SERVICE, source.name());
        labels.put(EndpointSliceController.MANAGED_BY, NAME);
        slice.set(labels, "metadata", "labels");
        Map<String, Object> annotations = new LinkedHashMap<>(source.annotations());
        annotations.remove(TriggerTimes.ANNOTATION);
        annotations.remove(APPLIED);
        slice.set(annotations.isEmpty() ? null : annotations, "metadata", "annotations");
        return slice;
    }

    private void write(Key service, SlicePacker packer) {
        packer.reuse(slice -> true);
        for (KubeObject slice : packer.created()) {
            expectations.expectCreation(service);
            try {
                client.create(Kinds.SLICES, service.namespace(), slice);
            } catch (RuntimeException e) {
                expectations.created(service);
                throw e;
            }
        }
        packer.updated().forEach(slice -> client.update(Kinds.SLICES, slice));
        for (KubeObject slice : packer.deleted()) {
            if (!slice.isTerminating()) {
                client.delete(
                        Kinds.SLICES, slice.namespace(), slice.name(), ApiClient.DeleteOptions.ofUid(slice.uid()));
            }
        }
    }
}
