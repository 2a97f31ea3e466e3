package dev.kuar.practice;

import dev.kuar.practice.pki.EtcdKeys;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How clients outside reach the cluster's etcd; PEM texts.
 *
 * @param endpoint {@code https://127.0.0.1:PORT}
 * @param folder where the texts are kept too, under the names below; empty for a cluster in memory
 */
public record EtcdAccess(
        String endpoint, Optional<Path> folder, String authorityPem, String certificatePem, String keyPem) {
    public static final String AUTHORITY_FILE = EtcdKeys.AUTHORITY;
    public static final String CERTIFICATE_FILE = EtcdKeys.CERTIFICATE;
    public static final String KEY_FILE = EtcdKeys.KEY;
}
