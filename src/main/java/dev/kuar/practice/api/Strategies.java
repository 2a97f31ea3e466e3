package dev.kuar.practice.api;

import java.util.List;
import java.util.Map;

/** Which kinds need more than their data. */
final class Strategies {
    private Strategies() {}

    static Map<String, Strategy> of(Parts parts, ApiServerConfig config, CustomDefinitions definitions) {
        Strategy keepsStatus = new Strategy() {
            @Override
            public boolean keepsStatusOnCreate() {
                return true;
            }
        };
        Strategy keepsLabels = new Strategy() {
            @Override
            public List<String> keptByStatus() {
                return List.of("labels");
            }
        };
        return Map.of(
                "namespaces", new NamespaceStrategy(),
                "pods", new PodStrategy(),
                "services", new ServiceStrategy(parts, CidrRange.parse(config.serviceCidr())),
                "nodes", keepsStatus,
                "certificatesigningrequests.certificates.k8s.io", new SigningRequestStrategy(),
                "deployments.apps", keepsLabels,
                "daemonsets.apps", new DaemonSetStrategy(),
                "jobs.batch", new JobStrategy(),
                "customresourcedefinitions.apiextensions.k8s.io", definitions);
    }
}
