package dev.kuar.practice.kubelet;

/** Hears which programs of the control plane run: their static pods' containers do, or have ended. Thread-safe. */
public interface ControlPlane {
    /** Hears nothing. */
    ControlPlane NOBODY = (program, up) -> {};

    /** @param program as its image is named, {@code kube-scheduler} */
    void running(String program, boolean up);
}
