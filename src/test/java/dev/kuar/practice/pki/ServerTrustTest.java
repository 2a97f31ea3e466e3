package dev.kuar.practice.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

/** Whom a client of the aggregation layer takes for the server that it wants, and whom a server takes for a client. */
final class ServerTrustTest {
    private final Instant now = Instant.now();
    private final ClusterPki pki = open();
    private final KeyPair pair = ClusterPki.newPair();

    private ClusterPki open() {
        try {
            return ClusterPki.open(Optional.empty(), List.of(), now);
        } catch (java.io.IOException broken) {
            throw new IllegalStateException(broken);
        }
    }

    private X509Certificate[] server(List<String> names, Duration from, Duration to) throws Exception {
        return new X509Certificate[] {
            pki.authority().issue(pair.getPublic(), "", "api", names, now.plus(from), now.plus(to))
        };
    }

    private X509Certificate[] named(String... names) throws Exception {
        return server(List.of(names), Duration.ofHours(-1), Duration.ofHours(1));
    }

    @Test
    void the_right_authority_and_the_right_name_are_enough() throws Exception {
        ServerTrust trust = ServerTrust.of(pki.authorityPem(), "api.wardle.svc");

        assertThatCode(() -> trust.checkServerTrusted(named("other", "api.wardle.svc"), "UNKNOWN"))
                .doesNotThrowAnyException();
        assertThatCode(() -> trust.checkServerTrusted(named("*.wardle.svc"), "UNKNOWN"))
                .doesNotThrowAnyException();
    }

    @Test
    void says_what_is_wrong_as_go_says_it() throws Exception {
        ServerTrust trust = ServerTrust.of(pki.authorityPem(), "api.wardle.svc");

        assertThatThrownBy(() -> trust.checkServerTrusted(named("a", "b"), "UNKNOWN"))
                .hasMessage("certificate is valid for a, b, not api.wardle.svc");
        assertThatThrownBy(() -> trust.checkServerTrusted(
                        server(List.of("api.wardle.svc"), Duration.ofHours(-2), Duration.ofHours(-1)), "UNKNOWN"))
                .hasMessage("certificate has expired or is not yet valid");
        ServerTrust other = ServerTrust.of(open().authorityPem(), "api.wardle.svc");
        assertThatThrownBy(() -> other.checkServerTrusted(named("api.wardle.svc"), "UNKNOWN"))
                .hasMessage("certificate signed by unknown authority")
                .satisfies(refused -> assertThat(ServerTrust.words(new SSLHandshakeException("x").initCause(refused)))
                        .isEqualTo("tls: failed to verify certificate: x509: certificate signed by unknown authority"));
    }

    @Test
    void who_is_told_not_to_look_takes_anybody() throws Exception {
        assertThatCode(() -> ServerTrust.blind().checkServerTrusted(named("a"), "UNKNOWN"))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> ServerTrust.of("nothing", "a")).hasMessageContaining("PEM");
    }

    @Test
    void the_front_proxy_has_an_authority_of_its_own() throws Exception {
        X509Certificate client =
                pki.authority().issue(pair.getPublic(), "", "c", List.of(), now, now.plus(Duration.ofHours(1)));
        ClientTrust cluster = ClientTrust.of(pki.authorityPem());
        ClientTrust front = ClientTrust.of(pki.frontProxy().authorityPem());

        assertThat(cluster.vouchesFor(client, now.plusSeconds(1))).isTrue();
        assertThat(cluster.vouchesFor(client, now.plus(Duration.ofHours(2)))).isFalse();
        assertThat(front.vouchesFor(client, now.plusSeconds(1))).isFalse();
        assertThat(ClientTrust.of("nothing").vouchesFor(client, now)).isFalse();
    }
}
