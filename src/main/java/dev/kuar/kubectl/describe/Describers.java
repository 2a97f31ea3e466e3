package dev.kuar.kubectl.describe;

import dev.kuar.kubectl.data.Tree;
import dev.kuar.kubectl.rest.RestClient;
import java.time.Clock;
import java.util.Map;

/** Chooses the describer of a kind. */
public final class Describers {
    private static final Map<String, Describer> BY_KIND = Map.ofEntries(
            Map.entry("v1/Node", new NodeDescriber()),
            Map.entry("v1/Pod", new PodDescriber()),
            Map.entry("v1/Service", new ServiceDescriber()),
            Map.entry("v1/Namespace", SmallDescribers::namespace),
            Map.entry("v1/ConfigMap", SmallDescribers::configMap),
            Map.entry("v1/Secret", SmallDescribers::secret),
            Map.entry("v1/ServiceAccount", SmallDescribers::serviceAccount),
            Map.entry("v1/Endpoints", SmallDescribers::endpoints),
            Map.entry("v1/ResourceQuota", QuotaDescriber::quota),
            Map.entry("v1/LimitRange", QuotaDescriber::limitRange),
            Map.entry("v1/PersistentVolume", StorageDescribers::volume),
            Map.entry("v1/PersistentVolumeClaim", StorageDescribers::claim),
            Map.entry("v1/ReplicationController", new WorkloadDescriber("ReplicationController")),
            Map.entry("apps/v1/Deployment", new DeploymentDescriber()),
            Map.entry("apps/v1/ReplicaSet", new WorkloadDescriber("ReplicaSet")),
            Map.entry("apps/v1/DaemonSet", new WorkloadDescriber("DaemonSet")),
            Map.entry("apps/v1/StatefulSet", new WorkloadDescriber("StatefulSet")),
            Map.entry("batch/v1/Job", new JobDescriber(false)),
            Map.entry("batch/v1/CronJob", new JobDescriber(true)),
            Map.entry("rbac.authorization.k8s.io/v1/Role", SmallDescribers::role),
            Map.entry("rbac.authorization.k8s.io/v1/ClusterRole", SmallDescribers::role),
            Map.entry("rbac.authorization.k8s.io/v1/RoleBinding", SmallDescribers::binding),
            Map.entry("rbac.authorization.k8s.io/v1/ClusterRoleBinding", SmallDescribers::binding),
            Map.entry("storage.k8s.io/v1/StorageClass", SmallDescribers::storageClass),
            Map.entry("scheduling.k8s.io/v1/PriorityClass", SmallDescribers::priorityClass),
            Map.entry("discovery.k8s.io/v1/EndpointSlice", SmallDescribers::endpointSlice),
            Map.entry("networking.k8s.io/v1/Ingress", NetworkDescribers::ingress),
            Map.entry("networking.k8s.io/v1/NetworkPolicy", NetworkDescribers::policy),
            Map.entry("policy/v1/PodDisruptionBudget", StorageDescribers::budget));

    private Describers() {}

    /** The description of an object, with its kind and version set. */
    public static String describe(Tree object, RestClient client, Clock clock, boolean events) {
        Sheet sheet = new Sheet(clock);
        BY_KIND.getOrDefault(object.apiVersion() + "/" + object.kind(), new GenericDescriber())
                .describe(object, sheet, new Cluster(client, events));
        return sheet.toString();
    }

    /** A pod template alone, as the history of a rollout shows it. */
    public static String template(Tree template, Clock clock) {
        Sheet sheet = new Sheet(clock);
        PodDescriber.template(template, sheet);
        return sheet.toString();
    }
}
