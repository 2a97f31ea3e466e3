package dev.kuar.practice.http;

import java.util.Comparator;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.xnio.Sequence;

/**
 * The order in which the API server prefers cipher suites: what this JDK enables, ChaCha20 first.
 *
 * <p>Client and server are on one machine, and both are often a JVM that compiles quickly rather than well: there ChaCha20 is four times
 * as fast as AES in GCM, for which only the JVM's second compiler has the processor's instructions. A long list is ciphering
 * for the greater part.
 */
final class CipherOrder {
    private CipherOrder() {}

    static Sequence<String> of(SSLContext context) {
        List<String> enabled = List.of(context.getDefaultSSLParameters().getCipherSuites()).stream()
                .sorted(Comparator.comparing(suite -> !suite.contains("CHACHA20")))
                .toList();
        return Sequence.of(enabled);
    }
}
