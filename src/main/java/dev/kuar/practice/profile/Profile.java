package dev.kuar.practice.profile;

import dev.kuar.practice.object.KubeObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * The shape of a cluster as one provider makes it: node names and labels, versions, system workloads, what is hidden.
 *
 * <p>Immutable, and all of it data under {@code practice/profiles}. What it gives is new at every call and the caller's own.
 */
public final class Profile {
    /** The names that {@link #named} knows, in the order in which they are listed to people. */
    public static final List<String> NAMES =
            List.of("kind", "kubeadm", "minikube", "docker-desktop", "gke", "aks", "eks");

    /** The field of a bootstrap object that names the program that makes it; no part of what is created. */
    public static final String MAKER = "maker";

    private final KubeObject data;

    private Profile(KubeObject data) {
        this.data = data;
    }

    /** @throws IllegalArgumentException when there is no such profile; its message names those there are */
    public static Profile named(String name) {
        if (!NAMES.contains(name)) {
            throw new IllegalArgumentException("no profile '" + name + "'; there are " + String.join(", ", NAMES));
        }
        return new Profile(KubeObject.of(ProfileData.map(name + "/profile.json")));
    }

    public String name() {
        return data.text("name");
    }

    /** The context that the provider's tool writes into a kubeconfig, {@code kind-my-cluster}. */
    public String contextName(String cluster) {
        return ProfileData.fill(data.text("context"), Map.of("cluster", cluster));
    }

    /** How the provider spells a Kubernetes version: {@code v1.36.2} is {@code v1.36.2-gke.1034000} on GKE. */
    public String version(String kubernetesVersion) {
        return ProfileData.fill(data.text("version"), Map.of("version", kubernetesVersion));
    }

    /** The version of the etcd that goes with a version of Kubernetes, {@code 3.6.5}. */
    public String etcdVersion(String version) {
        return Versions.of(version).etcd().replaceFirst("-\\d+$", "");
    }

    /** Whether nodes and pods of the control plane can be seen; false on managed clusters. */
    public boolean showsControlPlane() {
        return data.flag("showsControlPlane");
    }

    /** The machine that the control plane runs on where it is hidden; empty where it is a node. */
    public String hiddenHost() {
        return data.text("hiddenHost");
    }

    /** The address at which pods reach the API server of a hidden control plane; empty where it is a node's. */
    public String hiddenAddress() {
        return data.text("network", "hiddenHost");
    }

    /** Out of which nodes get their ranges, {@code 10.244.0.0/16}; empty where the CNI takes addresses of their network. */
    public String podRange() {
        return data.text("network", "pods");
    }

    /** Whether a Service of type LoadBalancer gets an address. */
    public boolean hasLoadBalancers() {
        return data.flag("loadBalancers");
    }

    /** Whether the CNI enforces NetworkPolicies. */
    public boolean enforcesNetworkPolicies() {
        return data.flag("networkPolicies");
    }

    /** The nodes in the order in which they register, the control plane first where it is visible. */
    public List<NodeSpec> nodes(String cluster, int count, String version) {
        return NodeTemplates.nodes(data, cluster, count, version);
    }

    /**
     * The pods that the node's kubelet runs from files, as in the files: without the node's name in theirs, without the
     * mirror's annotations and without defaults.
     */
    public List<KubeObject> staticPods(NodeSpec node, String cluster, String version) {
        String file = data.text("staticPods", node.controlPlane() ? "controlPlane" : "worker");
        if (file.isEmpty()) {
            return List.of();
        }
        Versions versions = Versions.of(version);
        return ProfileData.objects(
                file,
                versions.with(Map.of(
                        "cluster",
                        cluster,
                        "node",
                        node.name(),
                        "ip",
                        node.internalIp(),
                        "version",
                        versions.plain())));
    }

    /**
     * All that exists before the first controller runs, in the order in which it is created: namespaces, RBAC, API
     * priority, system workloads. Their pods, their endpoints and the like are the controllers' to make.
     */
    public List<KubeObject> bootstrapObjects(ClusterFacts facts) {
        String token = data.text("bootstrapToken");
        ClusterFacts used = token.isEmpty() ? facts : facts.withBootstrapToken(token);
        Map<String, String> values = Versions.of(facts.version()).with(used.values());
        values.putAll(data.textMap("values"));
        List<KubeObject> objects = new ArrayList<>();
        for (String part : data.texts("parts")) {
            List<KubeObject> made =
                    part.endsWith(".rbac") ? RbacText.read(ProfileData.text(part)) : ProfileData.objects(part, values);
            String maker = maker(part);
            made.forEach(object -> object.set(maker, MAKER));
            objects.addAll(made);
        }
        objects.forEach(Profile::encodeSecret);
        return objects;
    }

    /** Which program makes the objects of a part, as their managed fields say; the API server itself where none is named. */
    private String maker(String part) {
        String named = data.text("makers", part);
        return !named.isEmpty() ? named : part.contains("kubeadm") ? "kubeadm" : "kube-apiserver";
    }

    /** Turns {@code stringData} into {@code data}, as the API server does. */
    private static void encodeSecret(KubeObject object) {
        Map<String, String> plain = object.textMap("stringData");
        plain.forEach((key, value) ->
                object.set(Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8)), "data", key));
        if (!plain.isEmpty()) {
            object.set(null, "stringData");
        }
    }
}
