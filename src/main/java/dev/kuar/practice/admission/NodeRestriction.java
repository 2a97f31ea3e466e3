package dev.kuar.practice.admission;

import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.object.ClusterReader;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** Keeps a kubelet to its own node: its Node, its Lease, the status of the pods that are bound to it, its mirror pods. */
final class NodeRestriction implements Admission {
    private static final String USER = "system:node:";
    private static final String GROUP = "system:nodes";
    private static final String MIRROR = "kubernetes.io/config.mirror";
    private static final String LEASES = "kube-node-lease";
    private static final Set<String> KUBELET_LABELS = Set.of(
            "kubernetes.io/hostname",
            "kubernetes.io/arch",
            "kubernetes.io/os",
            "beta.kubernetes.io/instance-type",
            "node.kubernetes.io/instance-type",
            "failure-domain.beta.kubernetes.io/region",
            "failure-domain.beta.kubernetes.io/zone",
            "topology.kubernetes.io/region",
            "topology.kubernetes.io/zone",
            "beta.kubernetes.io/os",
            "beta.kubernetes.io/arch");

    private final ClusterReader reader;

    NodeRestriction(ClusterReader reader) {
        this.reader = reader;
    }

    @Override
    public void mutate(AdmissionRequest request) {
        String user = request.user().name();
        if (!user.startsWith(USER) || !request.user().groups().contains(GROUP)) {
            return;
        }
        String node = user.substring(USER.length());
        if (node.isEmpty()) {
            throw request.forbidden("could not determine node from user \"" + user + "\"");
        }
        switch (request.resource().toString()) {
            case "pods" -> pod(request, node);
            case "nodes" -> node(request, node);
            case "persistentvolumeclaims" -> {
                if (!request.subresource().equals("status")) {
                    throw request.forbidden("may only update PVC status");
                }
            }
            case "leases.coordination.k8s.io" -> lease(request, node);
            case "csinodes.storage.k8s.io" -> {
                if (request.isCreate()
                        ? !request.now().name().equals(node)
                        : !request.name().equals(node)) {
                    throw request.forbidden("can only access CSINode with the same name as the requesting node");
                }
            }
            default -> {}
        }
    }

    private void pod(AdmissionRequest request, String node) {
        switch (request.subresource()) {
            case "" -> {
                if (request.isCreate()) {
                    create(request, node);
                } else if (!request.isDelete()) {
                    throw request.forbidden("unexpected operation \"" + request.operation() + "\", node \"" + node
                            + "\" can only create and delete mirror pods");
                } else if (!request.before().text("spec", "nodeName").equals(node)) {
                    throw request.forbidden(
                            "node \"" + node + "\" can only delete pods with spec.nodeName set to itself");
                }
            }
            case "status" -> {
                if (!request.before().text("spec", "nodeName").equals(node)) {
                    throw request.forbidden("node \"" + node
                            + "\" can only update pod status for pods with spec.nodeName set to itself");
                }
                if (!request.before().labels().equals(request.now().labels())) {
                    throw request.forbidden("node \"" + node + "\" cannot update labels through pod status");
                }
            }
            case "eviction" -> {
                boolean own = reader.find(GroupResource.core("pods"), request.namespace(), request.name())
                        .map(pod -> pod.text("spec", "nodeName").equals(node))
                        .orElse(true);
                if (!own) {
                    throw request.forbidden("node " + node + " can only evict pods with spec.nodeName set to itself");
                }
            }
            default ->
                throw request.forbidden("unexpected pod subresource \"" + request.subresource()
                        + "\", only 'status' and 'eviction' are allowed");
        }
    }

