package dev.kuar.practice.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import javax.security.auth.x500.X500Principal;
import org.junit.jupiter.api.Test;

final class CertificateRequestTest {
    @Test
    void a_request_that_is_written_can_be_read() {
        CertificateRequest request = CertificateRequest.parse(ClusterPki.request("system:nodes", "system:node:n"));

        assertThat(new X500Principal(request.subject()).getName()).isEqualTo("CN=system:node:n,O=system:nodes");
        assertThat(request.key().getAlgorithm()).isEqualTo("EC");
    }

    @Test
    void what_is_no_request_is_refused_whatever_it_is() {
        for (String damaged : new String[] {
            "",
            "x",
            "-----BEGIN CERTIFICATE REQUEST-----\nMIIB\n-----END CERTIFICATE REQUEST-----",
            wrapped(0x30, 0x84, 0xff)
        }) {
            assertThatThrownBy(() -> CertificateRequest.parse(damaged)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void a_request_must_be_signed_with_its_own_key() {
        String request = ClusterPki.request("system:nodes", "system:node:n");
        assertThat(RequestCheck.complaint(request)).isEmpty();
        assertThat(RequestCheck.complaint(request.replace("CERTIFICATE REQUEST", "CERTIFICATE")))
                .isEqualTo("PEM block type must be CERTIFICATE REQUEST");
        byte[] der = Base64.getMimeDecoder().decode(request.replaceAll("-----[A-Z ]+-----", ""));
        der[new String(der, StandardCharsets.ISO_8859_1).indexOf("system:node:n")] ^= 1;
        assertThat(RequestCheck.complaint(Pem.request(der))).isEqualTo("x509: ECDSA verification failure");
        assertThat(RequestCheck.complaint(
                        "-----BEGIN CERTIFICATE REQUEST-----\nMIIB\n-----END CERTIFICATE REQUEST-----"))
                .isEqualTo("asn1: syntax error: data truncated");
    }

    private static String wrapped(int... bytes) {
        byte[] all = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            all[i] = (byte) bytes[i];
        }
        return Base64.getEncoder().encodeToString(all);
    }
}
