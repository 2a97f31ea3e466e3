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
        Strategy keepsMetadata = new Strategy() {
            @Override
            public List<String> keptByStatus() {
                return List.of("labels", "annotations", "ownerReferences", "finalizers");
            }
        };
        return Map.ofEntries(
                Map.entry("namespaces", new NamespaceStrategy()),
                Map.entry("pods", new PodStrategy()),
                Map.entry("services", new ServiceStrategy(parts, CidrRange.parse(config.serviceCidr()))),
                Map.entry("nodes", keepsStatus),
                Map.entry("persistentvolumes", new VolumeStrategy()),
                Map.entry(
                        "certificatesigningrequests.certificates.k8s.io",
                        new SigningRequestStrategy(config.requestFaults())),
                Map.entry("deployments.apps", keepsLabels),
                Map.entry("daemonsets.apps", new DaemonSetStrategy()),
                Map.entry("jobs.batch", new JobStrategy()),
                Map.entry("servicecidrs.networking.k8s.io", keepsMetadata),
                Map.entry("resourceclaims.resource.k8s.io", new DeviceClaimStrategy(parts)),
                Map.entry("resourceclaimtemplates.resource.k8s.io", new DeviceClaimStrategy(parts)),
                Map.entry("deviceclasses.resource.k8s.io", new DeviceClassStrategy()),
                Map.entry("resourceslices.resource.k8s.io", new DeviceSliceStrategy()),
                Map.entry("volumeattachments.storage.k8s.io", keepsMetadata),
                Map.entry("validatingadmissionpolicies.admissionregistration.k8s.io", keepsMetadata),
                Map.entry("flowschemas.flowcontrol.apiserver.k8s.io", keepsMetadata),
                Map.entry("prioritylevelconfigurations.flowcontrol.apiserver.k8s.io", keepsMetadata),
                Map.entry("apiservices.apiregistration.k8s.io", keepsMetadata),
                Map.entry("customresourcedefinitions.apiextensions.k8s.io", definitions));
    }
}
