package dev.kuar.practice.schema;

import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.schema.RuleRun.Place;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** What is asked of jobs and cron jobs that no line of a rule file can say. */
final class JobChecks extends CheckSet {
    private static final long MANY = 100_000;
    private static final long FEW = 10_000;

    JobChecks() {
        value("many-completions", JobChecks::many);
        value("failing-container", (place, words, errors) -> {
            KubeObject spec = KubeObject.of(place.root());
            boolean known = List.of("containers", "initContainers").stream()
                    .flatMap(list -> spec.maps("template", "spec", list).stream())
                    .anyMatch(each -> place.given().equals(each.get("name")));
            if (!known) {
                errors.invalid(
                        place.path(),
                        place.value(),
                        "must be one of the container or initContainer names in the pod template");
            }
        });
        put("at-least-one-value", (place, words, errors) -> {
            if (place.isEmpty()) {
                errors.invalid(place.path(), place.value(), word(words));
            }
        });
        value("exit-codes", JobChecks::exitCodes);
        value("indexes", (place, words, errors) -> {
            String wrong = JobIndexes.complaint(place.text(), completions(place));
            if (!wrong.isEmpty()) {
                errors.invalid(place.path(), place.text(), "error parsing succeededIndexes: " + wrong);
            }
        });
        value("succeeded-count", JobChecks::succeededCount);
        put("indexed-name", JobChecks::indexedName);
        put("job-completions", JobChecks::completionsChanged);
        put("job-template", JobChecks::templateChanged);
        value("cron-schedule", JobChecks::schedule);
        value("time-zone", JobChecks::timeZone);
        value("at-most-characters", (place, words, errors) -> {
            if (place.text().length() > Integer.parseInt(words.get(0))) {
                errors.invalid(place.path(), place.text(), "must be no more than " + words.get(0) + " characters");
            }
        });
    }

    private static long completions(Place place) {
        return KubeObject.of(place.root()).number(0, "completions");
    }

    private static void many(Place place, List<String> words, FieldErrors errors) {
        KubeObject spec = KubeObject.of(place.holder());
        if (!(place.value() instanceof Long count) || count <= MANY || spec.at("backoffLimitPerIndex") == null) {
            return;
        }
        String path = place.path().replaceFirst("completions$", "");
        String why = "must be less than or equal to " + FEW + " when completions are above " + MANY
                + " and used with backoff limit per index";
        if (spec.at("maxFailedIndexes") == null) {
            errors.required(path + "maxFailedIndexes", "must be specified when completions is above " + MANY);
        }
        for (String field : List.of("parallelism", "maxFailedIndexes")) {
            if (spec.at(field) instanceof Long number && number > FEW) {
                errors.invalid(path + field, number, why);
            }
        }
    }

    private static void exitCodes(Place place, List<String> words, FieldErrors errors) {
        List<?> values = place.value() instanceof List<?> list ? list : List.of();
        boolean in = KubeObject.of(place.holder()).text("operator").equals("In");
        boolean ordered = true;
        Set<Object> seen = new HashSet<>();
        for (int i = 0; i < values.size(); i++) {
            Object value = values.get(i);
            String path = place.path() + "[" + i + "]";
            if (in && value.equals(0L)) {
                errors.invalid(path, value, "must not be 0 for the In operator");
            }
            if (!seen.add(value)) {
                errors.duplicate(path, value);
            }
            ordered &= i == 0 || ((Number) values.get(i - 1)).longValue() <= ((Number) value).longValue();
        }
        if (!ordered) {
            errors.invalid(place.path(), values, "must be ordered");
        }
    }

    private static void succeededCount(Place place, List<String> words, FieldErrors errors) {
        long count = (Long) place.given();
        long completions = completions(place);
        String indexes = KubeObject.of(place.holder()).text("succeededIndexes");
        if (count > completions) {
            errors.invalid(
                    place.path(),
                    count,
                    "must be less than or equal to " + completions + " (the number of specified completions)");
        }
        long total = JobIndexes.total(indexes, completions);
        if (!indexes.isEmpty() && count > total) {
            errors.invalid(
                    place.path(),
                    count,
                    "must be less than or equal to " + total
                            + " (the number of indexes in the specified succeededIndexes field)");
        }
    }

