package dev.kuar.tool;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Practice's charts as a chart repository on loopback, for a real Helm: {@code index.yaml} and one archive a chart.
 *
 * <p>The stand-in of Helm does not need it; it has the same charts by the addresses that the book gives.
 */
public final class ChartRepository implements AutoCloseable {
    private final HttpServer server;
    private final Map<String, byte[]> files = new LinkedHashMap<>();

    private ChartRepository(HttpServer server) {
        this.server = server;
        StringBuilder index = new StringBuilder("apiVersion: v1\nentries:\n");
        for (HelmChart chart : HelmChart.all()) {
            String file = chart.name() + "-" + chart.version() + ".tgz";
            byte[] archive = ChartArchive.of(chart);
            files.put("/" + file, archive);
            index.append("  ")
                    .append(chart.name())
                    .append(":\n  - urls: [")
                    .append(file)
                    .append("]\n");
            index.append("    digest: ").append(digest(archive)).append('\n');
            index.append("    created: \"1970-01-01T00:00:00Z\"\n");
            chart.text("Chart.yaml")
                    .lines()
                    .forEach(line -> index.append("    ").append(line).append('\n'));
        }
        files.put("/index.yaml", index.toString().getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Starts to serve.
     *
     * @param port on 127.0.0.1; 0 for any that is free
     * @throws IOException when the port cannot be had
     */
    public static ChartRepository start(int port) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        ChartRepository repository = new ChartRepository(server);
        server.createContext("/", repository::answer);
        server.start();
        return repository;
    }

    /** What {@code helm repo add NAME} takes. */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] file = files.get(exchange.getRequestURI().getPath());
            boolean reads = exchange.getRequestMethod().equals("GET")
                    || exchange.getRequestMethod().equals("HEAD");
            byte[] body = file == null ? "404 page not found\n".getBytes(StandardCharsets.US_ASCII) : file;
            exchange.getResponseHeaders()
                    .set(
                            "Content-Type",
                            file == null
                                    ? "text/plain"
                                    : exchange.getRequestURI().getPath().endsWith(".tgz")
                                            ? "application/gzip"
                                            : "application/yaml");
            boolean head = exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(!reads ? 405 : file == null ? 404 : 200, head ? -1 : body.length);
            if (!head) {
                try (OutputStream out = exchange.getResponseBody()) {
                    out.write(body);
                }
            }
        }
    }

    private static String digest(byte[] archive) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(archive));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("this JDK has no SHA-256", missing);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
