package dev.kuar.practice;

import dev.kuar.practice.object.JsonReader;
import dev.kuar.practice.object.KubeObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A plain HTTPS client of a cluster, with the certificates of its kubeconfig. */
final class WireClient {
    private final HttpClient http;
    private final SSLContext tls;
    private final SSLContext bare;
    private final String server;

    private WireClient(HttpClient http, SSLContext tls, SSLContext bare, String server) {
        this.http = http;
        this.tls = tls;
        this.bare = bare;
        this.server = server;
    }

    /** An answer: its code and its body. */
    record Answer(int code, String body, HttpHeaders headers) {
        /** Empty where there is none. */
        String header(String name) {
            return headers.firstValue(name).orElse("");
        }

        KubeObject object() {
            return KubeObject.of(JsonReader.readMap(body.getBytes(StandardCharsets.UTF_8)));
        }

        long resourceVersion() {
            return Long.parseLong(object().resourceVersion());
        }
    }

    static WireClient of(Path kubeconfig) throws IOException, GeneralSecurityException {
        return of(Files.readString(kubeconfig));
    }

    static WireClient of(String kubeconfig) throws IOException, GeneralSecurityException {
        CertificateFactory certificates = CertificateFactory.getInstance("X.509");
        Certificate authority = certificates.generateCertificate(
                new ByteArrayInputStream(data(kubeconfig, "certificate-authority-data")));
        Certificate own =
                certificates.generateCertificate(new ByteArrayInputStream(data(kubeconfig, "client-certificate-data")));
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("authority", authority);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        KeyStore keys = KeyStore.getInstance("PKCS12");
        keys.load(null, null);
        keys.setKeyEntry("own", key(data(kubeconfig, "client-key-data")), new char[0], new Certificate[] {own});
        KeyManagerFactory identity = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        identity.init(keys, new char[0]);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(identity.getKeyManagers(), trust.getTrustManagers(), null);
        HttpClient http = HttpClient.newBuilder()
                .sslContext(tls)
                .version(HttpClient.Version.HTTP_1_1)
                .build();
        SSLContext bare = SSLContext.getInstance("TLS");
        bare.init(null, trust.getTrustManagers(), null);
        return new WireClient(http, tls, bare, field(kubeconfig, "server"));
    }

    private static String field(String kubeconfig, String name) {
        Matcher found = Pattern.compile(name + ": \"?([^\\s\"]+)").matcher(kubeconfig);
        if (!found.find()) {
            throw new IllegalArgumentException("no " + name);
        }
        return found.group(1);
    }

    private static byte[] data(String kubeconfig, String name) {
        return Base64.getDecoder().decode(field(kubeconfig, name));
    }

    private static PrivateKey key(byte[] pem) throws GeneralSecurityException {
        byte[] der = Base64.getMimeDecoder()
                .decode(new String(pem, StandardCharsets.US_ASCII).replaceAll("-----[^-]+-----", ""));
        try {
            return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(der));
        } catch (InvalidKeySpecException other) {
            return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der));
        }
    }

    SSLContext tls() {
        return tls;
    }

    /** For who shows no certificate. */
    SSLContext bareTls() {
        return bare;
    }

    int port() {
        return URI.create(server).getPort();
    }

    Answer get(String path) throws IOException, InterruptedException {
        return send("GET", path, "");
    }

    Answer table(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server + path))
                .header("Accept", "application/json;as=Table;v=v1;g=meta.k8s.io")
                .build();
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        return new Answer(answer.statusCode(), answer.body(), answer.headers());
    }

    /** @param headers names and values in turn, beside {@code Content-Type: application/json} */
    Answer send(String method, String path, String body, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(server + path))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        for (int i = 0; i + 1 < headers.length; i += 2) {
            builder.setHeader(headers[i], headers[i + 1]);
        }
        HttpRequest request = builder.build();
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        return new Answer(answer.statusCode(), answer.body(), answer.headers());
    }

    /** The lines of a watch, for as long as they come. */
    Stream<String> lines(String path) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(server + path)).GET().build();
        return http.send(request, HttpResponse.BodyHandlers.ofLines()).body();
    }

    static String configMap(String name, String value) {
        return "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"" + name
                + "\"},\"data\":{\"k\":\"" + value + "\"}}";
    }
}
