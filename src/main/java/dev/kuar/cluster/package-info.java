/** Create, find, use and delete clusters; one class a provider. Door: {@code ClusterProvider}. Uses tool, kube, process, practice, error. */
@org.jspecify.annotations.NullMarked
package dev.kuar.cluster;
