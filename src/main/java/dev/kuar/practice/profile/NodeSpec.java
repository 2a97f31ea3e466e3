package dev.kuar.practice.profile;

import dev.kuar.practice.object.KubeObject;
import java.util.Map;

/**
 * One node of a cluster, before it is registered.
 *
 * @param node the Node as its kubelet registers it: labels, annotations, {@code spec.taints}, {@code spec.providerID}, and under
 *     {@code status} addresses, capacity, allocatable, nodeInfo, images, daemonEndpoints, runtimeHandlers; no conditions and
 *     no podCIDR, which is the node IPAM controller's to give
 * @param controlPlane whether it runs the control plane's static pods
 * @param podCidr the range that the node IPAM controller will give it when nodes register in order, {@code 10.244.0.0/24}
 * @param networkDaemon the DaemonSet of kube-system whose pod brings the node's network up, without which it is not Ready;
 *     empty where the node has its network by itself
 * @param evictionHard below what amounts or percentages of memory and disk its kubelet ends pods, by signal
 */
public record NodeSpec(
        KubeObject node, boolean controlPlane, String podCidr, String networkDaemon, Map<String, String> evictionHard) {
    public String name() {
        return node.name();
    }

    /** The address of type InternalIP. */
    public String internalIp() {
        return node.maps("status", "addresses").stream()
                .filter(address -> "InternalIP".equals(address.get("type")))
                .map(address -> String.valueOf(address.get("address")))
                .findFirst()
                .orElse("");
    }
}
