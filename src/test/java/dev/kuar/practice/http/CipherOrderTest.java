package dev.kuar.practice.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

final class CipherOrderTest {
    @Test
    void chacha20_comes_first_and_nothing_is_lost_or_added() throws Exception {
        SSLContext context = SSLContext.getDefault();

        List<String> order = CipherOrder.of(context);

        assertThat(order.get(0)).isEqualTo("TLS_CHACHA20_POLY1305_SHA256");
        assertThat(order)
                .containsExactlyInAnyOrder(context.getDefaultSSLParameters().getCipherSuites());
    }
}
