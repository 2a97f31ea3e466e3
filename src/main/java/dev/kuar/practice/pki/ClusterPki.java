package dev.kuar.practice.pki;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/**
 * The keys of one practice cluster: its authority, the server's and the administrator's certificate, and the key that
 * signs service-account tokens.
 *
 * <p>With a directory they are made once and kept there (mode 0600, named as kubeadm names them); without one they live
 * as long as the object. The service-account key is RSA, so that tokens are RS256 as upstream, and is made in the
 * background: only {@link #serviceAccountKey} waits for it.
 */
public final class ClusterPki implements AutoCloseable {
    private static final Duration AUTHORITY_LIFE = Duration.ofDays(3650);
    private static final Duration LIFE = Duration.ofDays(3650);

    private final CertificateAuthority authority;
    private final SSLContext serverContext;
    private final X509Certificate serverCertificate;
    private final CompletableFuture<KeyFiles.Leaf> admin;
    private final CompletableFuture<KeyPair> serviceAccountKey;
    private final KeyFiles files;
    private final FrontProxyKeys frontProxy;

    private ClusterPki(
            KeyFiles files,
            CertificateAuthority authority,
            FrontProxyKeys frontProxy,
            SSLContext serverContext,
            X509Certificate serverCertificate,
            CompletableFuture<KeyFiles.Leaf> admin,
            CompletableFuture<KeyPair> serviceAccountKey) {
        this.files = files;
        this.authority = authority;
        this.frontProxy = frontProxy;
        this.serverContext = serverContext;
        this.serverCertificate = serverCertificate;
        this.admin = admin;
        this.serviceAccountKey = serviceAccountKey;
    }

    /** Reads the keys in {@code directory}, and makes those that are not there. */
    public static ClusterPki open(Optional<Path> directory, List<String> names, Instant now) throws IOException {
        return open(directory, names, now, ClusterPki::newRsaPair);
    }

    /**
     * Reads the keys in {@code directory}, and makes those that are not there.
     *
     * @param names further names that the server answers to, beside those every cluster has
     * @param rsaKeys where RSA keys come from; asked from background threads
     * @throws IOException when a file cannot be read or written, or holds something else than it should
     */
    public static ClusterPki open(Optional<Path> directory, List<String> names, Instant now, Supplier<KeyPair> rsaKeys)
            throws IOException {
        KeyFiles files = new KeyFiles(directory);
        CompletableFuture<KeyPair> tokens = CompletableFuture.supplyAsync(
                () -> files.serviceAccountKey(rsaKeys), action -> daemon("kuar-service-account-key", action));
        try {
            Instant from = now.minus(Duration.ofMinutes(5));
            CertificateAuthority authority = files.authority(() -> {
                KeyPair pair = newPair();
                return CertificateAuthority.create(
                        pair.getPrivate(), pair.getPublic(), "kubernetes", from, now.plus(AUTHORITY_LIFE));
            });
            KeyPair server = newPair();
            X509Certificate serving =
                    authority.issue(server.getPublic(), "", "kube-apiserver", serverNames(names), from, now.plus(LIFE));
            SSLContext context = ServerIdentity.context(server.getPrivate(), serving, authority.certificate());
            CompletableFuture<KeyFiles.Leaf> admin = CompletableFuture.supplyAsync(
                    () -> admin(files, authority, rsaKeys, from, now), action -> daemon("kuar-admin-key", action));
            FrontProxyKeys frontProxy = FrontProxyKeys.open(files, from, now.plus(LIFE));
            return new ClusterPki(files, authority, frontProxy, context, serving, admin, tokens);
        } catch (GeneralSecurityException broken) {
            throw new IOException(
                    "the keys in " + directory.map(Path::toString).orElse("memory") + " are damaged: "
                            + broken.getMessage(),
                    broken);
        }
    }

    /** RSA as kubeadm makes it: some clients read no other keys. */
    private static KeyFiles.Leaf admin(
            KeyFiles files, CertificateAuthority authority, Supplier<KeyPair> rsaKeys, Instant from, Instant now) {
        try {
            return files.leaf("admin", () -> {
                KeyPair pair = rsaKeys.get();
                X509Certificate certificate = authority.issue(
                        pair.getPublic(),
                        "kubeadm:cluster-admins",
                        "kubernetes-admin",
                        List.of(),
                        from,
                        now.plus(LIFE));
                return new KeyFiles.Leaf(Pem.of(certificate), Pem.of(pair.getPrivate()));
            });
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        } catch (GeneralSecurityException damaged) {
            throw new UncheckedIOException(new IOException("admin.key is damaged: " + damaged.getMessage(), damaged));
        }
    }

