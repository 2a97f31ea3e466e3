package dev.kuar.practice.controller;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How many pods the controllers of some pods want in all: Deployments for their ReplicaSets' pods, ReplicaSets,
 * StatefulSets, ReplicationControllers, and whatever else has a scale.
 */
final class PodScales {
    private final ControllerContext context;
    private final ApiClient client;

    PodScales(ControllerContext context, ApiClient client) {
        this.context = context;
        this.client = client;
    }

    /** @param unmanaged whether there are pods that nobody controls; they do not count */
    record Sum(long pods, boolean unmanaged) {}

    private record Scale(String uid, long replicas) {}

    /** A controller whose size nobody can tell. */
    static final class Unknown extends Exception {
        private static final long serialVersionUID = 1L;

        Unknown(String message) {
            super(message);
        }
    }

    Sum of(List<KubeObject> pods) throws Unknown {
        Map<String, Long> scales = new HashMap<>();
        boolean unmanaged = false;
        for (KubeObject pod : pods) {
            Map<String, Object> controller = Owners.controllerOf(pod).orElse(Map.of());
            if (controller.isEmpty()) {
                unmanaged = true;
            } else if (!scales.containsKey(Trees.text(controller, "uid"))) {
                Scale scale = scale(pod.namespace(), controller)
                        .orElseThrow(() -> new Unknown("found no controllers for pod \"" + pod.name() + "\""));
                scales.put(scale.uid(), scale.replicas());
            }
        }
        return new Sum(scales.values().stream().mapToLong(Long::longValue).sum(), unmanaged);
    }

    private Optional<Scale> scale(String namespace, Map<String, Object> reference) throws Unknown {
        String kind = Trees.text(reference, "kind");
        String group = group(reference);
        if (kind.equals("ReplicaSet") && (group.equals("apps") || group.equals("extensions"))) {
            Optional<KubeObject> set = find(Kinds.REPLICA_SETS, namespace, reference);
            Map<String, Object> above = set.flatMap(Owners::controllerOf).orElse(Map.of());
            return "Deployment".equals(above.get("kind"))
                    ? find(Kinds.DEPLOYMENTS, namespace, above).map(PodScales::own)
                    : set.map(PodScales::own);
        }
        if (kind.equals("ReplicationController") && group.isEmpty()) {
            return find(Kinds.REPLICATION_CONTROLLERS, namespace, reference).map(PodScales::own);
        }
        return kind.equals("StatefulSet") && group.equals("apps")
                ? find(Kinds.STATEFUL_SETS, namespace, reference).map(PodScales::own)
                : other(namespace, reference);
    }

    private static String group(Map<String, Object> reference) {
        String version = Trees.text(reference, "apiVersion");
        return version.contains("/") ? version.substring(0, version.indexOf('/')) : "";
    }

    private static Scale own(KubeObject object) {
        return new Scale(object.uid(), object.number(1, "spec", "replicas"));
    }

    private Optional<KubeObject> find(GroupResource resource, String namespace, Map<String, Object> reference) {
        return context.informer(resource)
                .find(namespace, Trees.text(reference, "name"))
                .filter(object -> object.uid().equals(reference.get("uid")));
    }

    private Optional<Scale> other(String namespace, Map<String, Object> reference) throws Unknown {
        String kind = Trees.text(reference, "kind");
        String group = group(reference);
        GroupResource resource = client.resources().stream()
                .filter(served ->
                        served.kind().equals(kind) && served.resource().group().equals(group))
                .map(ApiClient.ServedResource::resource)
                .findFirst()
                .orElseThrow(() -> new Unknown("no matches for kind \"" + kind + "\" in version \""
                        + Trees.text(reference, "apiVersion") + "\""));
        String name = Trees.text(reference, "name");
        try {
            KubeObject scale = client.getSubresource(resource, namespace, name, "scale");
            return Optional.of(own(scale)).filter(each -> each.uid().equals(reference.get("uid")));
        } catch (ApiException e) {
            if (!e.isNotFound()) {
                throw new Unknown(String.valueOf(e.getMessage()));
            }
            if (context.informer(resource).find(namespace, name).isPresent()) {
                throw new Unknown(resource + " does not implement the scale subresource");
            }
            return Optional.empty();
        }
    }
}
