/** Pod and service addresses, DNS, and connections between simulated processes. Uses api's client, object, time. */
@org.jspecify.annotations.NullMarked
package dev.kuar.practice.network;
