package dev.kuar.practice.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.practice.auth.UserInfo;
import dev.kuar.practice.pki.ClusterPki;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Who may speak for others, and what of its words arrives. */
final class FrontProxyTest {
    private static final UserInfo JANE = new UserInfo(
            "jane",
            "u-1",
            List.of("dev", "ops", "system:authenticated"),
            Map.of("example.com/team~a%", List.of("x", "y")));

    private static X509Certificate certificate(String name) throws IOException, GeneralSecurityException {
        ClusterPki pki = ClusterPki.open(Optional.empty(), List.of(), Instant.now());
        KeyPair pair = KeyPairGenerator.getInstance("EC").generateKeyPair();
        return pki.authority()
                .issue(
                        pair.getPublic(),
                        "",
                        name,
                        List.of(),
                        Instant.now().minusSeconds(60),
                        Instant.now().plus(Duration.ofHours(1)));
    }

    /** As they come in: names in small letters. */
    private static Map<String, List<String>> received(UserInfo user) {
        Map<String, List<String>> sent = new LinkedHashMap<>();
        sent.put("X-Remote-Group", List.of("system:masters"));
        sent.put("x-remote-extra-forged", List.of("1"));
        FrontProxyHeaders.put(sent, user);
        Map<String, List<String>> received = new TreeMap<>();
        sent.forEach((name, values) -> received.put(name.toLowerCase(Locale.ROOT), values));
        return received;
    }

    @Test
    void whom_it_speaks_for_arrives_whole_and_nothing_that_a_client_forged() throws Exception {
        FrontProxy proxy = FrontProxy.usual(certificate -> true, "front-proxy-client");

        assertThat(proxy.user(certificate("front-proxy-client"), received(JANE)))
                .contains(JANE);
    }

    @Test
    void nobody_else_is_believed() throws Exception {
        X509Certificate right = certificate("front-proxy-client");

        assertThat(FrontProxy.usual(certificate -> true, "front-proxy-client")
                        .user(certificate("jane"), received(JANE)))
                .isEmpty();
        assertThat(FrontProxy.usual(certificate -> false, "front-proxy-client").user(right, received(JANE)))
                .isEmpty();
        assertThat(FrontProxy.usual(certificate -> true, "front-proxy-client").user(right, Map.of()))
                .isEmpty();
        assertThat(FrontProxy.NONE.user(right, received(JANE))).isEmpty();
    }

    @Test
    void who_is_in_no_group_is_authenticated_all_the_same() throws Exception {
        FrontProxy proxy = FrontProxy.usual(certificate -> true, "front-proxy-client");

        assertThat(proxy.user(certificate("front-proxy-client"), received(UserInfo.of("bob"))))
                .get()
                .extracting(UserInfo::groups)
                .isEqualTo(List.of("system:authenticated"));
    }
}
