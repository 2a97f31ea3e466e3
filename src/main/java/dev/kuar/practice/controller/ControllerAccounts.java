package dev.kuar.practice.controller;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.object.KubeObject;
import java.util.List;

/** The service accounts that the controller manager makes for its controllers. */
final class ControllerAccounts {
    private static final List<String> NAMES = List.of(
            "attachdetach-controller",
            "bootstrap-signer",
            "certificate-controller",
            "clusterrole-aggregation-controller",
            "cronjob-controller",
            "daemon-set-controller",
            "deployment-controller",
            "device-taint-eviction-controller",
            "disruption-controller",
            "endpoint-controller",
            "endpointslice-controller",
            "endpointslicemirroring-controller",
            "ephemeral-volume-controller",
            "expand-controller",
            "generic-garbage-collector",
            "horizontal-pod-autoscaler",
            "job-controller",
            "legacy-service-account-token-cleaner",
            "namespace-controller",
            "node-controller",
            "persistent-volume-binder",
            "pod-garbage-collector",
            "pv-protection-controller",
            "pvc-protection-controller",
            "replicaset-controller",
            "replication-controller",
            "resource-claim-controller",
            "resourcequota-controller",
            "root-ca-cert-publisher",
            "service-account-controller",
            "service-cidrs-controller",
            "statefulset-controller",
            "token-cleaner",
            "ttl-after-finished-controller",
            "ttl-controller",
            "validatingadmissionpolicy-status-controller",
            "volumeattributesclass-protection-controller");

    private ControllerAccounts() {}

    static void create(ApiClient client) {
        for (String name : NAMES) {
            if (client.find(Kinds.SERVICE_ACCOUNTS, "kube-system", name).isEmpty()) {
                client.create(
                        Kinds.SERVICE_ACCOUNTS,
                        "kube-system",
                        KubeObject.create("v1", "ServiceAccount", "kube-system", name));
            }
        }
    }
}
