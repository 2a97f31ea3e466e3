package dev.kuar.practice.schema;

import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.Quantity;
import dev.kuar.practice.schema.RuleRun.Place;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What is asked of a container that no line of a rule file can say. */
final class ContainerChecks extends CheckSet {
    private static final Set<String> RESOURCES = Set.of(
            "limits.cpu",
            "limits.ephemeral-storage",
            "limits.memory",
            "requests.cpu",
            "requests.ephemeral-storage",
            "requests.memory");

    ContainerChecks() {
        // LIST...: its name is its own among the containers before and those of the other lists.
        value("container-name", (place, words, errors) -> {
            boolean taken = place.earlier("name").contains(place.value());
            for (String list : words.subList(1, words.size())) {
                taken |= KubeObject.of(place.root()).maps(list).stream()
                        .anyMatch(each -> place.given().equals(each.get("name")));
            }
            if (taken && !place.isEmpty()) {
                errors.duplicate(place.path(), place.value());
            }
        });
        value("fresh-port-name", (place, words, errors) -> {
            List<String> wrong = place.isEmpty() ? List.of() : Syntax.portName(place.text());
            errors.syntax(place.path(), place.text(), wrong);
            if (wrong.isEmpty() && !place.isEmpty() && place.earlier("name").contains(place.value())) {
                errors.duplicate(place.path(), place.value());
            }
        });
        put("env-sources", ContainerChecks::sources);
        value("field-ref", ContainerChecks::fieldRef);
        value("resource-ref", ContainerChecks::resourceRef);
        value("mounts", ContainerChecks::mounts);
        value("devices", ContainerChecks::devices);
        value("resize-policies", ContainerChecks::resizePolicies);
        value("resource-claims", ContainerChecks::claims);
        value("sleep", ContainerChecks::sleep);
        value("stop-signal", (place, words, errors) -> {
            String os = KubeObject.of(place.root()).text("os", "name");
            if (os.isEmpty()) {
                errors.forbidden(place.path(), "may not be set for containers with empty `spec.os.name`");
            } else if (os.equals("windows") && !Set.of("SIGKILL", "SIGTERM").contains(place.text())) {
                errors.unsupported(place.path(), place.value(), List.of("SIGKILL", "SIGTERM"));
            }
        });
        value("ephemeral-target", (place, words, errors) -> {
            boolean known = List.of("containers", "initContainers").stream()
                    .flatMap(list -> KubeObject.of(place.root()).maps(list).stream())
                    .anyMatch(each -> place.given().equals(each.get("name")));
            if (!known && !place.isEmpty()) {
                errors.notFound(place.path(), place.value());
            }
        });
    }

    private static void sources(Place place, List<String> words, FieldErrors errors) {
        if (!(place.value() instanceof Map<?, ?> map)) {
            return;
        }
        long set = List.of("fieldRef", "resourceFieldRef", "configMapKeyRef", "secretKeyRef", "fileKeyRef").stream()
                .filter(map::containsKey)
                .count();
        if (set == 0) {
            errors.invalid(
                    place.path(),
                    "",
                    "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or"
                            + " `fileKeyRef`");
        } else if (!KubeObject.of(place.holder()).text("value").isEmpty()) {
            errors.invalid(place.path(), "", "may not be specified when `value` is not empty");
        } else if (set > 1) {
            errors.invalid(place.path(), "", "may not have more than one field specified at a time");
        }
    }

    private static void fieldRef(Place place, List<String> words, FieldErrors errors) {
        KubeObject ref = place.object();
        String field = ref.text("fieldPath");
        if (field.isEmpty()) {
            errors.required(place.path() + ".fieldPath", "");
            return;
        }
        int open = field.endsWith("']") ? field.indexOf("['") : -1;
        String path = open > 0 ? field.substring(0, open) : field;
        if (!FieldPaths.isKnown(path, open > 0)) {
            errors.invalid(
                    place.path() + ".fieldPath",
                    field,
                    "error converting fieldPath: field label "
                            + (open > 0 ? "does not support subscript: " : "not supported: ")
                            + field);
        } else if (open > 0) {
            String key = field.substring(open + 2, field.length() - 2);
            errors.syntax(place.path(), key, Syntax.qualifiedName(FieldPaths.key(path, key)));
        } else if (!words.contains(path)) {
            errors.unsupported(place.path() + ".fieldPath", path, words);
        }
    }

