package dev.kuar.practice.kubelet;

/**
 * What the kubelets of a cluster stand in.
 *
 * @param keeper where the content of volumes outlives the process
 * @param keys what lies on the nodes' disks to show who one is
 * @param plane hears of the control plane's programs
 */
public record Surroundings(VolumeKeeper keeper, HostKeys keys, ControlPlane plane) {
    /** Nothing is kept, nothing lies there, nobody hears. */
    public static final Surroundings NONE = new Surroundings(VolumeKeeper.NOTHING, HostKeys.NONE, ControlPlane.NOBODY);
}
