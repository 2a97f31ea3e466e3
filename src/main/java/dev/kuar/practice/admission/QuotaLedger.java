package dev.kuar.practice.admission;

import dev.kuar.practice.object.KubeObject;

/** Where admission writes down what a quota's namespace uses. */
@FunctionalInterface
public interface QuotaLedger {
    /**
     * Stores a quota whose status has changed.
     *
     * @return false when somebody else changed it meanwhile; then nothing is stored
     */
    boolean store(KubeObject quota);
}