    private static void resourceRef(Place place, List<String> words, FieldErrors errors) {
        KubeObject ref = place.object();
        String resource = ref.text("resource");
        if (words.contains("of-volume") && ref.text("containerName").isEmpty()) {
            errors.required(place.path() + ".containerName", "");
        } else if (resource.isEmpty()) {
            errors.required(place.path() + ".resource", "");
        } else if (!RESOURCES.contains(resource) && !resource.matches("(limits|requests)\\.hugepages-.*")) {
            errors.unsupported(place.path() + ".resource", resource, List.copyOf(new TreeSet<>(RESOURCES)));
        }
        Object divisor = ref.at("divisor");
        if (divisor == null || Quantity.of(divisor).isZero()) {
            return;
        }
        String kind = resource.replaceAll("^(limits|requests)\\.|(?<=hugepages)-.*", "");
        String said = String.valueOf(divisor);
        if (kind.equals("cpu") && !said.matches("1m?")) {
            errors.invalid(
                    place.path() + ".divisor",
                    resource,
                    "only divisor's values 1m and 1 are supported with the cpu resource");
        } else if (Set.of("memory", "ephemeral-storage", "hugepages").contains(kind)
                && !said.matches("1([kMGTPE]|[KMGTPE]i)?")) {
            errors.invalid(
                    place.path() + ".divisor",
                    resource,
                    "only divisor's values 1, 1k, 1M, 1G, 1T, 1P, 1E, 1Ki, 1Mi, 1Gi, 1Ti, 1Pi, 1Ei are supported with"
                            + " the " + (kind.startsWith("eph") ? "local ephemeral storage" : kind) + " resource");
        }
    }

    private static void mounts(Place place, List<String> words, FieldErrors errors) {
        KubeObject container = KubeObject.of(place.holder());
        Set<String> volumes = VolumeChecks.names(place, errors);
        Set<String> paths = new HashSet<>();
        String list = place.path();
        List<Map<String, Object>> mounts = container.maps("volumeMounts");
        for (int i = 0; i < mounts.size(); i++) {
            KubeObject mount = KubeObject.of(mounts.get(i));
            String at = list + "[" + i + "]";
            String name = mount.text("name");
            String path = mount.text("mountPath");
            if (name.isEmpty()) {
                errors.required(at + ".name", "");
            }
            if (!volumes.contains(name)) {
                errors.notFound(at + ".name", name);
            }
            if (path.isEmpty()) {
                errors.required(at + ".mountPath", "");
            }
            if (!paths.add(path)) {
                errors.invalid(at + ".mountPath", path, "must be unique");
            }
            if (has(container, "volumeDevices", "name", name)) {
                errors.invalid(at + ".name", name, "must not already exist in volumeDevices");
            }
            if (has(container, "volumeDevices", "devicePath", path)) {
                errors.invalid(at + ".mountPath", path, "must not already exist as a path in volumeDevices");
            }
            MountChecks.paths(mount, at, list, errors);
            MountChecks.propagation(mount, container, list, errors);
            MountChecks.recursive(mount, list, errors);
        }
    }

    private static boolean has(KubeObject container, String list, String field, String value) {
        return container.maps(list).stream()
                .anyMatch(each -> value.equals(KubeObject.of(each).text(field)));
    }

