package dev.kuar.kube;

import dev.kuar.error.Reason;

/** Why a cluster or a kubeconfig cannot be used. */
public enum KubeReason implements Reason {
    KUBECONFIG_UNREADABLE("kubeconfig-unreadable", 3),
    KUBECONFIG_MALFORMED("kubeconfig-malformed", 3),
    KUBECONFIG_UNWRITABLE("kubeconfig-unwritable", 3),
    KUBECONFIG_LOCKED("kubeconfig-locked", 3);

    private final String id;
    private final int exitCode;

    KubeReason(String id, int exitCode) {
        this.id = id;
        this.exitCode = exitCode;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public int exitCode() {
        return exitCode;
    }

    @Override
    public String advice() {
        return "reason." + id;
    }
}
