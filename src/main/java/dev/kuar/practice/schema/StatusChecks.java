package dev.kuar.practice.schema;

import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.Quantity;
import dev.kuar.practice.schema.RuleRun.Place;
import java.util.List;
import java.util.Map;

/** What is asked of statuses. */
final class StatusChecks extends CheckSet {
    StatusChecks() {
        // FIELD "text": a count that is no higher than the one beside it; none is zero.
        value("not-above-count", (place, words, errors) -> {
            long other = place.holder().get(words.get(0)) instanceof Long number ? number : 0;
            if (place.value() instanceof Long count && count > other) {
                errors.invalid(place.path(), count, words.get(1));
            }
        });
        // "text": a count that never goes down; none is zero.
        put("not-lowered", (place, words, errors) -> {
            long now = place.value() instanceof Long number ? number : 0;
            if (place.old() instanceof Long before && now < before) {
                errors.invalid(place.path(), now, word(words));
            }
        });
        put("namespace-phase", StatusChecks::namespacePhase);
        value("basic-quantity", (place, words, errors) -> {
            Quantity amount = Quantity.of(place.value());
            if (amount.compareTo(Quantity.ZERO) < 0) {
                errors.invalid(place.path(), amount.units(), "must be a valid resource quantity");
            }
        });
        value("node-address", (place, words, errors) -> {
            if (place.earlier().contains(place.value())) {
                KubeObject address = place.object();
                errors.duplicateShown(
                        place.path(),
                        "{\"Type\":\"" + address.text("type") + "\",\"Address\":\"" + address.text("address") + "\"}");
            }
        });
        put(
                "pod-status",
                (place, words, errors) ->
                        PodStatusRules.check(KubeObject.of(place.root()), KubeObject.of(place.before()), errors));
        put("job-status", (place, words, errors) -> new JobStatusRules(
                        KubeObject.of(place.root()), KubeObject.of(place.before()), errors)
                .check());
    }

    private static void namespacePhase(Place place, List<String> words, FieldErrors errors) {
        boolean terminating = KubeObject.of(place.root()).isTerminating();
        String wanted = terminating ? "Terminating" : "Active";
        if (!place.text().equals(wanted)) {
            errors.invalid(
                    place.path(),
                    place.text(),
                    "may only be '" + wanted + "' if `deletionTimestamp` is " + (terminating ? "not " : "") + "empty");
        }
    }

    /** Whether a condition of that type is true. */
    static boolean isTrue(KubeObject object, String type) {
        return is(object, type, "True");
    }

    static boolean is(KubeObject object, String type, String status) {
        for (Map<String, Object> condition : object.maps("status", "conditions")) {
            if (type.equals(condition.get("type"))) {
                return status.equals(condition.get("status"));
            }
        }
        return false;
    }
}
