package dev.kuar.practice.schema;

import dev.kuar.practice.object.KubeObject;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The spec of a pod, also inside templates. */
final class PodSpecRules {
    private PodSpecRules() {}

    static void check(KubeObject spec, String path, FieldErrors errors) {
        Set<String> volumes = new HashSet<>();
        List<Map<String, Object>> all = spec.maps("volumes");
        for (int i = 0; i < all.size(); i++) {
            String name = KubeObject.of(all.get(i)).text("name");
            String field = path + ".volumes[" + i + "].name";
            if (name.isEmpty()) {
                errors.required(field, "");
            } else {
                errors.syntax(field, name, Syntax.label(name));
            }
            if (!volumes.add(name)) {
                errors.duplicate(field, name);
            }
            if (all.get(i).size() > 2) {
                List<String> sources = all.get(i).keySet().stream()
                        .filter(each -> !each.equals("name"))
                        .toList();
                errors.forbidden(
                        path + ".volumes[" + i + "]." + sources.get(1), "may not specify more than 1 volume type");
            }
        }
        Set<String> names = new HashSet<>();
        containers(spec, "containers", path, volumes, names, errors);
        containers(spec, "initContainers", path, volumes, names, errors);
        errors.oneOf(path + ".restartPolicy", spec.at("restartPolicy"), List.of("Always", "OnFailure", "Never"));
        errors.oneOf(
                path + ".dnsPolicy",
                spec.at("dnsPolicy"),
                List.of("ClusterFirstWithHostNet", "ClusterFirst", "Default", "None"));
        MetadataRules.labels(spec.map("nodeSelector"), path + ".nodeSelector", errors);
        errors.atLeast(path + ".terminationGracePeriodSeconds", spec.at("terminationGracePeriodSeconds"), 0);
        name(spec.text("serviceAccountName"), path + ".serviceAccountName", errors);
        name(spec.text("nodeName"), path + ".nodeName", errors);
        errors.between(path + ".activeDeadlineSeconds", spec.at("activeDeadlineSeconds"), 1, Integer.MAX_VALUE);
        tolerations(spec, path, errors);
        RuleRun.part(RuleFiles.named("podspec"), spec.tree(), path, errors);
    }

    private static void name(String name, String field, FieldErrors errors) {
        if (!name.isEmpty()) {
            errors.syntax(field, name, Syntax.subdomain(name));
        }
    }

    private static void containers(
            KubeObject spec, String list, String path, Set<String> volumes, Set<String> names, FieldErrors errors) {
        List<Map<String, Object>> containers = spec.maps(list);
        if (containers.isEmpty() && list.equals("containers")) {
            errors.required(path + ".containers", "");
        }
        for (int i = 0; i < containers.size(); i++) {
            String field = path + "." + list + "[" + i + "]";
            KubeObject container = KubeObject.of(containers.get(i));
            ContainerRules.check(container, field, volumes, errors);
            String name = container.text("name");
            if (!name.isEmpty() && !names.add(name)) {
                errors.duplicate(field + ".name", name);
            }
        }
    }

    private static void tolerations(KubeObject spec, String path, FieldErrors errors) {
        List<Map<String, Object>> tolerations = spec.maps("tolerations");
        for (int i = 0; i < tolerations.size(); i++) {
            KubeObject toleration = KubeObject.of(tolerations.get(i));
            String field = path + ".tolerations[" + i + "]";
            String operator = toleration.text("operator");
            if (!toleration.text("key").isEmpty()) {
                errors.syntax(field + ".key", toleration.text("key"), Syntax.qualifiedName(toleration.text("key")));
            } else if (!operator.equals("Exists")) {
                errors.invalid(
                        field + ".operator",
                        operator,
                        "operator must be Exists when `key` is empty, which means \"match all values and all keys\"");
            }
            if (operator.equals("Exists") && !toleration.text("value").isEmpty()) {
                errors.invalid(
                        field + ".operator", toleration.tree(), "value must be empty when `operator` is 'Exists'");
            }
        }
    }
}
