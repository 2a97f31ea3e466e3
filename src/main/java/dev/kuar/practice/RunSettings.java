package dev.kuar.practice;

import dev.kuar.practice.pki.ClusterPki;
import java.security.KeyPair;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * How this process runs clusters; nothing of it is kept with a cluster.
 *
 * @param rsaKeys where new clusters take their RSA keys from; asked by several threads
 * @param etcdPort where etcd's API is served on loopback, 0 for any free port; empty for nowhere
 */
public record RunSettings(Supplier<KeyPair> rsaKeys, OptionalInt etcdPort) {
    /** Keys that nobody else has. */
    public static final RunSettings USUAL = new RunSettings(ClusterPki::newRsaPair);

    public RunSettings(Supplier<KeyPair> rsaKeys) {
        this(rsaKeys, OptionalInt.empty());
    }

    public RunSettings withEtcdPort(OptionalInt port) {
        return new RunSettings(rsaKeys, port);
    }

    RunSettings withKeys(Supplier<KeyPair> keys) {
        return new RunSettings(keys, etcdPort);
    }
}
