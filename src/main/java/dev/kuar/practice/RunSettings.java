package dev.kuar.practice;

import dev.kuar.practice.pki.ClusterPki;
import java.security.KeyPair;
import java.util.function.Supplier;

/**
 * How this process runs clusters; nothing of it is kept with a cluster.
 *
 * @param rsaKeys where new clusters take their RSA keys from; asked by several threads
 */
public record RunSettings(Supplier<KeyPair> rsaKeys) {
    /** Keys that nobody else has. */
    public static final RunSettings USUAL = new RunSettings(ClusterPki::newRsaPair);
}
