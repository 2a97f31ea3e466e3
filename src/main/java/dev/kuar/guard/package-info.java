/**
 * What kuar may write to: tells practice clusters, clusters that kuar made, adopted and foreign ones apart, and lets only reads of
 * the foreign ones through. Door: {@code Guard}. Uses kubectl.rest, kubectl.data, kube, practice.pki, process, output, error.
 *
 * <p>It speaks HTTP with plain sockets on both sides: what is let through passes byte by byte, and nothing is interpreted twice.
 */
@org.jspecify.annotations.NullMarked
package dev.kuar.guard;
