package dev.kuar.practice.network;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The ready endpoints of Services, from their EndpointSlices. */
final class ServiceTargets {
    private static final GroupResource SLICES = GroupResource.of("discovery.k8s.io", "endpointslices");

    private final ApiClient api;

    ServiceTargets(ApiClient api) {
        this.api = api;
    }

    /** One endpoint, and the node that it is on. */
    record Target(String ip, int port, String node) {}

    /** In the order of the slices; empty where nobody is ready. */
    List<Target> of(KubeObject service, String portName) {
        List<Target> targets = new ArrayList<>();
        for (KubeObject slice : api.informer(SLICES)
                .labelled(service.namespace(), Map.of("kubernetes.io/service-name", service.name()))) {
            if (!service.name().equals(slice.labels().get("kubernetes.io/service-name"))) {
                continue;
            }
            for (Map<String, Object> entry : slice.maps("ports")) {
                KubeObject port = KubeObject.of(entry);
                if (port.text("name").equals(portName)) {
                    addReady(slice, (int) port.number(0, "port"), targets);
                }
            }
        }
        return targets;
    }

    private static void addReady(KubeObject slice, int port, List<Target> targets) {
        for (Map<String, Object> entry : slice.maps("endpoints")) {
            KubeObject endpoint = KubeObject.of(entry);
            if (!Boolean.FALSE.equals(endpoint.at("conditions", "ready"))) {
                endpoint.texts("addresses")
                        .forEach(address -> targets.add(new Target(address, port, endpoint.text("nodeName"))));
            }
        }
    }
}
