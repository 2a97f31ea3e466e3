package dev.kuar.practice;

import dev.kuar.practice.http.AuditPolicy;
import dev.kuar.practice.pki.ClusterPki;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * How this process runs clusters; nothing of it is kept with a cluster.
 *
 * @param rsaKeys where new clusters take their RSA keys from; asked by several threads
 * @param etcdPort where etcd's API is served on loopback, 0 for any free port; empty for nowhere
 * @param auditPolicy how much of which requests is written to the audit log; of all of them the metadata without
 */
public record RunSettings(Supplier<KeyPair> rsaKeys, OptionalInt etcdPort, Optional<AuditPolicy> auditPolicy) {
    /** Keys that nobody else has. */
    public static final RunSettings USUAL = new RunSettings(ClusterPki::newRsaPair);

    public RunSettings(Supplier<KeyPair> rsaKeys) {
        this(rsaKeys, OptionalInt.empty(), Optional.empty());
    }

    public RunSettings withEtcdPort(OptionalInt port) {
        return new RunSettings(rsaKeys, port, auditPolicy);
    }

    /** @throws IllegalArgumentException where the file is no policy, worded as the API server words it */
    public RunSettings withAuditPolicy(Optional<Path> file) {
        return new RunSettings(rsaKeys, etcdPort, file.map(AuditPolicy::load));
    }

    RunSettings withKeys(Supplier<KeyPair> keys) {
        return new RunSettings(keys, etcdPort, auditPolicy);
    }
}
