/**
 * A ZooKeeper server over the simulated network: the clients' protocol, watches, sessions, four-letter words, an ensemble
 * that elects its leader and commits by majority, logs and snapshots in ZooKeeper's own formats; and a client. Doors:
 * {@code ZooKeeperServer}, {@code ZooKeeperClient}. Uses network, time.
 *
 * <p>Intentional: a server's actions run one after the other on whichever thread brings one, and none waits, so that servers
 * that talk to each other never wait for one another; what servers say among each other is a protocol of its own, with the
 * rules of Zab (one proposal at a time, a new follower that lags is sent a snapshot).
 */
@org.jspecify.annotations.NullMarked
package dev.kuar.practice.zookeeper;
