package dev.kuar.lesson;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** What {@code setup/} may make: namespaced kinds, in the lesson's namespace. */
final class SetupRules {
    private static final Set<String> ALLOWED = Set.of(
            "Pod",
            "Deployment",
            "ReplicaSet",
            "StatefulSet",
            "DaemonSet",
            "Job",
            "CronJob",
            "Service",
            "ConfigMap",
            "Secret",
            "ServiceAccount",
            "PersistentVolumeClaim",
            "Role",
            "RoleBinding",
            "Ingress",
            "NetworkPolicy",
            "LimitRange",
            "ResourceQuota",
            "HorizontalPodAutoscaler",
            "PodDisruptionBudget",
            "Endpoints",
            "EndpointSlice",
            "ReplicationController",
            "PodTemplate",
            "ControllerRevision",
            "Lease");

    private SetupRules() {}

    static List<LineRules.Objection> objections(String text, String namespace) {
        List<LineRules.Objection> objections = new ArrayList<>();
        try {
            for (Object document : new Load(LoadSettings.builder().build()).loadAllFromString(text)) {
                if (document instanceof Map<?, ?> object) {
                    judge(object, namespace, objections);
                } else if (document != null) {
                    objections.add(new LineRules.Objection("not-an-object", String.valueOf(document)));
                }
            }
        } catch (YamlEngineException e) {
            objections.add(new LineRules.Objection("not-yaml", String.valueOf(e.getMessage())));
        }
        return objections;
    }

    private static void judge(Map<?, ?> object, String namespace, List<LineRules.Objection> objections) {
        String kind = String.valueOf(object.get("kind"));
        if (!ALLOWED.contains(kind)) {
            objections.add(new LineRules.Objection("cluster-wide", kind));
        }
        if (object.get("metadata") instanceof Map<?, ?> metadata
                && metadata.get("namespace") != null
                && !namespace.equals(metadata.get("namespace"))) {
            objections.add(new LineRules.Objection("other-namespace", String.valueOf(metadata.get("namespace"))));
        }
    }
}
