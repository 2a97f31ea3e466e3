package dev.kuar.practice.schema;

import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.schema.RuleRun.Place;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What is asked of quotas, namespaces and nodes that no line of a rule file can say. */
final class QuotaChecks extends CheckSet {
    private static final Set<String> SCOPES = Set.of(
            "Terminating",
            "NotTerminating",
            "BestEffort",
            "NotBestEffort",
            "PriorityClass",
            "CrossNamespacePodAffinity",
            "VolumeAttributesClass");
    private static final Set<String> OF_PODS =
            Set.of("pods", "cpu", "memory", "limits.cpu", "limits.memory", "requests.cpu", "requests.memory");
    private static final Set<String> OF_CLAIMS = Set.of("persistentvolumeclaims", "requests.storage");

    QuotaChecks() {
        put("quota-scopes", QuotaChecks::scopes);
        put("immutable-set", (place, words, errors) -> {
            if (!set(place.value()).equals(set(place.old()))) {
                errors.invalid(place.path(), place.value(), "field is immutable");
            }
        });
        value("namespace-finalizer", (place, words, errors) -> {
            errors.syntax(place.path(), place.text(), Syntax.qualifiedName(place.text()));
            if (!place.text().contains("/") && !MetadataRules.FINALIZERS.contains(place.text())) {
                errors.invalid(
                        place.path(),
                        place.text(),
                        "name is neither a standard finalizer name nor is it fully qualified");
            }
        });
        put("taint-twice", QuotaChecks::taintTwice);
        put("node-kept", QuotaChecks::nodeKept);
    }

    private static Set<Object> set(@Nullable Object value) {
        return value instanceof List<?> list ? new HashSet<>(list) : Set.of();
    }

    private static void scopes(Place place, List<String> words, FieldErrors errors) {
        KubeObject spec = KubeObject.of(place.holder());
        Set<String> hard = new TreeSet<>(spec.map("hard").keySet());
        List<String> scopes = spec.texts("scopes");
        for (String scope : scopes) {
            if (!SCOPES.contains(scope)) {
                errors.invalid(place.path() + ".scopes", scopes, "unsupported scope");
            }
            for (String name : hard) {
                if (ResourceNames.isQuota(name) && !counts(scope, name)) {
                    errors.invalid(place.path() + ".scopes", scopes, "unsupported scope applied to resource");
                }
            }
        }
        conflicts(scopes, scopes, place.path() + ".scopes", errors);
        String path = place.path() + ".scopeSelector.matchExpressions";
        List<String> selected = new ArrayList<>();
        for (Map<String, Object> each : spec.maps("scopeSelector", "matchExpressions")) {
            String scope = KubeObject.of(each).text("scopeName");
            selected.add(scope);
            for (String name : hard) {
                if (ResourceNames.isQuota(name) && !counts(scope, name)) {
                    errors.invalidShown(
                            path,
                            GoStructs.line("ScopeSelector", spec.at("scopeSelector")),
                            "unsupported scope applied to resource");
                }
            }
        }
        conflicts(selected, spec.at("scopes"), path, errors);
    }

    private static boolean counts(String scope, String resource) {
        return switch (scope) {
            case "BestEffort" -> resource.equals("pods");
            case "VolumeAttributesClass" -> OF_CLAIMS.contains(resource);
            default -> !SCOPES.contains(scope) || OF_PODS.contains(resource);
        };
    }

    private static void conflicts(List<String> scopes, @Nullable Object shown, String path, FieldErrors errors) {
        for (List<String> pair :
                List.of(List.of("BestEffort", "NotBestEffort"), List.of("Terminating", "NotTerminating"))) {
            if (scopes.containsAll(pair)) {
                errors.invalid(path, shown, "conflicting scopes");
            }
        }
    }

    private static void taintTwice(Place place, List<String> words, FieldErrors errors) {
        KubeObject taint = KubeObject.of(place.holder());
        for (Object each : place.earlier()) {
            KubeObject other = each instanceof Map<?, ?> map ? KubeObject.of(cast(map)) : KubeObject.of(Map.of());
            if (other.text("key").equals(taint.text("key"))
                    && other.text("effect").equals(taint.text("effect"))) {
                errors.duplicateShown(
                        place.path(),
                        GoStructs.line("Taint", place.holder()) + ": taints must be unique by key and effect pair");
                return;
            }
        }
    }

    private static void nodeKept(Place place, List<String> words, FieldErrors errors) {
        KubeObject now = KubeObject.of(place.root());
        KubeObject old = KubeObject.of(place.before());
        List<String> before = old.texts("spec", "podCIDRs");
        List<String> ranges = now.texts("spec", "podCIDRs");
        if (!before.isEmpty() && !before.equals(ranges)) {
            errors.forbidden("spec.podCIDRs", "node updates may not change podCIDR except from \"\" to valid");
        }
        String provider = old.text("spec", "providerID");
        if (!provider.isEmpty() && !Objects.equals(provider, now.text("spec", "providerID"))) {
            errors.forbidden("spec.providerID", "node updates may not change providerID except from \"\" to valid");
        }
    }
}
