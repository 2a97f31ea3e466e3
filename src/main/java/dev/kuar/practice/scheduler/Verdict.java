package dev.kuar.practice.scheduler;

/**
 * Why a node does not do, or a pod nowhere.
 *
 * @param reason as it is counted in the FailedScheduling event, {@code Insufficient cpu}
 * @param resolvable whether evicting pods could help
 */
record Verdict(Plugin plugin, String reason, boolean resolvable) {
    static Verdict resolvable(Plugin plugin, String reason) {
        return new Verdict(plugin, reason, true);
    }

    static Verdict unresolvable(Plugin plugin, String reason) {
        return new Verdict(plugin, reason, false);
    }
}
