/** Names, reads, waits, watches and the write guard over fabric8. Door: {@code ClusterView}. Uses error. */
@org.jspecify.annotations.NullMarked
package dev.kuar.kube;
