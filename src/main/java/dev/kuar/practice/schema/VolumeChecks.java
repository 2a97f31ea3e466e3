package dev.kuar.practice.schema;

import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.Quantity;
import dev.kuar.practice.schema.RuleRun.Place;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** What is asked of volumes and claims that no line of a rule file can say. */
final class VolumeChecks extends CheckSet {
    private static final String ALONE = "ReadWriteOncePod";

    VolumeChecks() {
        put("volume-name", VolumeChecks::name);
        value("size-limit", (place, words, errors) -> {
            if (Quantity.of(place.value()).compareTo(Quantity.ZERO) < 0) {
                errors.forbidden(place.path(), "SizeLimit field must be a valid resource quantity");
            }
        });
        value("alone-mode", (place, words, errors) -> {
            if (place.value() instanceof List<?> modes
                    && modes.contains(ALONE)
                    && modes.stream().anyMatch(mode -> !mode.equals(ALONE) && AccessModes.ALL.contains(mode))) {
                errors.forbidden(place.path(), "may not use ReadWriteOncePod with other access modes");
            }
        });
        put("claim-storage", VolumeChecks::storage);
        put(
                "invalid-kind",
                (place, words, errors) -> errors.invalid(
                        place.path(), KubeObject.of(place.holder()).text("kind"), word(words)));
        put("data-sources", VolumeChecks::dataSources);
        value("projected-paths", VolumeChecks::projectedPaths);
    }

    private static void name(Place place, List<String> words, FieldErrors errors) {
        String name = place.text();
        if (name.isEmpty()) {
            errors.required(place.path(), "");
        } else {
            errors.syntax(place.path(), name, Syntax.label(name));
        }
        String list = place.path().substring(0, place.path().lastIndexOf('['));
        for (int i = 0; i < place.earlier().size(); i++) {
            if (place.earlier().get(i) instanceof Map<?, ?> other
                    && name.equals(other.get("name"))
                    && !errors.hasBelow(list + "[" + i + "]")) {
                errors.duplicate(place.path(), name);
                return;
            }
        }
    }

    /** The volumes that a container of the spec may mount: those that nothing is wrong with. */
    static Set<String> names(Place place, FieldErrors errors) {
        Set<String> names = new HashSet<>();
        List<Map<String, Object>> volumes = KubeObject.of(place.root()).maps("volumes");
        for (int i = 0; i < volumes.size(); i++) {
            if (!errors.hasBelow(place.base() + ".volumes[" + i + "]")) {
                names.add(KubeObject.of(volumes.get(i)).text("name"));
            }
        }
        return names;
    }

    /** Whether the volume of that name is one that a block device can be of. */
    static boolean isClaim(Place place, String name) {
        return KubeObject.of(place.root()).maps("volumes").stream()
                .filter(each -> name.equals(each.get("name")))
                .anyMatch(each -> each.containsKey("persistentVolumeClaim") || each.containsKey("ephemeral"));
    }

    private static void storage(Place place, List<String> words, FieldErrors errors) {
        String path = place.path() + "[storage]";
        Object size = place.value() instanceof Map<?, ?> map
                ? KubeObject.of(cast(map)).at("requests", "storage")
                : null;
        if (size == null) {
            errors.required(path, "");
        } else if (Quantity.of(size).compareTo(Quantity.ZERO) <= 0) {
            errors.invalid(path, size, "must be greater than zero");
        }
    }

    private static void dataSources(Place place, List<String> words, FieldErrors errors) {
        KubeObject spec = KubeObject.of(place.holder());
        if (spec.at("dataSource") == null) {
            return;
        }
        if (!spec.text("dataSourceRef", "namespace").isEmpty()) {
            errors.invalidShown(place.path(), "{}", "may not be specified when dataSourceRef.namespace is specified");
        } else if (spec.at("dataSourceRef") != null
                && List.of("apiGroup", "kind", "name").stream()
                        .anyMatch(field ->
                                !Objects.equals(spec.at("dataSource", field), spec.at("dataSourceRef", field)))) {
            errors.invalidShown(place.path(), "{}", "must match dataSourceRef");
        }
    }

    /** No two sources of a projected volume put a file at one place. */
    private static void projectedPaths(Place place, List<String> words, FieldErrors errors) {
        Set<String> seen = new HashSet<>();
        for (Map<String, Object> each : place.object().maps("sources")) {
            KubeObject source = KubeObject.of(each);
            for (String kind : List.of("secret", "configMap", "downwardAPI")) {
                for (Map<String, Object> item : source.maps(kind, "items")) {
                    String path = KubeObject.of(item).text("path");
                    if (!path.isEmpty() && !seen.add(path)) {
                        String shown = kind.equals("downwardAPI") ? path : source.text(kind, "name");
                        errors.invalid(place.path(), shown, "conflicting duplicate paths");
                    }
                }
            }
            if (source.at("serviceAccountToken") != null) {
                token(source.text("serviceAccountToken", "path"), place.path() + ".path", errors);
            }
            for (String[] field : List.of(
                    new String[] {"clusterTrustBundle", "path"},
                    new String[] {"podCertificate", "credentialBundlePath"},
                    new String[] {"podCertificate", "keyPath"},
                    new String[] {"podCertificate", "certificateChainPath"})) {
                String path = source.text(field);
                if (!path.isEmpty() && !seen.add(path)) {
                    errors.invalid(place.path(), path, "conflicting duplicate paths");
                }
            }
        }
    }

    private static void token(String path, String at, FieldErrors errors) {
        if (path.isEmpty()) {
            errors.required(at, "");
        } else {
            if (path.startsWith("/")) {
                errors.invalid(at, path, "must be a relative path");
            }
            if (List.of(path.split("/", -1)).contains("..")) {
                errors.invalid(at, path, "must not contain '..'");
            }
            if (path.startsWith("..") && !path.startsWith("../")) {
                errors.invalid(at, path, "must not start with '..'");
            }
        }
    }
}
