package dev.kuar.practice.scheduler;

import org.jspecify.annotations.Nullable;

/**
 * Why a node does not do.
 *
 * @param reason as it is counted in the FailedScheduling event, {@code Insufficient cpu}
 * @param resolvable whether evicting pods could help
 */
record Verdict(String reason, boolean resolvable) {
    static @Nullable Verdict unless(boolean fits, String reason, boolean resolvable) {
        return fits ? null : new Verdict(reason, resolvable);
    }
}