    /** A new RSA key of 2048 bits, which takes up to a second to make. */
    public static KeyPair newRsaPair() {
        return rsaPair(2048);
    }

    /** A new RSA key that is quickly made and too short to protect anything. */
    public static KeyPair throwawayPair() {
        return rsaPair(1024);
    }

    private static KeyPair rsaPair(int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this JDK has no RSA keys", missing);
        }
    }

    private static List<String> serverNames(List<String> more) {
        List<String> names = new java.util.ArrayList<>(List.of(
                "kubernetes",
                "kubernetes.default",
                "kubernetes.default.svc",
                "kubernetes.default.svc.cluster.local",
                "localhost",
                "127.0.0.1",
                "0.0.0.0",
                "10.96.0.1"));
        more.stream().filter(name -> !names.contains(name)).forEach(names::add);
        return names;
    }

    /** A PKCS#10 request for a client's certificate, by a new key that nobody keeps. */
    public static String request(String organization, String commonName) {
        try {
            return CertificateRequest.write(newPair(), CertificateAuthority.name(organization, commonName));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this JDK cannot sign with P-256", missing);
        }
    }

    /** A new EC key on P-256. */
    static KeyPair newPair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this JDK has no P-256 keys", missing);
        }
    }

    /** What a server shows that made its certificate itself: named {@code commonName}, valid for a year. */
    public static SSLContext selfSigned(String commonName, Instant now) {
        try {
            KeyPair pair = newPair();
            Instant from = now.minus(Duration.ofMinutes(5));
            CertificateAuthority own = CertificateAuthority.create(
                    pair.getPrivate(), pair.getPublic(), commonName, from, now.plus(Duration.ofDays(365)));
            return ServerIdentity.unasking(pair.getPrivate(), own.certificate());
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException("this JDK cannot make a certificate", broken);
        }
    }

    private static void daemon(String name, Runnable action) {
        Thread thread = new Thread(action, name);
        thread.setDaemon(true);
        thread.start();
    }

    public CertificateAuthority authority() {
        return authority;
    }

    /** What the API server shows to the servers behind APIServices. */
    public FrontProxyKeys frontProxy() {
        return frontProxy;
    }

    /** For the HTTPS listener. */
    public SSLContext serverContext() {
        return serverContext;
    }

    /** The authority's certificate, for kubeconfigs and {@code kube-root-ca.crt}. */
    public String authorityPem() {
        try {
            return Pem.of(authority.certificate());
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException("a certificate that was read cannot be written", broken);
        }
    }

    private KeyFiles.Leaf admin() {
        try {
            return admin.join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof UncheckedIOException files) {
                throw files;
            }
            throw failed;
        }
    }

    /** The administrator's certificate: user {@code kubernetes-admin}, group {@code kubeadm:cluster-admins}. */
    public String adminCertificatePem() {
        return admin().certificate();
    }

    public String adminKeyPem() {
        return admin().key();
    }

    /** A client's certificate and its key, as PEM. */
    public record Identity(String certificate, String key) {}

    /**
     * A new certificate for a client, valid for a year.
     *
     * @param organization the user's group; empty for none
     * @param commonName the user
     */
    public Identity client(String organization, String commonName, Instant now) {
        try {
            KeyPair pair = newPair();
            X509Certificate certificate = authority.issue(
                    pair.getPublic(),
                    organization,
                    commonName,
                    List.of(),
                    now.minus(Duration.ofMinutes(5)),
                    now.plus(Duration.ofDays(365)));
            return new Identity(Pem.of(certificate), Pem.of(pair.getPrivate()));
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException("this JDK cannot make a certificate", broken);
        }
    }

    /** What the API server shows. */
    public String serverCertificatePem() {
        try {
            return Pem.of(serverCertificate);
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException("a certificate that was made cannot be written", broken);
        }
    }

    /** What service-account tokens are verified with. */
    public String serviceAccountPublicPem() {
        return Pem.of(serviceAccountKey().getPublic());
    }

    /** A new key that belongs to nothing and nobody. */
    public static String looseKeyPem() {
        return Pem.of(newPair().getPrivate());
    }

    /** Signs service-account tokens; waits until it is made. */
    public KeyPair serviceAccountKey() {
        return serviceAccountKey.join();
    }

    /** Writes nothing more: a key that is still being made is not kept. */
    @Override
    public void close() {
        files.close();
    }

    /** Makes what is not there yet. */
    interface Maker<T> {
        T make() throws GeneralSecurityException, IOException;
    }
}
