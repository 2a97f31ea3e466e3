/**
 * Simulated kubelets: pod life cycle, probes, logs, exec. Door: {@code Kubelets}. Uses api's client, container, network,
 * profile, object, time.
 */
@org.jspecify.annotations.NullMarked
package dev.kuar.practice.kubelet;
