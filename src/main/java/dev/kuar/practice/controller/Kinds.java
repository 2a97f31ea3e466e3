package dev.kuar.practice.controller;

import dev.kuar.practice.object.GroupResource;

/** The resources that controllers deal with. */
final class Kinds {
    static final GroupResource PODS = GroupResource.core("pods");
    static final GroupResource NODES = GroupResource.core("nodes");
    static final GroupResource EVENTS = GroupResource.core("events");
    static final GroupResource ENDPOINT_SLICES = GroupResource.of("discovery.k8s.io", "endpointslices");
    static final GroupResource SERVICES = GroupResource.core("services");
    static final GroupResource SECRETS = GroupResource.core("secrets");
    static final GroupResource ENDPOINTS = GroupResource.core("endpoints");
    static final GroupResource NAMESPACES = GroupResource.core("namespaces");
    static final GroupResource CONFIG_MAPS = GroupResource.core("configmaps");
    static final GroupResource SERVICE_ACCOUNTS = GroupResource.core("serviceaccounts");
    static final GroupResource CLAIMS = GroupResource.core("persistentvolumeclaims");
    static final GroupResource VOLUMES = GroupResource.core("persistentvolumes");
    static final GroupResource QUOTAS = GroupResource.core("resourcequotas");
    static final GroupResource REPLICATION_CONTROLLERS = GroupResource.core("replicationcontrollers");
    static final GroupResource DEPLOYMENTS = GroupResource.of("apps", "deployments");
    static final GroupResource REPLICA_SETS = GroupResource.of("apps", "replicasets");
    static final GroupResource DAEMON_SETS = GroupResource.of("apps", "daemonsets");
    static final GroupResource STATEFUL_SETS = GroupResource.of("apps", "statefulsets");
    static final GroupResource REVISIONS = GroupResource.of("apps", "controllerrevisions");
    static final GroupResource JOBS = GroupResource.of("batch", "jobs");
    static final GroupResource CRON_JOBS = GroupResource.of("batch", "cronjobs");
    static final GroupResource SLICES = GroupResource.of("discovery.k8s.io", "endpointslices");
    static final GroupResource LEASES = GroupResource.of("coordination.k8s.io", "leases");
    static final GroupResource BUDGETS = GroupResource.of("policy", "poddisruptionbudgets");
    static final GroupResource AUTOSCALERS = GroupResource.of("autoscaling", "horizontalpodautoscalers");
    static final GroupResource STORAGE_CLASSES = GroupResource.of("storage.k8s.io", "storageclasses");
    static final GroupResource CLUSTER_ROLES = GroupResource.of("rbac.authorization.k8s.io", "clusterroles");
    static final GroupResource SERVICE_CIDRS = GroupResource.of("networking.k8s.io", "servicecidrs");
    static final GroupResource IP_ADDRESSES = GroupResource.of("networking.k8s.io", "ipaddresses");
    static final GroupResource SIGNING_REQUESTS = GroupResource.of("certificates.k8s.io", "certificatesigningrequests");
    static final GroupResource CUSTOM_KINDS = GroupResource.of("apiextensions.k8s.io", "customresourcedefinitions");

    private Kinds() {}
}