    private static void devices(Place place, List<String> words, FieldErrors errors) {
        KubeObject container = KubeObject.of(place.holder());
        Set<String> volumes = VolumeChecks.names(place, errors);
        Set<String> paths = new HashSet<>();
        Set<String> names = new HashSet<>();
        List<Map<String, Object>> devices = container.maps("volumeDevices");
        for (int i = 0; i < devices.size(); i++) {
            KubeObject device = KubeObject.of(devices.get(i));
            String at = place.path() + "[" + i + "]";
            String name = device.text("name");
            String path = device.text("devicePath");
            if (name.isEmpty()) {
                errors.required(at + ".name", "");
            } else if (!names.add(name)) {
                errors.invalid(at + ".name", name, "must be unique");
            }
            if (!volumes.contains(name)) {
                errors.notFound(at + ".name", name);
            } else if (!VolumeChecks.isClaim(place, name)) {
                errors.invalid(
                        at + ".name",
                        name,
                        "can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode");
            }
            if (path.isEmpty()) {
                errors.required(at + ".devicePath", "");
            }
            if (paths.contains(path)) {
                errors.invalid(at + ".devicePath", path, "must be unique");
            }
            if (List.of(path.split("/", -1)).contains("..")) {
                errors.invalid(at + ".devicePath", path, "can not contain backsteps ('..')");
            } else {
                paths.add(path);
            }
            if (has(container, "volumeMounts", "name", name)) {
                errors.invalid(at + ".name", name, "must not already exist in volumeMounts");
            }
            if (has(container, "volumeMounts", "mountPath", path)) {
                errors.invalid(at + ".devicePath", path, "must not already exist as a path in volumeMounts");
            }
        }
    }

    private static void resizePolicies(Place place, List<String> words, FieldErrors errors) {
        Set<String> seen = new HashSet<>();
        List<?> list = place.value() instanceof List<?> all ? all : List.of();
        boolean never = KubeObject.of(place.root()).text("restartPolicy").equals("Never");
        for (int i = 0; i < list.size(); i++) {
            KubeObject policy = KubeObject.of(cast((Map<?, ?>) list.get(i)));
            String resource = policy.text("resourceName");
            String restart = policy.text("restartPolicy");
            if (!seen.add(resource)) {
                errors.duplicate(place.path() + "[" + i + "]", resource);
            }
            known(place.path(), resource, List.of("cpu", "memory"), errors);
            known(place.path(), restart, List.of("NotRequired", "RestartContainer"), errors);
            if (never && !restart.equals("NotRequired")) {
                errors.invalid(place.path(), restart, "must be 'NotRequired' when `restartPolicy` is 'Never'");
            }
        }
    }

    private static void known(String path, String value, List<String> supported, FieldErrors errors) {
        if (value.isEmpty()) {
            errors.required(path, "");
        }
        errors.oneOf(path, value, supported);
    }

    private static void claims(Place place, List<String> words, FieldErrors errors) {
        Set<String> known = new TreeSet<>();
        KubeObject.of(place.root())
                .maps("resourceClaims")
                .forEach(each -> known.add(KubeObject.of(each).text("name")));
        Set<String> seen = new HashSet<>();
        List<?> list = place.value() instanceof List<?> all ? all : List.of();
        for (int i = 0; i < list.size(); i++) {
            KubeObject claim = KubeObject.of(cast((Map<?, ?>) list.get(i)));
            String at = place.path() + "[" + i + "]";
            String name = claim.text("name");
            String request = claim.text("request");
            if (name.isEmpty()) {
                errors.required(at, "");
                continue;
            }
            if (!request.isEmpty()) {
                errors.syntax(at + ".request", request, Syntax.label(request));
            }
            String key = request.isEmpty() ? name : name + "/" + request;
            if (seen.contains(name) || !seen.add(key)) {
                errors.duplicate(at, key);
            }
            if (!known.contains(name)) {
                errors.notFound(
                        at,
                        name,
                        "must be one of the names in pod.spec.resourceClaims"
                                + (known.isEmpty() ? " which is empty" : ": " + String.join(", ", known)));
            }
        }
    }

    private static void sleep(Place place, List<String> words, FieldErrors errors) {
        long seconds = place.object().number(0, "seconds");
        KubeObject spec = KubeObject.of(place.root());
        long grace = spec.number(30, "terminationGracePeriodSeconds");
        if (seconds < 0 || seconds > grace) {
            errors.invalid(
                    place.path(),
                    seconds,
                    "must be non-negative and less than terminationGracePeriodSeconds (" + grace + ")");
        }
    }
}
