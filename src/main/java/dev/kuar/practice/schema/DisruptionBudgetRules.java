package dev.kuar.practice.schema;

import dev.kuar.practice.object.KubeObject;

/** Disruption budgets: one bound, not two. */
final class DisruptionBudgetRules implements KindRules {
    @Override
    public void check(KubeObject budget, FieldErrors errors) {
        if (budget.at("spec", "minAvailable") != null && budget.at("spec", "maxUnavailable") != null) {
            errors.invalid(
                    "spec",
                    KubeObject.copyOf(budget.map("spec")),
                    "minAvailable and maxUnavailable cannot be both set");
        }
        errors.atLeast("spec.minAvailable", budget.at("spec", "minAvailable"), 0);
        errors.atLeast("spec.maxUnavailable", budget.at("spec", "maxUnavailable"), 0);
    }
}
