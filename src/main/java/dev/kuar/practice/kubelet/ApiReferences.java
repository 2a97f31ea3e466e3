package dev.kuar.practice.kubelet;

import dev.kuar.practice.object.KubeObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a pod's specification asks the API for, which no static pod may. Models {@code PreventStaticPodAPIReferences} of Kubernetes 1.36. */
final class ApiReferences {
    private static final Map<String, String> VOLUMES = new LinkedHashMap<>();
    private static final Map<String, String> SOURCES = Map.of(
            "configMap", "configmaps (via projected volumes)",
            "secret", "secrets (via projected volumes)",
            "serviceAccountToken", "serviceaccounts (via projected volumes)",
            "clusterTrustBundle", "clustertrustbundles",
            "podCertificate", "podcertificates");

    static {
        VOLUMES.put("configMap", "configmaps (via configmap volumes)");
        VOLUMES.put("secret", "secrets (via secret volumes)");
        VOLUMES.put("csi", "csidrivers (via CSI volumes)");
        VOLUMES.put("glusterfs", "endpoints (via glusterFS volumes)");
        VOLUMES.put("persistentVolumeClaim", "persistentvolumeclaims");
        VOLUMES.put("ephemeral", "persistentvolumeclaims (via ephemeral volumes)");
        VOLUMES.put("azureFile", "secrets (via azureFile volumes)");
    }

    private ApiReferences() {}

    /** As the kubelet names what it refers to first; empty where it needs no API. */
    static String of(KubeObject pod) {
        Map<String, Object> spec = pod.map("spec");
        if (!pod.text("spec", "serviceAccountName").isEmpty()) {
            return "serviceaccounts";
        }
        if (has(spec, "secret", "secretKeyRef", "secretRef", "imagePullSecrets")) {
            return "secrets";
        }
        if (has(spec, "configMap", "configMapKeyRef", "configMapRef")) {
            return "configmaps";
        }
        if (!pod.maps("spec", "resourceClaims").isEmpty()) {
            return "resourceclaims";
        }
        for (Map<String, Object> volume : pod.maps("spec", "volumes")) {
            for (Map.Entry<String, String> kind : VOLUMES.entrySet()) {
                if (volume.get(kind.getKey()) != null) {
                    return kind.getValue();
                }
            }
            for (Map<String, Object> source : KubeObject.of(volume).maps("projected", "sources")) {
                for (String kind : source.keySet()) {
                    if (SOURCES.containsKey(kind)) {
                        return SOURCES.get(kind);
                    }
                }
            }
        }
        return "";
    }

    private static boolean has(@Nullable Object value, String... fields) {
        if (value instanceof Map<?, ?> map) {
            for (String field : fields) {
                if (map.get(field) != null) {
                    return true;
                }
            }
            return map.values().stream().anyMatch(each -> has(each, fields));
        }
        return value instanceof List<?> list && list.stream().anyMatch(each -> has(each, fields));
    }
}
