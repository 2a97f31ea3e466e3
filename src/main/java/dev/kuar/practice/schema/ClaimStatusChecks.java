package dev.kuar.practice.schema;

import dev.kuar.practice.object.Quantity;
import dev.kuar.practice.schema.RuleRun.Place;
import java.util.List;
import java.util.Map;

/** What is asked of the status of a claim that grows. */
final class ClaimStatusChecks extends CheckSet {
    private static final List<String> STEPS = List.of(
            "ControllerResizeInProgress",
            "ControllerResizeInfeasible",
            "NodeResizePending",
            "NodeResizeInProgress",
            "NodeResizeInfeasible");

    ClaimStatusChecks() {
        value("claim-steps", ClaimStatusChecks::steps);
        value("claim-amounts", ClaimStatusChecks::amounts);
    }

    private static void steps(Place place, List<String> words, FieldErrors errors) {
        if (place.value() instanceof Map<?, ?> steps) {
            steps.forEach((key, step) -> {
                isResource(String.valueOf(key), place.path(), errors);
                if (!STEPS.contains(String.valueOf(step))) {
                    errors.unsupported(
                            place.path(), key, STEPS.stream().sorted().toList());
                }
            });
        }
    }

    private static void amounts(Place place, List<String> words, FieldErrors errors) {
        if (place.value() instanceof Map<?, ?> amounts) {
            amounts.forEach((key, given) -> {
                Quantity amount = Quantity.of(given);
                if (isResource(String.valueOf(key), place.path(), errors) && amount.compareTo(Quantity.ZERO) < 0) {
                    errors.invalid(place.path() + "[" + key + "]", amount.units(), "must be a valid resource quantity");
                }
            });
        }
    }

    /** Whether a claim may be given that: storage, or what belongs to somebody else. */
    private static boolean isResource(String name, String path, FieldErrors errors) {
        List<String> wrong = Syntax.qualifiedName(name);
        errors.syntax(path, name, wrong);
        boolean ours = !name.contains("/") || name.contains("kubernetes.io/");
        if (wrong.isEmpty() && ours && !name.equals("storage")) {
            errors.unsupported(path, name, List.of("storage"));
            return false;
        }
        return wrong.isEmpty();
    }
}
