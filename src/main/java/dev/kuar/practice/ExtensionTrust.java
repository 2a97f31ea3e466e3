package dev.kuar.practice;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;

/**
 * Keeps the authority of front proxies in {@code extension-apiserver-authentication}, from where extension API servers learn whom to
 * believe. Models the publication of the cluster's authentication of Kubernetes 1.36, at the start alone: what is there stays.
 */
final class ExtensionTrust {
    private static final GroupResource CONFIG_MAPS = GroupResource.core("configmaps");
    private static final String AUTHORITY = "requestheader-client-ca-file";

    private ExtensionTrust() {}

    /** Adds the authority where it is missing; nothing where there is no such ConfigMap. */
    static void publish(ApiClient client, String authority) {
        KubeObject known = client.find(CONFIG_MAPS, "kube-system", "extension-apiserver-authentication")
                .orElse(null);
        if (known == null || known.text("data", AUTHORITY).contains(authority.strip())) {
            return;
        }
        KubeObject changed = known.copy();
        changed.set(authority, "data", AUTHORITY);
        client.update(CONFIG_MAPS, changed);
    }
}
