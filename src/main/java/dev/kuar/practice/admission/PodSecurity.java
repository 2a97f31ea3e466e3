package dev.kuar.practice.admission;

import dev.kuar.practice.admission.PodSecurityChecks.Violation;
import dev.kuar.practice.object.ClusterReader;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.JsonWriter;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.Statuses;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Holds pods to the level that labels of their namespace enforce, and warns of what another level would refuse. */
final class PodSecurity implements Admission {
    private static final String PREFIX = "pod-security.kubernetes.io/";
    private static final List<String> MODES = List.of("audit", "enforce", "warn");
    private static final Set<String> LEVELS = Set.of("privileged", "baseline", "restricted");
    private static final GroupResource NAMESPACES = GroupResource.core("namespaces");
    private static final GroupResource PODS = GroupResource.core("pods");
    private static final Set<String> WORKLOADS = Set.of(
            "daemonsets",
            "deployments",
            "replicasets",
            "replicationcontrollers",
            "statefulsets",
            "jobs",
            "cronjobs",
            "podtemplates");

    private final ClusterReader reader;

    PodSecurity(ClusterReader reader) {
        this.reader = reader;
    }

    @Override
    public void validate(AdmissionRequest request) {
        if (request.isDelete()) {
            return;
        }
        if (request.isFor("", "namespaces")) {
            namespace(request);
        } else if (request.isFor("", "pods")
                ? request.isCreate()
                : request.subresource().equals("ephemeralcontainers")) {
            pod(request);
        } else if (request.subresource().isEmpty()
                && WORKLOADS.contains(request.kind().resource())
                && (request.isCreate()
                        || !Objects.equals(
                                request.now().at("spec"), request.before().at("spec")))) {
            workload(request);
        }
    }

    private void pod(AdmissionRequest request) {
        Map<String, String> labels = labels(request.namespace());
        List<Violation> refused = PodSecurityChecks.of(request.now(), level(labels, "enforce"));
        if (!refused.isEmpty()) {
            throw request.forbidden("violates PodSecurity \"" + policy(labels, "enforce") + "\": " + text(refused));
        }
        warn(request, labels, request.now());
    }

    private void workload(AdmissionRequest request) {
        KubeObject object = request.now();
        Map<String, Object> template = request.kind().resource().equals("cronjobs")
                ? object.map("spec", "jobTemplate", "spec", "template")
                : request.kind().resource().equals("podtemplates")
                        ? object.map("template")
                        : object.map("spec", "template");
        warn(request, labels(request.namespace()), KubeObject.of(template));
    }

    private static void warn(AdmissionRequest request, Map<String, String> labels, KubeObject pod) {
        List<Violation> violations = PodSecurityChecks.of(pod, level(labels, "warn"));
        if (!violations.isEmpty()) {
            request.warnings().add("would violate PodSecurity \"" + policy(labels, "warn") + "\": " + text(violations));
        }
    }

    private void namespace(AdmissionRequest request) {
        Map<String, String> labels = request.now().labels();
        checkLabels(request, labels);
        String level = level(labels, "enforce");
        if (request.isCreate() || level.equals(level(request.before().labels(), "enforce"))) {
            return;
        }
        Map<String, List<String>> podsByReasons = new TreeMap<>();
        reader.list(PODS, request.name()).stream()
                .sorted((a, b) -> a.name().compareTo(b.name()))
                .forEach(pod -> {
                    List<Violation> violations = PodSecurityChecks.of(pod, level);
                    if (!violations.isEmpty()) {
                        String reasons =
                                violations.stream().map(Violation::reason).collect(Collectors.joining(", "));
                        podsByReasons
                                .computeIfAbsent(reasons, ignored -> new ArrayList<>())
                                .add(pod.name());
                    }
                });
        if (!podsByReasons.isEmpty()) {
            request.warnings()
                    .add("existing pods in namespace \"" + request.name()
                            + "\" violate the new PodSecurity enforce level \"" + policy(labels, "enforce") + "\"");
            podsByReasons.forEach((reasons, pods) -> request.warnings().add(some(pods) + ": " + reasons));
        }
    }

    private static String some(List<String> pods) {
        int others = pods.size() - 1;
        return others == 0
                ? pods.get(0)
                : pods.get(0) + " (and " + others + " other pod" + (others == 1 ? "" : "s") + ")";
    }

    private static void checkLabels(AdmissionRequest request, Map<String, String> labels) {
        List<Map<String, Object>> causes = new ArrayList<>();
        for (String mode : MODES) {
            String level = labels.get(PREFIX + mode);
            if (level != null && !LEVELS.contains(level)) {
                causes.add(fault(PREFIX + mode, level, "must be one of privileged, baseline, restricted"));
            }
            String version = labels.get(PREFIX + mode + "-version");
            if (version != null && !version.matches("latest|v1\\.(0|[1-9][0-9]*)")) {
                causes.add(fault(PREFIX + mode + "-version", version, "must be \"latest\" or \"v1.x\""));
            }
        }
        if (!causes.isEmpty()) {
            throw Statuses.invalid("", "Namespace", request.name(), causes);
        }
    }

    private static Map<String, Object> fault(String label, String value, String why) {
        return Statuses.cause(
                "FieldValueInvalid",
                "Invalid value: " + JsonWriter.text(value) + ": " + why,
                "metadata.labels[" + label + "]");
    }

    private Map<String, String> labels(String namespace) {
        return reader.find(NAMESPACES, "", namespace).map(KubeObject::labels).orElse(Map.of());
    }

    private static String level(Map<String, String> labels, String mode) {
        return labels.getOrDefault(PREFIX + mode, "privileged");
    }

    private static String policy(Map<String, String> labels, String mode) {
        return level(labels, mode) + ":" + labels.getOrDefault(PREFIX + mode + "-version", "latest");
    }

    private static String text(List<Violation> violations) {
        return violations.stream().map(Violation::toString).collect(Collectors.joining(", "));
    }
}
