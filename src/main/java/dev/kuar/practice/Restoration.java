package dev.kuar.practice;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.profile.ClusterFacts;
import dev.kuar.practice.profile.Profile;
import dev.kuar.practice.schema.Catalog;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Brings a cluster's add-ons back as its profile made them: what was deleted is made anew, and a Deployment that was scaled
 * has its replicas again. What is there otherwise stays as it is. What {@code kubeadm init phase addon} does, for all add-ons.
 */
final class Restoration {
    private static final Set<String> KINDS = Set.of(
            "Namespace",
            "ServiceAccount",
            "ConfigMap",
            "ClusterRole",
            "ClusterRoleBinding",
            "Role",
            "RoleBinding",
            "Service",
            "Deployment",
            "DaemonSet",
            "StorageClass");

    private final ApiClient client;
    private final Catalog catalog;

    Restoration(ApiClient client, Catalog catalog) {
        this.client = client;
        this.catalog = catalog;
    }

    /** Returns what was brought back, {@code Deployment kube-system/coredns}, in the profile's order. */
    List<String> run(Profile profile, ClusterFacts facts) {
        List<String> restored = new ArrayList<>();
        for (KubeObject object : profile.bootstrapObjects(facts)) {
            if (KINDS.contains(object.kind()) && restore(object)) {
                String place = object.namespace().isEmpty() ? "" : object.namespace() + "/";
                restored.add(object.kind() + " " + place + object.name());
            }
        }
        return restored;
    }

    private boolean restore(KubeObject wanted) {
        GroupResource resource = catalog.ofObject(wanted.apiVersion(), wanted.kind())
                .orElseThrow()
                .groupResource();
        try {
            Optional<KubeObject> live = client.find(resource, wanted.namespace(), wanted.name());
            if (live.isEmpty()) {
                KubeObject copy = wanted.copy();
                copy.set(null, Profile.MAKER);
                client.create(resource, wanted.namespace(), copy);
                return true;
            }
            return wanted.kind().equals("Deployment") && scale(resource, wanted, live.get());
        } catch (ApiException e) {
            if (e.isConflict()) {
                // Its controller wrote in between, or somebody else has just made it.
                return restore(wanted);
            }
            throw e;
        }
    }

    private boolean scale(GroupResource resource, KubeObject wanted, KubeObject live) {
        long replicas = wanted.number(1, "spec", "replicas");
        if (live.number(1, "spec", "replicas") == replicas) {
            return false;
        }
        KubeObject changed = live.copy();
        changed.set(replicas, "spec", "replicas");
        client.update(resource, changed);
        return true;
    }
}
