package dev.kuar.practice.api;

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
        Strategy keepsMetadata = new Strategy() {
            @Override
            public boolean statusMayChangeMetadata() {
                return false;
            }
        };
        return Map.of(
                "namespaces", new NamespaceStrategy(),
                "pods", new PodStrategy(),
                "services", new ServiceStrategy(parts, CidrRange.parse(config.serviceCidr())),
                "nodes", keepsStatus,
                "certificatesigningrequests.certificates.k8s.io", new SigningRequestStrategy(),
                "deployments.apps", keepsMetadata,
                "daemonsets.apps", new DaemonSetStrategy(),
                "jobs.batch", new JobStrategy(),
                "customresourcedefinitions.apiextensions.k8s.io", definitions);
    }
}
