package dev.kuar.practice.schema;

import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.schema.RuleRun.Place;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/** What webhooks and policies of admission are asked. */
final class AdmissionChecks extends CheckSet {
    AdmissionChecks() {
        webhooks();
        policies();
    }

    private void webhooks() {
        put("full-name", (place, words, errors) -> {
            List<String> wrong = Syntax.subdomain(place.text());
            if (place.text().isEmpty()) {
                errors.required(place.path(), "");
            } else if (!wrong.isEmpty()) {
                errors.invalid(place.path(), place.text(), String.join(",", wrong));
            } else if (place.text().split("\\.", -1).length < 3) {
                errors.invalid(
                        place.path(),
                        place.text(),
                        "should be a domain with at least three segments separated by dots");
            }
        });
        value("webhook-url", (place, words, errors) -> WebhookAddress.url(place.path(), place.text(), errors));
        value("webhook-path", (place, words, errors) -> WebhookAddress.path(place.path(), place.text(), errors));
        // VERSION...: those that are understood.
        value("review-versions", (place, words, errors) -> {
            List<String> versions = texts(place);
            Set<String> seen = new HashSet<>();
            for (int i = 0; i < versions.size(); i++) {
                String path = place.path() + "[" + i + "]";
                if (seen.add(versions.get(i))) {
                    errors.syntax(path, versions.get(i), Syntax.dns1035(versions.get(i)));
                } else {
                    errors.invalid(path, versions.get(i), "duplicate version");
                }
            }
            if (!versions.isEmpty() && words.stream().noneMatch(versions::contains)) {
                errors.invalid(place.path(), place.value(), "must include at least one of " + String.join(", ", words));
            }
        });
        value("rule-resources", (place, words, errors) -> resources(place, texts(place), errors));
    }

    private static List<String> texts(Place place) {
        return place.value() instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    private static void resources(Place place, List<String> resources, FieldErrors errors) {
        Set<String> whole = new HashSet<>();
        Set<String> parts = new HashSet<>();
        boolean plain = false;
        for (int i = 0; i < resources.size(); i++) {
            String path = place.path() + "[" + i + "]";
            String resource = resources.get(i);
            int slash = resource.indexOf('/');
            if (resource.isEmpty()) {
                errors.required(path, "");
            } else if (slash < 0) {
                plain = !resource.equals("*");
            } else {
                String name = resource.substring(0, slash);
                String part = resource.substring(slash + 1);
                if (whole.contains(name)) {
                    errors.invalid(path, resource, "if '" + name + "/*' is present, must not specify " + resource);
                }
                if (parts.contains(part)) {
                    errors.invalid(path, resource, "if '*/" + part + "' is present, must not specify " + resource);
                }
                if (part.equals("*")) {
                    whole.add(name);
                }
                if (name.equals("*")) {
                    parts.add(part);
                }
            }
        }
        if (resources.size() > 1 && resources.contains("*/*")) {
            errors.invalid(place.path(), place.value(), "if '*/*' is present, must not specify other resources");
        }
        if (resources.contains("*") && plain) {
            errors.invalid(
                    place.path(),
                    place.value(),
                    "if '*' is present, must not specify other resources without subresources");
        }
    }

    private void policies() {
        value("cel-name", (place, words, errors) -> {
            if (!place.text().isEmpty()
                    && (!place.text().matches("[_a-zA-Z][_a-zA-Z0-9]*") || CelWords.RESERVED.contains(place.text()))) {
                errors.invalid(place.path(), place.text(), "name is not a valid CEL identifier");
            }
        });
        value("param-version", (place, words, errors) -> version(place, errors));
        value("mixed-case-dns1035", (place, words, errors) -> {
            List<String> wrong = Syntax.dns1035(place.text().toLowerCase(Locale.ROOT));
            if (!place.text().isEmpty() && !wrong.isEmpty()) {
                errors.invalid(
                        place.path(),
                        place.text(),
                        "may have mixed case, but should otherwise match: " + String.join(",", wrong));
            }
        });
        value("blank", (place, words, errors) -> {
            if (!place.text().isEmpty() && place.text().isBlank()) {
                errors.invalid(place.path(), place.text(), words.get(0));
            }
        });
        value("one-line", (place, words, errors) -> {
            if (place.text().strip().matches("(?s).*[\\n\\r].*")) {
                errors.invalid(place.path(), place.text(), words.get(0));
            }
        });
        // The key of an annotation, which begins with the policy's name.
        put("audit-key", (place, words, errors) -> {
            String name = KubeObject.of(place.root()).name();
            if (name.isEmpty()) {
                errors.invalid(place.path(), place.text(), "requires metadata.name be non-empty");
            } else {
                String key = name + "/" + place.text();
                errors.syntax(place.path(), key, Syntax.qualifiedName(key));
            }
        });
    }

    private static void version(Place place, FieldErrors errors) {
        List<String> parts = List.of(place.text().split("/", -1));
        if (place.text().isEmpty()) {
            return;
        }
        if (parts.size() > 2) {
            errors.invalid(place.path(), place.text(), "unexpected GroupVersion string: " + place.text());
            return;
        }
        String group = parts.size() == 2 ? parts.get(0) : "";
        String version = Objects.requireNonNull(parts.get(parts.size() - 1));
        List<String> wrong = group.isEmpty() ? List.of() : Syntax.subdomain(group);
        if (!wrong.isEmpty()) {
            errors.invalid(place.path(), group, String.join(",", wrong));
        }
        if (version.isEmpty()) {
            errors.invalid(place.path(), place.text(), "version must be specified");
        } else if (!Syntax.dns1035(version).isEmpty()) {
            errors.invalid(place.path(), version, String.join(",", Syntax.dns1035(version)));
        }
    }
}
