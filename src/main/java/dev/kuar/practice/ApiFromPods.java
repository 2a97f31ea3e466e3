package dev.kuar.practice;

import dev.kuar.practice.network.HttpHandler;
import dev.kuar.practice.network.HttpRequest;
import dev.kuar.practice.network.HttpResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** The API server as pods reach it: their requests take the way over the wire, with their own credentials. */
final class ApiFromPods implements HttpHandler {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Set<String> OWN =
            Set.of("host", "connection", "content-length", "transfer-encoding", "upgrade", "expect");

    private final int port;
    private final X509Certificate authority;
    private @Nullable HttpClient client;

    ApiFromPods(int port, X509Certificate authority) {
        this.port = port;
        this.authority = authority;
    }

    @Override
    public HttpResponse handle(HttpRequest request) {
        java.net.http.HttpRequest.Builder out = java.net.http.HttpRequest.newBuilder(
                        URI.create("https://127.0.0.1:" + port + request.target()))
                .timeout(LIMIT)
                .method(request.method(), BodyPublishers.ofByteArray(request.body()));
        request.headers().forEach((name, value) -> {
            if (!OWN.contains(name.toLowerCase(Locale.ROOT))) {
                out.header(name, value);
            }
        });
        try {
            java.net.http.HttpResponse<byte[]> answer = client().send(out.build(), BodyHandlers.ofByteArray());
            Map<String, String> headers = new LinkedHashMap<>();
            answer.headers().map().forEach((name, values) -> {
                if (!OWN.contains(name) && !name.startsWith(":")) {
                    headers.put(name, values.get(0));
                }
            });
            return new HttpResponse(answer.statusCode(), headers, answer.body());
        } catch (IOException | GeneralSecurityException broken) {
            return HttpResponse.text(
                    503, "text/plain", "the API server does not answer: " + broken.getMessage() + "\n");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return HttpResponse.text(503, "text/plain", "interrupted\n");
        }
    }

    private synchronized HttpClient client() throws GeneralSecurityException, IOException {
        HttpClient known = client;
        if (known == null) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            store.setCertificateEntry("authority", authority);
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            known = HttpClient.newBuilder()
                    .sslContext(context)
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(5))
                    .build();
            client = known;
        }
        return known;
    }
}