    private static void indexedName(Place place, List<String> words, FieldErrors errors) {
        KubeObject job = KubeObject.of(place.root());
        long completions = job.number(0, "spec", "completions");
        String host = job.name() + "-" + (completions - 1);
        if (job.text("spec", "completionMode").equals("Indexed")
                && completions > 0
                && !Syntax.label(host).isEmpty()) {
            errors.invalid("metadata.name", job.name(), "will not able to create pod with invalid DNS label: " + host);
        }
    }

    private static void completionsChanged(Place place, List<String> words, FieldErrors errors) {
        KubeObject spec = KubeObject.of(place.holder());
        if (Objects.equals(place.value(), place.old())) {
            return;
        }
        if (!spec.text("completionMode").equals("Indexed")) {
            errors.invalid(place.path(), place.value(), "field is immutable");
        } else if (place.value() != null && !place.given().equals(spec.at("parallelism"))) {
            errors.invalid(place.path(), place.value(), "can only be modified in tandem with spec.parallelism");
        }
    }

    /** While a job waits to be started, where its pods may run can still change. */
    private static void templateChanged(Place place, List<String> words, FieldErrors errors) {
        KubeObject now = KubeObject.of(KubeObject.copyOf(cast((Map<?, ?>) Objects.requireNonNull(place.value()))));
        KubeObject old = KubeObject.of(KubeObject.copyOf(cast((Map<?, ?>) Objects.requireNonNull(place.old()))));
        KubeObject before = KubeObject.of(place.before());
        if (before.flag("spec", "suspend") && before.at("status", "startTime") == null) {
            for (KubeObject each : List.of(now, old)) {
                for (String list : List.of("containers", "initContainers")) {
                    each.maps("spec", list).forEach(container -> container.remove("resources"));
                }
            }
            for (String[] path : new String[][] {
                {"spec", "nodeSelector"},
                {"spec", "tolerations"},
                {"spec", "schedulingGates"},
                {"spec", "affinity", "nodeAffinity"},
                {"metadata", "annotations"},
                {"metadata", "labels"}
            }) {
                now.set(null, path);
                old.set(null, path);
            }
            for (KubeObject each : List.of(now, old)) {
                if (each.map("spec", "affinity").isEmpty()) {
                    each.set(null, "spec", "affinity");
                }
            }
        }
        if (!now.tree().equals(old.tree())) {
            errors.invalidShown(place.path(), GoStructs.line("PodTemplateSpec", place.value()), "field is immutable");
        }
    }

    private static void schedule(Place place, List<String> words, FieldErrors errors) {
        String schedule = place.text();
        if (schedule.isEmpty()) {
            return;
        }
        String wrong = zoned(schedule);
        if (!wrong.isEmpty()) {
            errors.invalid(place.path(), schedule, wrong);
        }
        if (schedule.contains("TZ")) {
            errors.invalid(place.path(), schedule, "cannot use TZ or CRON_TZ in schedule, use timeZone field instead");
        }
    }

    /** What is wrong with a schedule that may begin with its time zone. */
    private static String zoned(String schedule) {
        int space = schedule.indexOf(' ');
        if (!schedule.matches("(CRON_)?TZ=.*") || space < 0) {
            return CronSyntax.complaint(schedule);
        }
        String zone = schedule.substring(schedule.indexOf('=') + 1, space);
        return zone.isEmpty()
                        || zone.equals("Local")
                        || ZoneId.getAvailableZoneIds().contains(zone)
                ? CronSyntax.complaint(schedule.substring(space).strip())
                : "provided bad location " + zone + ": unknown time zone " + zone;
    }

    private static void timeZone(Place place, List<String> words, FieldErrors errors) {
        String zone = place.text();
        if (zone.isEmpty()) {
            errors.invalid(place.path(), zone, "timeZone must be nil or non-empty string");
            return;
        }
        if (zone.toLowerCase(Locale.ROOT).equals("local")) {
            errors.invalid(
                    place.path(),
                    zone,
                    "timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones");
        }
        if (!zone.equals("Local") && !ZoneId.getAvailableZoneIds().contains(zone)) {
            errors.invalid(place.path(), zone, "unknown time zone " + zone);
        }
    }
}
