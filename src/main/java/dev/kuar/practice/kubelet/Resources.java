package dev.kuar.practice.kubelet;

import dev.kuar.practice.object.GroupResource;

/** The kinds that kubelets read and write. */
final class Resources {
    static final GroupResource PODS = GroupResource.core("pods");
    static final GroupResource NODES = GroupResource.core("nodes");
    static final GroupResource EVENTS = GroupResource.core("events");
    static final GroupResource SERVICES = GroupResource.core("services");
    static final GroupResource SECRETS = GroupResource.core("secrets");
    static final GroupResource CONFIG_MAPS = GroupResource.core("configmaps");
    static final GroupResource CLAIMS = GroupResource.core("persistentvolumeclaims");
    static final GroupResource VOLUMES = GroupResource.core("persistentvolumes");
    static final GroupResource ACCOUNTS = GroupResource.core("serviceaccounts");
    static final GroupResource LEASES = GroupResource.of("coordination.k8s.io", "leases");

    static final GroupResource CSI_NODES = GroupResource.of("storage.k8s.io", "csinodes");

    private Resources() {}
}
