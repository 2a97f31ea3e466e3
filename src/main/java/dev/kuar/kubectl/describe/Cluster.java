package dev.kuar.kubectl.describe;

import dev.kuar.kubectl.data.Tree;
import dev.kuar.kubectl.rest.Failure;
import dev.kuar.kubectl.rest.RestClient;
import dev.kuar.kubectl.rest.Urls;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What describers look up in the cluster.
 *
 * @param client the connection
 * @param withEvents whether events are shown
 */
record Cluster(RestClient client, boolean withEvents) {
    /** The annotation that names the pod of a file which a pod in the API shows. */
    private static final String MIRROR = "kubernetes.io/config.mirror";

    List<Tree> list(String path) {
        return client.get(path).items("items");
    }

    /** Like {@link #list}; empty where it may not be read. */
    List<Tree> listOrNone(String path) {
        try {
            return list(path);
        } catch (Failure refused) {
            return List.of();
        }
    }

    Optional<Tree> find(String path) {
        try {
            return Optional.of(client.get(path));
        } catch (Failure refused) {
            return Optional.empty();
        }
    }

    /** Pods of a namespace that a selector's labels choose and an owner controls. */
    List<Tree> podsOf(Tree owner, Map<String, String> labels) {
        return podsWith(owner, selector(labels));
    }

    List<Tree> podsWith(Tree owner, String selector) {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("labelSelector", selector);
        query.put("limit", "500");
        String uid = owner.text("metadata", "uid");
        return listOrNone(Urls.query("/api/v1/namespaces/" + Urls.encode(owner.namespace()) + "/pods", query)).stream()
                .filter(pod -> pod.items("metadata", "ownerReferences").stream()
                        .anyMatch(reference -> reference.flag("controller")
                                && reference.text("uid").equals(uid)))
                .toList();
    }

    static String selector(Map<String, String> labels) {
        return labels.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(","));
    }

    /** Events about an object, in the order of their last occurrence; those of a static pod are about itself, not about its mirror. */
    List<Tree> eventsOf(Tree object) {
        String mirrored = object.text("metadata", "annotations", MIRROR);
        return eventsOf(object, mirrored.isEmpty() ? object.text("metadata", "uid") : mirrored);
    }

    List<Tree> eventsOf(Tree object, String uid) {
        String fields = "involvedObject.name=" + object.name()
                + ",involvedObject.namespace=" + object.namespace()
                + (object.kind().isEmpty() ? "" : ",involvedObject.kind=" + object.kind())
                + ",involvedObject.uid=" + uid;
        Map<String, String> query = new LinkedHashMap<>();
        query.put("fieldSelector", fields);
        query.put("limit", "500");
        String namespace = object.namespace().isEmpty() ? "" : "/namespaces/" + Urls.encode(object.namespace());
        return listOrNone(Urls.query("/api/v1" + namespace + "/events", query));
    }
}
