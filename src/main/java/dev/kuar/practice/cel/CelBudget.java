package dev.kuar.practice.cel;

/** What expressions that belong together may still cost. Not for several threads. */
public final class CelBudget {
    private long left;

    private CelBudget(long left) {
        this.left = left;
    }

    /** For all rules of a custom resource, or all expressions of a policy's binding. */
    public static CelBudget ofObject() {
        return new CelBudget(10_000_000);
    }

    /** For the match conditions of a webhook or a policy. */
    public static CelBudget ofConditions() {
        return new CelBudget(2_500_000);
    }

    long left() {
        return left;
    }

    /** Whether nothing more may be run. */
    public boolean isSpent() {
        return left < 0;
    }

    /** Takes what a run has cost; nothing more may be run where that was too much. */
    void spend(RunningCost run) {
        left = run.spent() > left ? -1 : left - run.spent();
        if (isSpent()) {
            throw CostException.ofAll();
        }
        if (run.isExceeded()) {
            left = -1;
            throw CostException.ofOne();
        }
    }
}