    private void create(AdmissionRequest request, String node) {
        KubeObject pod = request.now();
        if (!pod.annotations().containsKey(MIRROR)) {
            throw request.forbidden("pod does not have \"" + MIRROR + "\" annotation, node \"" + node
                    + "\" can only create mirror pods");
        }
        if (!pod.text("spec", "nodeName").equals(node)) {
            throw only(request, node, "create pods with spec.nodeName set to itself");
        }
        List<Map<String, Object>> owners = pod.ownerReferences();
        if (owners.size() > 1) {
            throw only(request, node, "create pods with a single owner reference set to itself");
        }
        boolean own = owners.size() == 1
                && "v1".equals(owners.get(0).get("apiVersion"))
                && "Node".equals(owners.get(0).get("kind"))
                && node.equals(owners.get(0).get("name"));
        if (!own) {
            throw only(request, node, "create pods with an owner reference set to itself");
        }
        if (!Boolean.TRUE.equals(owners.get(0).get("controller"))) {
            throw only(request, node, "create pods with a controller owner reference set to itself");
        }
        if (Boolean.TRUE.equals(owners.get(0).get("blockOwnerDeletion"))) {
            throw request.forbidden("node \"" + node + "\" must not set blockOwnerDeletion on an owner reference");
        }
        String uid = reader.find(GroupResource.core("nodes"), "", node)
                .map(KubeObject::uid)
                .orElse("");
        if (!uid.equals(owners.get(0).get("uid"))) {
            throw request.forbidden(
                    "node " + node + " UID mismatch: expected " + owners.get(0).get("uid") + " got " + uid);
        }
    }

    private static ApiException only(AdmissionRequest request, String node, String what) {
        return request.forbidden("node \"" + node + "\" can only " + what);
    }

    private static void node(AdmissionRequest request, String node) {
        String name = request.isCreate() ? request.now().name() : request.name();
        if (!name.equals(node)) {
            throw request.forbidden("node \"" + node + "\" is not allowed to modify node \"" + name + "\"");
        }
        if (request.isCreate()) {
            Set<String> labels = forbidden(request.now().labels().keySet());
            if (!labels.isEmpty()) {
                throw request.forbidden("node \"" + node + "\" is not allowed to set the following labels: "
                        + String.join(", ", labels));
            }
        } else if (request.isUpdate()) {
            KubeObject now = request.now();
            KubeObject old = request.before();
            if (!now.maps("spec", "taints").equals(old.maps("spec", "taints"))) {
                throw request.forbidden("node \"" + node + "\" is not allowed to modify taints");
            }
            if (!now.ownerReferences().equals(old.ownerReferences())) {
                throw request.forbidden("node \"" + node + "\" is not allowed to modify ownerReferences");
            }
            Set<String> changed = new TreeSet<>();
            for (Map<String, String> side : List.of(now.labels(), old.labels())) {
                side.keySet().stream()
                        .filter(key -> !Objects.equals(
                                now.labels().get(key), old.labels().get(key)))
                        .forEach(changed::add);
            }
            Set<String> labels = forbidden(changed);
            if (!labels.isEmpty()) {
                throw request.forbidden("is not allowed to modify labels: " + String.join(", ", labels));
            }
        }
    }

    /** Labels of Kubernetes' own domains that are no kubelet's business, and all of {@code node-restriction.kubernetes.io}. */
    private static Set<String> forbidden(Set<String> keys) {
        Set<String> found = new TreeSet<>();
        for (String key : keys) {
            String domain = key.contains("/") ? key.substring(0, key.indexOf('/')) : "";
            boolean restricted = in(domain, "node-restriction.kubernetes.io");
            boolean kubernetes = in(domain, "kubernetes.io") || in(domain, "k8s.io");
            boolean free = KUBELET_LABELS.contains(key)
                    || in(domain, "kubelet.kubernetes.io")
                    || in(domain, "node.kubernetes.io");
            if (restricted || kubernetes && !free) {
                found.add(key);
            }
        }
        return found;
    }

    private static boolean in(String domain, String parent) {
        return domain.equals(parent) || domain.endsWith("." + parent);
    }

    private static void lease(AdmissionRequest request, String node) {
        if (!request.namespace().equals(LEASES)) {
            throw request.forbidden("can only access leases in the \"" + LEASES + "\" system namespace");
        }
        String name = request.isCreate() ? request.now().name() : request.name();
        if (!name.equals(node)) {
            throw request.forbidden("can only access node lease with the same name as the requesting node");
        }
    }
}
