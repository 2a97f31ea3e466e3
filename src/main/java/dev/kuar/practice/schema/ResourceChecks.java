package dev.kuar.practice.schema;

import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.Quantity;
import dev.kuar.practice.schema.RuleRun.Place;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What pods and their containers may ask for and are held to. */
final class ResourceChecks extends CheckSet {
    ResourceChecks() {
        // container, pod or overhead, of which the last is a list of limits.
        value("resources", (place, words, errors) -> {
            Map<?, ?> map = place.value() instanceof Map<?, ?> given ? given : Map.of();
            if (word(words).equals("overhead")) {
                new Check(false, Map.of(), cast(map), place.path() + ".limits", "", errors).run();
            } else {
                KubeObject resources = KubeObject.of(cast(map));
                new Check(
                                word(words).equals("pod"),
                                resources.map("requests"),
                                resources.map("limits"),
                                place.path() + ".limits",
                                place.path() + ".requests",
                                errors)
                        .run();
                if (pagesAlone(resources)) {
                    errors.forbidden(place.path(), "HugePages require cpu or memory");
                }
            }
        });
        value("pod-level-resources", ResourceChecks::podLevel);
    }

    private static boolean pagesAlone(KubeObject resources) {
        boolean pages = false;
        for (String list : List.of("limits", "requests")) {
            Map<String, Object> asked = resources.map(list);
            if (asked.containsKey("cpu") || asked.containsKey("memory")) {
                return false;
            }
            pages |= asked.keySet().stream().anyMatch(ResourceNames::isPages);
        }
        return pages;
    }

    /** Upstream's walk over limits, then over requests. */
    private record Check(
            boolean ofPod,
            Map<String, Object> requests,
            Map<String, Object> limits,
            String limitPath,
            String requestPath,
            FieldErrors errors) {
        void run() {
            limits.forEach((name, value) -> one(name, value, limitPath + "[" + name + "]"));
            requests.forEach((name, value) -> {
                String path = requestPath + "[" + name + "]";
                amount(name, value, path);
                Object limit = limits.get(name);
                boolean equal = !ResourceNames.isOvercommitted(name);
                Quantity asked = Quantity.of(value);
                if (limit != null && equal && asked.compareTo(Quantity.of(limit)) != 0) {
                    errors.invalid(requestPath, value, "must be equal to " + name + " limit of " + limit);
                } else if (limit != null && asked.compareTo(Quantity.of(limit)) > 0) {
                    errors.invalid(requestPath, value, "must be less than or equal to " + name + " limit of " + limit);
                } else if (limit == null && equal) {
                    errors.required(limitPath, "Limit must be set for non overcommitable resources");
                }
                pages(name, value, path);
            });
        }

        private void one(String name, Object value, String path) {
            amount(name, value, path);
            pages(name, value, path);
        }

        private void amount(String name, Object value, String path) {
            if (ofPod) {
                ResourceNames.pod(name, path, errors);
            } else {
                ResourceNames.container(name, path, errors);
            }
            ResourceNames.amount(name, value, path, errors);
        }

        private void pages(String name, Object value, String path) {
            if (ResourceNames.isPages(name) && !ResourceNames.isWholePages(name, value)) {
                errors.invalid(path, value, value + " is not positive integer multiple of " + name);
            }
        }
    }

    /** What the containers ask for together fits into what the pod asks for. */
    private static void podLevel(Place place, List<String> words, FieldErrors errors) {
        KubeObject resources = place.object();
        KubeObject spec = KubeObject.of(place.root());
        Map<String, Quantity> sums = new TreeMap<>();
        for (Map<String, Object> container : spec.maps("containers")) {
            KubeObject.of(container)
                    .map("resources", "requests")
                    .forEach((name, value) -> sums.merge(name, Quantity.of(value), Quantity::plus));
        }
        sums.forEach((name, sum) -> {
            Object own = resources.at("requests", name);
            if (own != null && sum.compareTo(Quantity.of(own)) > 0) {
                errors.invalid(
                        place.path() + ".requests[" + name + "]",
                        own,
                        "must be greater than or equal to aggregate container requests of " + sum);
            }
        });
        List<Map<String, Object>> containers = spec.maps("containers");
        for (int i = 0; i < containers.size(); i++) {
            String path = place.path() + ".containers[" + i + "]";
            KubeObject.of(containers.get(i)).map("resources", "limits").forEach((name, value) -> {
                Object own = resources.at("limits", name);
                if (own != null && Quantity.of(value).compareTo(Quantity.of(own)) > 0) {
                    errors.invalid(
                            path + "[" + name + "].limits",
                            value,
                            "must be less than or equal to pod limits of " + own);
                }
            });
        }
    }
}
