package dev.kuar.practice.schema;

import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.schema.RuleRun.Place;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is asked of the spec of a pod that no line of a rule file can say. */
final class PodChecks extends CheckSet {
    private static final Set<String> NET = Set.of("net");
    private static final List<String> IPC = List.of("kernel.shm", "kernel.msg", "fs.mqueue.", "kernel.sem");

    PodChecks() {
        // A label that no item before has; what is wrong with one that is taken is not said.
        put("fresh-label", (place, words, errors) -> {
            if (place.isEmpty()) {
                errors.required(place.path(), "");
            } else if (place.earlier("name").contains(place.value())) {
                errors.duplicate(place.path(), place.value());
            } else {
                errors.syntax(place.path(), place.text(), Syntax.label(place.text()));
            }
        });
        value("host-ports", PodChecks::hostPorts);
        put("spread-repeated", PodChecks::repeated);
        value(
                "min-domains",
                (place, words, errors) -> errors.invalid(
                        place.path(),
                        place.value(),
                        "can only use minDomains if whenUnsatisfiable=DoNotSchedule, not "
                                + KubeObject.of(place.holder()).text("whenUnsatisfiable")));
        put("match-label-keys", PodChecks::labelKeys);
        put("host-process", PodChecks::hostProcess);
        value("host-sysctl", PodChecks::sysctl);
        put("file-key-volumes", PodChecks::fileKeys);
        value("windows-user", (place, words, errors) -> WindowsUser.check(place.text(), place.path(), errors));
    }

