package dev.kuar.practice.pki;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import org.junit.jupiter.api.Test;

final class CertificateRequestTest {
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

    private static String wrapped(int... bytes) {
        byte[] all = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            all[i] = (byte) bytes[i];
        }
        return Base64.getEncoder().encodeToString(all);
    }
}
