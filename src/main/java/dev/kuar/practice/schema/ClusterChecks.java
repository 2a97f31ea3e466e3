package dev.kuar.practice.schema;

import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.schema.RuleRun.Place;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is asked of networks, drivers, signers, autoscalers and the flow of requests. */
final class ClusterChecks extends CheckSet {
    private static final String KEPT = "field is immutable";

    ClusterChecks() {
        networks();
        drivers();
        flows();
        value("signer-name", (place, words, errors) -> signer(place, errors));
        value("scale-target", (place, words, errors) -> target(place, errors));
        // FIELD...: where not just one of them is set, those that the type does not call for are too many.
        value("metric-sources", (place, words, errors) -> {
            List<String> set =
                    words.stream().filter(place.object().tree()::containsKey).toList();
            String type = place.object().text("type");
            if (set.size() > 1) {
                set.stream()
                        .filter(each -> !each.equalsIgnoreCase(type))
                        .forEach(each -> errors.forbidden(
                                place.path() + "." + each, "must populate the given metric source only"));
            }
        });
    }

    private static void target(Place place, FieldErrors errors) {
        KubeObject target = place.object();
        KubeObject old = place.old() instanceof Map<?, ?> map ? KubeObject.of(cast(map)) : KubeObject.of(Map.of());
        String version = target.text("apiVersion");
        if (place.old() != null
                && old.text("apiVersion").equals(version)
                && old.kind().equals(target.kind())) {
            return;
        }
        if (version.chars().filter(each -> each == '/').count() > 1) {
            errors.invalid(place.path() + ".apiVersion", version, "unexpected GroupVersion string: " + version);
        } else if (version.indexOf('/') <= 0 && !target.kind().equals("ReplicationController")) {
            errors.invalid(place.path() + ".apiVersion", version, "apiVersion must specify API group");
        }
    }

    private void networks() {
        // Shows the port in place of the end, as upstream does.
        value("end-port", (place, words, errors) -> {
            if (place.value() instanceof Long end && place.holder().get("port") instanceof Long port && end < port) {
                errors.invalid(place.path(), port, "must be greater than or equal to `port`");
            }
        });
        put("service-ranges", ClusterChecks::ranges);
        put("service-ranges-kept", (place, words, errors) -> {
            List<?> now = list(place.value());
            List<?> old = list(place.old());
            if (old.size() != now.size() && (old.size() != 1 || now.size() != 2)) {
                errors.invalid(place.path(), now, KEPT);
                return;
            }
            for (int i = 0; i < old.size(); i++) {
                if (!Objects.equals(now.get(i), old.get(i))) {
                    errors.invalid(place.path() + "[" + i + "]", now.get(i), KEPT);
                }
            }
            if (old.size() != now.size()) {
                ranges(place, words, errors);
            }
        });
        // Go has an empty name where none is set.
        put("slice-port-name", (place, words, errors) -> {
            if (place.earlier().stream()
                    .map(each -> each instanceof Map<?, ?> map
                            ? KubeObject.of(cast(map)).text("name")
                            : "")
                    .anyMatch(place.text()::equals)) {
                errors.duplicate(place.path(), place.text());
            }
        });
    }

    private static List<?> list(@Nullable Object value) {
        return value instanceof List<?> list ? list : List.of();
    }

    private static void ranges(Place place, List<String> words, FieldErrors errors) {
        List<String> ranges = list(place.value()).stream().map(String::valueOf).toList();
        if (ranges.isEmpty()) {
            errors.required(place.path(), "at least one CIDR required");
            return;
        }
        if (ranges.size() > 2) {
            errors.invalid(place.path(), Map.of("CIDRs", ranges), "may only hold up to 2 values");
            return;
        }
        for (int i = 0; i < ranges.size(); i++) {
            errors.syntax(place.path() + "[" + i + "]", ranges.get(i), Addresses.wrongCidr(ranges.get(i)));
        }
        if (ranges.size() == 2
                && ranges.stream().allMatch(Addresses::isCidr)
                && ranges.get(0).contains(":") == ranges.get(1).contains(":")) {
            errors.invalid(
                    place.path(),
                    ranges,
                    "may specify no more than one IP for each IP family, i.e 192.168.0.0/24 and 2001:db8::/64");
        }
    }

