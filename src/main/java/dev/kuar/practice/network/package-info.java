/**
 * Pod and service addresses, DNS, and connections between simulated processes. Door: {@code ClusterNetwork}. Uses api's
 * client, object, time.
 */
@org.jspecify.annotations.NullMarked
package dev.kuar.practice.network;
