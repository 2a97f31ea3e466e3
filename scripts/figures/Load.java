import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A load generator for any Kubernetes API server: Java's own HttpClient, HTTP/2 over TLS, a connection a client, the whole
 * answer read, nothing compressed. Run by scripts/load, which says how.
 */
public final class Load {
    private static final Base64.Decoder BASE64 = Base64.getMimeDecoder();

    private final String server;
    private final SSLContext tls;

    private Load(String kubeconfig) throws Exception {
        server = field(kubeconfig, "server");
        CertificateFactory certificates = CertificateFactory.getInstance("X.509");
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("ca", certificate(certificates, field(kubeconfig, "certificate-authority-data")));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        KeyStore own = KeyStore.getInstance("PKCS12");
        own.load(null, null);
        Certificate[] chain = {certificate(certificates, field(kubeconfig, "client-certificate-data"))};
        own.setKeyEntry("client", key(chain[0], field(kubeconfig, "client-key-data")), new char[0], chain);
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(own, new char[0]);
        tls = SSLContext.getInstance("TLS");
        tls.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    }

    private static String field(String kubeconfig, String name) {
        Matcher found = Pattern.compile("(?m)^\\s*" + name + ":\\s*\"?([^\"\\s]+)").matcher(kubeconfig);
        if (!found.find()) {
            throw new IllegalArgumentException("no " + name + " in the kubeconfig");
        }
        return found.group(1);
    }

    private static Certificate certificate(CertificateFactory certificates, String data) throws Exception {
        return certificates.generateCertificate(new ByteArrayInputStream(BASE64.decode(data)));
    }

    /** PKCS #8 as it is; PKCS #1, as kubeadm writes, inside a PKCS #8 envelope. */
    private static PrivateKey key(Certificate certificate, String data) throws Exception {
        String pem = new String(BASE64.decode(data), StandardCharsets.US_ASCII);
        byte[] der = BASE64.decode(pem.replaceAll("-----[A-Z0-9 ]+-----", ""));
        if (pem.contains("RSA PRIVATE KEY")) {
            int size = der.length;
            byte[] head = {
                0x30, (byte) 0x82, (byte) ((size + 22) >> 8), (byte) (size + 22), 0x02, 0x01, 0x00, 0x30, 0x0d, 0x06, 0x09, 0x2a,
                (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00, 0x04, (byte) 0x82,
                (byte) (size >> 8), (byte) size
            };
            byte[] whole = Arrays.copyOf(head, head.length + size);
            System.arraycopy(der, 0, whole, head.length, size);
            der = whole;
        }
        return KeyFactory.getInstance(certificate.getPublicKey().getAlgorithm()).generatePrivate(new PKCS8EncodedKeySpec(der));
    }

    private HttpClient client() {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).sslContext(tls).build();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(server + path));
    }

    private void send(HttpClient client, HttpRequest request, int expected) throws Exception {
        HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != expected && answer.statusCode() != 409) {
            throw new IOException(answer.statusCode() + " " + answer.body());
        }
    }

    private static String object(String kind, String name) {
        String head = "{\"apiVersion\":\"v1\",\"kind\":\"" + kind + "\",\"metadata\":{\"name\":\"" + name + "\"},";
        return kind.equals("Pod")
                ? head + "\"spec\":{\"schedulerName\":\"nobody\",\"containers\":[{\"name\":\"main\",\"image\":\"busybox:1.36\","
                        + "\"command\":[\"sleep\",\"3600\"]}]}}"
                : head + "\"data\":{\"key\":\"a value of some length, as settings have\"}}";
    }

    private static String path(String kind, String namespace) {
        return "/api/v1/namespaces/" + namespace + (kind.equals("Pod") ? "/pods" : "/configmaps");
    }

    /** Creates {@code count} objects, one a request, by {@code clients} at a time; prints objects a second and latencies. */
    private void create(String kind, int count, int clients, String namespace, String prefix) throws Exception {
        HttpRequest.BodyPublisher space = HttpRequest.BodyPublishers.ofString(
                "{\"apiVersion\":\"v1\",\"kind\":\"Namespace\",\"metadata\":{\"name\":\"" + namespace + "\"}}");
        HttpClient first = client();
        send(first, request("/api/v1/namespaces").header("Content-Type", "application/json").POST(space).build(), 201);
        send(first, request(path(kind, namespace) + "?limit=1").build(), 200);
        AtomicInteger next = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        List<HttpClient> connected = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            connected.add(client());
            send(connected.get(i), request("/version").build(), 200);
        }
        long[] took = new long[count];
        long start = System.nanoTime();
        List<Future<Void>> all = new ArrayList<>();
        for (HttpClient each : connected) {
            Callable<Void> work = () -> {
                for (int number = next.getAndIncrement(); number < count; number = next.getAndIncrement()) {
                    String body = object(kind, String.format(Locale.ROOT, "%s-%06d", prefix, number));
                    long sent = System.nanoTime();
                    send(each, request(path(kind, namespace)).header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(body)).build(), 201);
                    took[number] = System.nanoTime() - sent;
                }
                return null;
            };
            all.add(threads.submit(work));
        }
        for (Future<Void> each : all) {
            each.get();
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        threads.shutdown();
        Arrays.sort(took);
        System.out.printf(Locale.ROOT, "%.1f per_second %.2f p50_ms %.2f p95_ms%n", count / seconds, took[count / 2] / 1e6, took[count * 95 / 100] / 1e6);
    }

    /** Lists a namespace {@code rounds} times by one warm client; prints medians. */
    private void list(String kind, String form, int rounds, String namespace, String query) throws Exception {
        String accept = switch (form) {
            case "table" -> "application/json;as=Table;v=v1;g=meta.k8s.io";
            case "protobuf" -> "application/vnd.kubernetes.protobuf";
            default -> "application/json";
        };
        HttpClient client = client();
        double[] whole = new double[rounds];
        double[] first = new double[rounds];
        long bytes = 0;
        byte[] buffer = new byte[1 << 16];
        for (int i = -3; i < rounds; i++) {
            long start = System.nanoTime();
            HttpRequest asked = request(path(kind, namespace) + query).header("Accept", accept).build();
            HttpResponse<InputStream> answer = client.send(asked, HttpResponse.BodyHandlers.ofInputStream());
            bytes = 0;
            try (InputStream body = answer.body()) {
                for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
                    if (bytes == 0 && i >= 0) {
                        first[i] = (System.nanoTime() - start) / 1e6;
                    }
                    bytes += read;
                }
            }
            if (answer.statusCode() != 200) {
                throw new IOException("the server answered " + answer.statusCode());
            }
            if (i >= 0) {
                whole[i] = (System.nanoTime() - start) / 1e6;
            }
        }
        Arrays.sort(whole);
        Arrays.sort(first);
        System.out.printf(Locale.ROOT, "%.1f median_ms %.1f first_ms %d bytes%n", whole[rounds / 2], first[rounds / 2], bytes);
    }

    public static void main(String[] arguments) {
        try {
            run(List.of(arguments));
            System.exit(0);
        } catch (Exception failed) {
            System.err.println("load: " + failed);
            System.exit(1);
        }
    }

    private static void run(List<String> words) throws Exception {
        Load load = new Load(Files.readString(Path.of(words.get(0))));
        String kind = words.get(2);
        if (words.get(1).equals("create")) {
            load.create(kind, Integer.parseInt(words.get(3)), Integer.parseInt(words.get(4)), words.get(5), words.get(6));
        } else {
            load.list(kind, words.get(3), Integer.parseInt(words.get(4)), words.get(5), words.size() > 6 ? words.get(6) : "");
        }
    }
}
