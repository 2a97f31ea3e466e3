package dev.kuar.practice.schema;

import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.schema.RuleRun.Place;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What is asked of what makes pods that no line of a rule file can say. */
final class WorkloadChecks extends CheckSet {
    WorkloadChecks() {
        // KIND: a selector that is there chooses something.
        value("empty-selector", (place, words, errors) -> {
            if (place.isEmpty()) {
                errors.invalid(place.path(), place.value(), "empty selector is invalid for " + word(words));
            }
        });
        // "text"
        value("bad-selector", (place, words, errors) -> {
            FieldErrors wrong = new FieldErrors();
            SelectorRules.check(place.object(), "", wrong);
            if (!wrong.causes().isEmpty()) {
                errors.invalid(place.path(), place.value(), word(words));
            }
        });
        put("selected", (place, words, errors) -> {
            KubeObject owner = KubeObject.of(place.holder());
            boolean chosen = owner.at("selector") != null
                    && chooses(owner.map("selector"), place.value(), owner.map("selector", "matchLabels"));
            selected(place, chosen, errors);
        });
        // A selector that is nothing but labels.
        put("selected-plainly", (place, words, errors) -> {
            Map<String, Object> wanted = KubeObject.of(place.holder()).map("selector");
            selected(place, wanted.isEmpty() || chooses(Map.of(), place.value(), wanted), errors);
        });
        value("rolling-deployment", WorkloadChecks::deployment);
        value("rolling-daemons", WorkloadChecks::daemons);
        value("rolling-stateful", WorkloadChecks::stateful);
        // FIELD "text"
        value("above", (place, words, errors) -> {
            long other = KubeObject.of(place.holder()).number(0, words.get(0));
            if (place.value() instanceof Long number && number <= other) {
                errors.invalid(place.path(), number, words.get(1));
            }
        });
        // "text" FIELD...: of a struct nothing else has changed.
        put("unchanged-but", (place, words, errors) -> {
            List<String> free = words.subList(1, words.size());
            if (!without(place.value(), free).equals(without(place.old(), free))) {
                errors.forbidden(place.path(), words.get(0));
            }
        });
    }

    private static Map<String, Object> without(@Nullable Object value, List<String> fields) {
        Map<String, Object> rest = value instanceof Map<?, ?> map ? KubeObject.copyOf(cast(map)) : Map.of();
        rest.keySet().removeAll(fields);
        return rest;
    }

    private static void selected(Place place, boolean chosen, FieldErrors errors) {
        if (!chosen) {
            errors.invalid(
                    place.path() + ".metadata.labels",
                    labels(place.value()),
                    "`selector` does not match template `labels`");
        }
    }

    private static @Nullable Object labels(@Nullable Object template) {
        return template instanceof Map<?, ?> map ? KubeObject.of(cast(map)).at("metadata", "labels") : null;
    }

    private static boolean chooses(
            Map<String, Object> selector, @Nullable Object template, Map<String, Object> wanted) {
        Map<String, Object> labels = labels(template) instanceof Map<?, ?> map ? cast(map) : Map.of();
        for (Map.Entry<String, Object> each : wanted.entrySet()) {
            if (!Objects.equals(labels.get(each.getKey()), each.getValue())) {
                return false;
            }
        }
        for (Map<String, Object> each : KubeObject.of(selector).maps("matchExpressions")) {
            KubeObject term = KubeObject.of(each);
            Object value = labels.get(term.text("key"));
            boolean in = value != null && term.texts("values").contains(value);
            boolean holds =
                    switch (term.text("operator")) {
                        case "In" -> in;
                        case "NotIn" -> !in;
                        case "Exists" -> value != null;
                        case "DoesNotExist" -> value == null;
                        // No selector comes of it, and so nothing that could match.
                        default -> true;
                    };
            if (!holds) {
                return false;
            }
        }
        return true;
    }