    /** The places of a list of containers, or of one container. */
    private static void hostPorts(Place place, List<String> words, FieldErrors errors) {
        Set<String> seen = new HashSet<>();
        if (place.value() instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                hostPorts(list.get(i), place.path() + "[" + i + "]", seen, errors);
            }
        } else {
            hostPorts(place.given(), place.path().replaceFirst("\\[\\d+]$", "[0]"), seen, errors);
        }
    }

    private static void hostPorts(Object container, String path, Set<String> seen, FieldErrors errors) {
        List<Map<String, Object>> ports =
                KubeObject.of(cast((Map<?, ?>) container)).maps("ports");
        for (int i = 0; i < ports.size(); i++) {
            KubeObject port = KubeObject.of(ports.get(i));
            String taken = port.text("protocol") + "/" + port.text("hostIP") + "/" + port.number(0, "hostPort");
            if (port.number(0, "hostPort") != 0 && !seen.add(taken)) {
                errors.duplicate(path + ".ports[" + i + "].hostPort", taken);
            }
        }
    }

    /** Upstream complains about the first of two alike, so this looks at what comes after. */
    private static void repeated(Place place, List<String> words, FieldErrors errors) {
        KubeObject constraint = KubeObject.of(place.holder());
        List<Map<String, Object>> all = KubeObject.of(place.root()).maps("topologySpreadConstraints");
        for (int i = place.earlier().size() + 1; i < all.size(); i++) {
            KubeObject other = KubeObject.of(all.get(i));
            if (other.text("topologyKey").equals(constraint.text("topologyKey"))
                    && other.text("whenUnsatisfiable").equals(constraint.text("whenUnsatisfiable"))) {
                errors.duplicate(
                        place.path() + ".{topologyKey, whenUnsatisfiable}",
                        "{" + constraint.text("topologyKey") + ", " + constraint.text("whenUnsatisfiable") + "}");
                return;
            }
        }
    }

    private static void labelKeys(Place place, List<String> words, FieldErrors errors) {
        KubeObject term = KubeObject.of(place.holder());
        List<String> match = term.texts("matchLabelKeys");
        List<String> mismatch = term.texts("mismatchLabelKeys");
        keys(term, match, place.path() + ".matchLabelKeys", errors);
        keys(term, mismatch, place.path() + ".mismatchLabelKeys", errors);
        Set<String> selected =
                new HashSet<>(term.map("labelSelector", "matchLabels").keySet());
        for (Map<String, Object> each : term.maps("labelSelector", "matchExpressions")) {
            String key = KubeObject.of(each).text("key");
            if (match.contains(key) && !selected.add(key)) {
                errors.invalid(
                        place.path() + "[" + match.lastIndexOf(key) + "]",
                        key,
                        "exists in both matchLabelKeys and labelSelector");
            }
            selected.add(key);
        }
        for (int i = 0; i < match.size(); i++) {
            if (mismatch.contains(match.get(i))) {
                errors.invalid(
                        place.path() + ".matchLabelKeys[" + i + "]",
                        match.get(i),
                        "exists in both matchLabelKeys and mismatchLabelKeys");
            }
        }
    }

    private static void keys(KubeObject term, List<String> keys, String path, FieldErrors errors) {
        if (keys.isEmpty()) {
            return;
        }
        if (term.at("labelSelector") == null) {
            errors.forbidden(path, "must not be specified when labelSelector is not set");
            return;
        }
        for (int i = 0; i < keys.size(); i++) {
            errors.syntax(path + "[" + i + "]", keys.get(i), Syntax.qualifiedName(keys.get(i)));
        }
    }

    private static void hostProcess(Place place, List<String> words, FieldErrors errors) {
        KubeObject spec = KubeObject.of(place.root());
        Object pod = spec.at("securityContext", "windowsOptions", "hostProcess");
        int all = 0;
        int host = 0;
        for (String list : List.of("initContainers", "containers")) {
            List<Map<String, Object>> containers = spec.maps(list);
            for (int i = 0; i < containers.size(); i++) {
                Object own = KubeObject.of(containers.get(i)).at("securityContext", "windowsOptions", "hostProcess");
                all++;
                host += Boolean.TRUE.equals(own == null ? pod : own) ? 1 : 0;
                if (pod != null && own != null && !pod.equals(own)) {
                    errors.invalid(
                            place.path() + "." + list + "[" + i + "].securityContext.windowsOptions.hostProcess",
                            own,
                            "pod hostProcess value must be identical if both are specified, was " + pod);
                }
            }
        }
        if (host > 0 && host != all) {
            errors.invalid(
                    place.path(),
                    "",
                    "If pod contains any hostProcess containers then all containers must be HostProcess containers");
        }
        if (host > 0 && !spec.flag("hostNetwork")) {
            errors.invalid(
                    place.path() + ".hostNetwork",
                    false,
                    "hostNetwork must be true if pod contains any hostProcess containers");
        }
    }

    private static void sysctl(Place place, List<String> words, FieldErrors errors) {
        KubeObject spec = KubeObject.of(place.root());
        String name = place.text().replace('/', '.');
        if (spec.flag("hostNetwork") && NET.contains(name.split("\\.", 2)[0])) {
            errors.invalid(place.path(), place.text(), "may not be specified when 'hostNetwork' is true");
        } else if (spec.flag("hostIPC") && IPC.stream().anyMatch(name::startsWith)) {
            errors.invalid(place.path(), place.text(), "may not be specified when 'hostIPC' is true");
        }
    }

    private static void fileKeys(Place place, List<String> words, FieldErrors errors) {
        KubeObject spec = KubeObject.of(place.root());
        for (String list : List.of("initContainers", "containers")) {
            List<Map<String, Object>> containers = spec.maps(list);
            for (int i = 0; i < containers.size(); i++) {
                List<Map<String, Object>> env = KubeObject.of(containers.get(i)).maps("env");
                for (int j = 0; j < env.size(); j++) {
                    KubeObject variable = KubeObject.of(env.get(j));
                    if (variable.at("valueFrom", "fileKeyRef") != null) {
                        fileKey(
                                spec,
                                variable.text("valueFrom", "fileKeyRef", "volumeName"),
                                place.path() + "." + list + "[" + i + "].env[" + j
                                        + "].valueFrom.fileKeyRef.volumeName",
                                errors);
                    }
                }
            }
        }
    }

    private static void fileKey(KubeObject spec, String name, String path, FieldErrors errors) {
        List<Map<String, Object>> found = spec.maps("volumes").stream()
                .filter(each -> name.equals(each.get("name")))
                .toList();
        if (found.isEmpty()) {
            errors.notFound(path, name);
        } else if (!found.get(0).containsKey("emptyDir")) {
            errors.invalid(path, name, "referenced volume must be of type emptyDir");
        }
    }
}
