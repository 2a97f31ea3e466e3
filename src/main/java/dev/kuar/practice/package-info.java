/** The embedded practice cluster: wires store, API server, controllers, scheduler, kubelets and network. Door: {@code PracticeCluster}. Knows no shell and no lesson. */
@org.jspecify.annotations.NullMarked
package dev.kuar.practice;