    private static void deployment(Place place, List<String> words, FieldErrors errors) {
        KubeObject strategy = place.object();
        String path = place.path() + ".rollingUpdate";
        switch (strategy.text("type")) {
            case "Recreate" -> {
                if (strategy.at("rollingUpdate") != null) {
                    errors.forbidden(path, "may not be specified when strategy `type` is 'Recreate'");
                }
            }
            case "RollingUpdate" -> {
                Object unavailable = strategy.at("rollingUpdate", "maxUnavailable");
                Object surge = strategy.at("rollingUpdate", "maxSurge");
                NumberChecks.countOrPercent(path + ".maxUnavailable", unavailable, errors);
                NumberChecks.countOrPercent(path + ".maxSurge", surge, errors);
                if (amount(unavailable) == 0 && amount(surge) == 0) {
                    errors.invalid(path + ".maxUnavailable", unavailable, "may not be 0 when `maxSurge` is 0");
                }
                NumberChecks.atMostAll(path + ".maxUnavailable", unavailable, errors);
            }
            default ->
                errors.unsupportedShown(
                        place.path(),
                        GoStructs.line("DeploymentStrategy", place.value()),
                        List.of("Recreate", "RollingUpdate"));
        }
    }

    private static void daemons(Place place, List<String> words, FieldErrors errors) {
        KubeObject strategy = place.object();
        String path = place.path() + ".rollingUpdate";
        switch (strategy.text("type")) {
            case "OnDelete" -> {}
            case "RollingUpdate" -> {
                Object unavailable = strategy.at("rollingUpdate", "maxUnavailable");
                Object surge = strategy.at("rollingUpdate", "maxSurge");
                NumberChecks.countOrPercent(path + ".maxUnavailable", unavailable, errors);
                NumberChecks.countOrPercent(path + ".maxSurge", surge, errors);
                NumberChecks.atMostAll(path + ".maxUnavailable", unavailable, errors);
                NumberChecks.atMostAll(path + ".maxSurge", surge, errors);
                if (amount(unavailable) != 0 && amount(surge) != 0) {
                    errors.invalid(path + ".maxSurge", surge, "may not be set when maxUnavailable is non-zero");
                } else if (amount(unavailable) == 0 && amount(surge) == 0) {
                    errors.required(path + ".maxUnavailable", "cannot be 0 when maxSurge is 0");
                }
            }
            default ->
                errors.unsupportedShown(
                        place.path(),
                        GoStructs.line("DaemonSetUpdateStrategy", place.value()),
                        List.of("RollingUpdate", "OnDelete"));
        }
    }

    private static void stateful(Place place, List<String> words, FieldErrors errors) {
        KubeObject strategy = place.object();
        String path = place.path() + ".rollingUpdate";
        Object rolling = strategy.at("rollingUpdate");
        switch (strategy.text("type")) {
            case "OnDelete" -> {
                if (rolling != null) {
                    errors.invalidShown(
                            path,
                            GoStructs.line("RollingUpdateStatefulSetStrategy", rolling),
                            "only allowed for updateStrategy 'RollingUpdate'");
                }
            }
            case "RollingUpdate" -> {
                errors.atLeast(path + ".partition", strategy.at("rollingUpdate", "partition"), 0);
                Object unavailable = strategy.at("rollingUpdate", "maxUnavailable");
                NumberChecks.countOrPercent(path + ".maxUnavailable", unavailable, errors);
                if (unavailable != null && amount(unavailable) == 0) {
                    errors.invalid(path + ".maxUnavailable", unavailable, "cannot be 0");
                }
                NumberChecks.atMostAll(path + ".maxUnavailable", unavailable, errors);
            }
            default ->
                errors.invalidShown(
                        place.path(),
                        GoStructs.line("StatefulSetUpdateStrategy", place.value()),
                        "must be 'RollingUpdate' or 'OnDelete'");
        }
    }

    /** A count, or the number of a percentage. */
    private static long amount(@Nullable Object value) {
        String digits = String.valueOf(value == null ? "" : value).replaceFirst("%$", "");
        return digits.matches("-?\\d{1,9}") ? Long.parseLong(digits) : 0;
    }
}
