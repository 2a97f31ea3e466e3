/**
 * A redis server over the simulated network: the protocol in its second version, values, expiry, transactions, channels,
 * replicas, dump and append-only files. Door: {@code RedisServer}. Uses network, time.
 *
 * <p>Intentional: every byte string is a Java string of Latin-1 characters, so that lengths are lengths in bytes; replies
 * are sent after the server's lock is given back, so that servers that replicate each other never wait for one another.
 */
@org.jspecify.annotations.NullMarked
package dev.kuar.practice.redis;