    private void drivers() {
        value("token-requests", (place, words, errors) -> {
            Set<String> audiences = new HashSet<>();
            List<?> requests = list(place.value());
            for (int i = 0; i < requests.size(); i++) {
                KubeObject request = KubeObject.of(requests.get(i) instanceof Map<?, ?> map ? cast(map) : Map.of());
                String path = place.path() + "[" + i + "].";
                if (!audiences.add(request.text("audience"))) {
                    errors.duplicate(path + "audience", request.text("audience"));
                } else if (request.at("expirationSeconds") instanceof Long seconds) {
                    if (seconds < 600) {
                        errors.invalid(
                                path + "expirationSeconds", seconds, "may not specify a duration less than 10 minutes");
                    }
                    if (seconds > 1L << 32) {
                        errors.invalid(
                                path + "expirationSeconds",
                                seconds,
                                "may not specify a duration larger than 2^32 seconds");
                    }
                }
            }
        });
        value("unique-toleration", (place, words, errors) -> {
            if (place.earlier().stream().anyMatch(each -> alike(each, place.value()))) {
                errors.duplicateShown(place.path(), GoStructs.line("Toleration", place.value()));
            }
        });
        value("node-id", (place, words, errors) -> {
            if (Syntax.bytes(place.text()) > 256) {
                errors.invalid(place.path(), place.text(), "must be 256 characters or less");
            }
        });
        value("topology-keys", (place, words, errors) -> {
            Set<String> seen = new HashSet<>();
            for (String key : place.object().texts("topologyKeys")) {
                if (key.isEmpty()) {
                    errors.required(place.path(), "");
                }
                if (!seen.add(key)) {
                    errors.duplicate(place.path(), key);
                }
                errors.syntax(place.path(), key, Syntax.qualifiedName(key));
            }
        });
        value("csi-drivers-kept", (place, words, errors) -> {
            for (Object was : list(place.old())) {
                for (Object now : list(place.value())) {
                    if (was instanceof Map<?, ?> old
                            && now instanceof Map<?, ?> map
                            && Objects.equals(old.get("name"), map.get("name"))
                            && !old.equals(map)) {
                        errors.invalidShown("CSINodeDriver", GoStructs.line("CSINodeDriver", map), KEPT);
                    }
                }
            }
        });
    }

    private static boolean alike(Object one, @Nullable Object other) {
        return one instanceof Map<?, ?> a
                && other instanceof Map<?, ?> b
                && List.of("key", "operator", "value", "effect").stream()
                        .allMatch(each -> Objects.equals(a.get(each), b.get(each)));
    }

    private void flows() {
        // WORD TEXT...: all are among those, or the first alone is there.
        value("subset", (place, words, errors) -> {
            List<?> all = list(place.value());
            if (!all.contains(words.get(0)) && !words.containsAll(all)) {
                errors.unsupported(place.path(), all, words);
            }
        });
        value("namespace-or-all", (place, words, errors) -> {
            if (!place.text().equals("*")) {
                Syntax.label(place.text())
                        .forEach(each -> errors.invalid(
                                place.path(),
                                place.text(),
                                "each member of this list must be '*' or a DNS-1123 label; " + each));
            }
        });
        value("url-path", (place, words, errors) -> {
            String path = place.text();
            if (path.isEmpty()) {
                errors.invalid(place.path(), path, "must not be empty");
            } else if (path.equals("/") || path.equals("*")) {
                return;
            } else if (!path.startsWith("/")) {
                errors.invalid(place.path(), path, "must start with slash");
            } else if (path.contains(" ")) {
                errors.invalid(place.path(), path, "must not contain white-space");
            } else if (path.contains("//")) {
                errors.invalid(place.path(), path, "must not contain double slash");
            } else if (path.indexOf('*') >= 0 && !path.matches("[^*]*/\\*")) {
                errors.invalid(place.path(), path, "wildcard can only do suffix matching");
            }
        });
        value("queue-hand", (place, words, errors) -> {
            if (place.value() instanceof Long hand
                    && place.holder().get("queues") instanceof Long queues
                    && hand > queues) {
                errors.invalid(place.path(), hand, "should not be greater than queues (" + queues + ")");
            }
        });
    }

    private static void signer(Place place, FieldErrors errors) {
        if (place.text().isEmpty()) {
            return;
        }
        List<String> segments = List.of(place.text().split("/", -1));
        if (segments.size() != 2) {
            errors.invalid(
                    place.path(),
                    place.text(),
                    "must be a fully qualified domain and path of the form 'example.com/signer-name'");
            return;
        }
        if (segments.get(0).length() > 253) {
            errors.tooLong(place.path(), 253);
        }
        labels(place, segments.get(0), true, errors);
        if (!segments.get(0).contains(".")) {
            errors.invalid(
                    place.path(), segments.get(0), "should be a domain with at least two segments separated by dots");
        }
        labels(place, segments.get(1), false, errors);
        if (place.text().length() > 571) {
            errors.tooLong(place.path(), 571);
        }
    }

    /** Complains of the first part between dots that is wrong. */
    private static void labels(Place place, String segment, boolean domain, FieldErrors errors) {
        for (String label : segment.split("\\.", -1)) {
            List<String> wrong = domain ? Syntax.label(label) : Syntax.subdomain(label);
            wrong.forEach(each -> errors.invalid(
                    place.path(), segment, "validating label " + FieldErrors.shown(label) + ": " + each));
            if (!wrong.isEmpty()) {
                return;
            }
        }
    }
}
