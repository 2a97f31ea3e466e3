package dev.kuar.practice.admission;

import dev.kuar.practice.object.ClusterReader;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** Gives a pod its service account, and its containers a projected token of it. */
final class ServiceAccounts implements Admission {
    private static final GroupResource ACCOUNTS = GroupResource.core("serviceaccounts");
    private static final String MIRROR = "kubernetes.io/config.mirror";
    private static final String MOUNT = "/var/run/secrets/kubernetes.io/serviceaccount";
    private static final String LETTERS = "bcdfghjklmnpqrstvwxz2456789";

    private final ClusterReader reader;

    ServiceAccounts(ClusterReader reader) {
        this.reader = reader;
    }

    @Override
    public void mutate(AdmissionRequest request) {
        if (!request.isFor("", "pods") || !request.isCreate() || isMirror(request.now())) {
            return;
        }
        KubeObject pod = request.now();
        if (pod.text("spec", "serviceAccountName").isEmpty()) {
            pod.set("default", "spec", "serviceAccountName");
        }
        pod.set(pod.text("spec", "serviceAccountName"), "spec", "serviceAccount");
        KubeObject account = account(request, pod);
        if (pod.maps("spec", "imagePullSecrets").isEmpty()
                && !account.maps("imagePullSecrets").isEmpty()) {
            pod.set(KubeObject.copyOrNull(account.at("imagePullSecrets")), "spec", "imagePullSecrets");
        }
        Object wanted = pod.at("spec", "automountServiceAccountToken");
        Object otherwise = account.at("automountServiceAccountToken");
        if (!Boolean.FALSE.equals(wanted == null ? otherwise : wanted)) {
            mount(pod);
        }
    }

    @Override
    public void validate(AdmissionRequest request) {
        if (request.isFor("", "pods") && request.isCreate() && isMirror(request.now())) {
            if (!request.now().text("spec", "serviceAccountName").isEmpty()) {
                throw request.forbidden("a mirror pod may not reference service accounts");
            }
        }
    }

    private KubeObject account(AdmissionRequest request, KubeObject pod) {
        String name = pod.text("spec", "serviceAccountName");
        Optional<KubeObject> account = reader.find(ACCOUNTS, request.namespace(), name);
        return account.orElseThrow(() -> request.forbidden("error looking up service account " + request.namespace()
                + "/" + name + ": serviceaccount \"" + name + "\" not found"));
    }

    private static boolean isMirror(KubeObject pod) {
        return pod.annotations().containsKey(MIRROR);
    }

    private static void mount(KubeObject pod) {
        List<Map<String, Object>> needy = new ArrayList<>();
        for (String list : List.of("initContainers", "containers")) {
            for (Map<String, Object> container : pod.maps("spec", list)) {
                boolean has = KubeObject.of(container).maps("volumeMounts").stream()
                        .anyMatch(mount -> MOUNT.equals(mount.get("mountPath")));
                if (!has) {
                    needy.add(container);
                }
            }
        }
        if (needy.isEmpty()) {
            return;
        }
        String volume = "kube-api-access-" + suffix();
        for (Map<String, Object> container : needy) {
            List<Object> mounts = new ArrayList<>(KubeObject.of(container).maps("volumeMounts"));
            Map<String, Object> mount = new LinkedHashMap<>();
            mount.put("name", volume);
            mount.put("readOnly", true);
            mount.put("mountPath", MOUNT);
            mounts.add(mount);
            container.put("volumeMounts", mounts);
        }
        List<Object> volumes = new ArrayList<>(pod.maps("spec", "volumes"));
        volumes.add(volume(volume));
        pod.set(volumes, "spec", "volumes");
    }

    private static Map<String, Object> volume(String name) {
        Map<String, Object> token = tree("expirationSeconds", 3607L, "path", "token");
        Map<String, Object> ca =
                tree("name", "kube-root-ca.crt", "items", list(tree("key", "ca.crt", "path", "ca.crt")));
        Map<String, Object> field = tree("apiVersion", "v1", "fieldPath", "metadata.namespace");
        Map<String, Object> namespace = tree("items", list(tree("path", "namespace", "fieldRef", field)));
        List<Object> sources = new ArrayList<>();
        sources.add(tree("serviceAccountToken", token));
        sources.add(tree("configMap", ca));
        sources.add(tree("downwardAPI", namespace));
        return tree("name", name, "projected", tree("sources", sources, "defaultMode", 420L));
    }

    private static Map<String, Object> tree(Object... pairs) {
        Map<String, Object> tree = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            tree.put((String) pairs[i], pairs[i + 1]);
        }
        return tree;
    }

    private static List<Object> list(Object item) {
        List<Object> list = new ArrayList<>();
        list.add(item);
        return list;
    }

    private static String suffix() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 5; i++) {
            text.append(LETTERS.charAt(ThreadLocalRandom.current().nextInt(LETTERS.length())));
        }
        return text.toString();
    }
}
