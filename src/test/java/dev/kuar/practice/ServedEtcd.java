package dev.kuar.practice;

import dev.kuar.practice.etcd.Etcd;
import dev.kuar.practice.etcd.StoredForm;
import dev.kuar.practice.etcd.grpc.EtcdServer;
import dev.kuar.practice.pki.EtcdKeys;
import dev.kuar.practice.store.Store;
import dev.kuar.practice.store.Stores;
import dev.kuar.practice.time.ClusterClock;
import dev.kuar.practice.time.Sleeps;
import dev.kuar.practice.time.SystemClusterClock;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/** Our etcd over an empty store, served on loopback, and the files that its clients need. */
final class ServedEtcd implements AutoCloseable {
    static final String VERSION = "3.6.8";

    final Store store = Stores.open(Optional.empty());
    final Etcd etcd;
    final EtcdServer server;
    final EtcdKeys keys;
    private final ClusterClock clock;
    private final Path folder;

    ServedEtcd() throws IOException {
        this(StoredForm.PLAIN, SystemClusterClock.realTime(Sleeps.NONE));
    }

    ServedEtcd(StoredForm form, ClusterClock clock) throws IOException {
        this.clock = clock;
        folder = Files.createTempDirectory("etcd-keys");
        keys = EtcdKeys.open(Optional.of(folder), List.of("cp", "127.0.0.1"), Instant.now());
        etcd = Etcd.over(store, form, clock);
        server = EtcdServer.start(
                new EtcdServer.Served(
                        etcd,
                        clock,
                        keys.serverContext(),
                        List.of("--name=cp", "--initial-cluster=cp=http://127.0.0.1:2380"),
                        VERSION),
                0);
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    /** TLS with a client's certificate; with none where the texts are empty. */
    static SSLContext tls(String certificate, String keyPem) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        if (!certificate.isEmpty()) {
            byte[] key = Base64.getMimeDecoder().decode(keyPem.replaceAll("-----[A-Z ]+-----", ""));
            PrivateKey own = KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(key));
            Certificate signed = CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(certificate.getBytes(StandardCharsets.US_ASCII)));
            store.setKeyEntry("client", own, new char[0], new Certificate[] {signed});
        }
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, new char[0]);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(factory.getKeyManagers(), new TrustManager[] {new HostileWire.TrustsAnybody()}, null);
        return tls;
    }

    SSLContext tls() throws GeneralSecurityException, IOException {
        return tls(keys.clientCertificatePem(), keys.clientKeyPem());
    }

    GrpcWire connect() throws GeneralSecurityException, IOException {
        return new GrpcWire(tls(), server.port());
    }

    Map<String, String> environment() {
        return Map.of(
                "ETCDCTL_ENDPOINTS", "https://127.0.0.1:" + server.port(),
                "ETCDCTL_CACERT", file(EtcdKeys.AUTHORITY).toString(),
                "ETCDCTL_CERT", file(EtcdKeys.CERTIFICATE).toString(),
                "ETCDCTL_KEY", file(EtcdKeys.KEY).toString());
    }

    @Override
    public void close() throws IOException {
        server.close();
        store.close();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }
}
