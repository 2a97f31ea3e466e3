package dev.kuar.practice.pki;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ClusterPkiTest {
    private static final Instant NOW = Instant.parse("2026-11-22T19:00:00Z");

    @TempDir
    private Path directory = Path.of("");

    @Test
    void the_administrator_is_vouched_for_and_a_member_of_the_admins() throws Exception {
        ClusterPki pki = ClusterPki.open(Optional.empty(), List.of("kind-control-plane"), NOW);

        X509Certificate admin = Pem.certificate(pki.adminCertificatePem());

        assertThat(admin.getSubjectX500Principal().getName()).isEqualTo("CN=kubernetes-admin,O=kubeadm:cluster-admins");
        assertThat(pki.authority().vouchesFor(admin, NOW)).isTrue();
        assertThat(pki.authority().vouchesFor(admin, NOW.plusSeconds(20L * 365 * 86_400)))
                .isFalse();
    }

    @Test
    void another_clusters_certificate_is_not_vouched_for() throws Exception {
        ClusterPki one = ClusterPki.open(Optional.empty(), List.of(), NOW);
        ClusterPki other = ClusterPki.open(Optional.empty(), List.of(), NOW);

        assertThat(one.authority().vouchesFor(Pem.certificate(other.adminCertificatePem()), NOW))
                .isFalse();
    }

    @Test
    void keys_are_made_once_and_only_the_owner_may_read_them() throws Exception {
        ClusterPki first = ClusterPki.open(Optional.of(directory), List.of(), NOW);
        String admin = first.adminKeyPem();
        assertThat(first.serviceAccountKey()).isNotNull();

        ClusterPki second = ClusterPki.open(Optional.of(directory), List.of(), NOW);

        assertThat(second.authorityPem()).isEqualTo(first.authorityPem());
        assertThat(second.adminKeyPem()).isEqualTo(admin);
        assertThat(second.serviceAccountKey().getPublic())
                .isEqualTo(first.serviceAccountKey().getPublic());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("ca.key"))))
                .isEqualTo("rw-------");
    }

    @Test
    void a_key_that_comes_after_the_end_is_not_kept() throws Exception {
        CompletableFuture<KeyPair> late = new CompletableFuture<>();
        ClusterPki pki = ClusterPki.open(Optional.of(directory), List.of(), NOW, late::join);

        pki.close();
        late.complete(ClusterPki.throwawayPair());

        assertThat(pki.serviceAccountKey()).isEqualTo(late.join());
        assertThat(directory.resolve("sa.key")).doesNotExist();
        assertThat(directory.resolve("sa.pub")).doesNotExist();
    }

    @Test
    void a_server_is_named_by_dns_names_and_addresses() throws Exception {
        ClusterPki pki = ClusterPki.open(Optional.empty(), List.of(), NOW);

        X509Certificate leaf = pki.authority()
                .issue(
                        ClusterPki.newPair().getPublic(),
                        "",
                        "x",
                        List.of("localhost", "127.0.0.1"),
                        NOW,
                        NOW.plusSeconds(60));

        assertThat(leaf.getSubjectAlternativeNames()).containsExactly(List.of(2, "localhost"), List.of(7, "127.0.0.1"));
    }
}
