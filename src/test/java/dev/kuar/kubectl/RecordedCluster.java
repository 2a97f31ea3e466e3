package dev.kuar.kubectl;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.kuar.process.Invocation;
import dev.kuar.process.RunDetails;
import dev.kuar.process.TerminalView;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** An API server that answers what a real one was recorded to answer, and kubectl against it. */
final class RecordedCluster implements AutoCloseable {
    private final Map<String, byte[]> answers = new HashMap<>();
    private final HttpServer server;
    private final KubectlSession session =
            new KubectlSession(Clock.fixed(Instant.parse("2026-11-22T19:06:53Z"), ZoneOffset.UTC));
    final List<RunDetails> reports = new ArrayList<>();
    /** What was asked for, parameters decoded. */
    final List<String> asked = Collections.synchronizedList(new ArrayList<>());

    private byte[] input = new byte[0];

    RecordedCluster() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** What a run printed. */
    record Result(String out, String err, int exit) {}

    RecordedCluster on(String method, String path, String body) {
        answers.put(method + " " + path, body.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    RecordedCluster onFile(String method, String path, Path body) throws IOException {
        answers.put(method + " " + path, Files.readAllBytes(body));
        return this;
    }

    RecordedCluster typing(String text) {
        input = text.getBytes(StandardCharsets.UTF_8);
        return this;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getRawPath();
        asked.add(URLDecoder.decode(exchange.getRequestURI().toString(), StandardCharsets.UTF_8));
        String accept = String.valueOf(exchange.getRequestHeaders().getFirst("Accept"));
        String key = exchange.getRequestMethod() + " " + path;
        byte[] body = answers.get(accept.contains("as=Table") ? key + " table" : key);
        body = body == null ? answers.get(key) : body;
        int status = 200;
        if (body == null) {
            status = 404;
            body = "404 page not found\n".getBytes(StandardCharsets.UTF_8);
        } else if (new String(body, StandardCharsets.UTF_8).contains("\"status\":\"Failure\"")) {
            status = 409;
        }
        exchange.getRequestBody().readAllBytes();
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    Result run(String... words) throws InterruptedException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        List<String> arguments = new ArrayList<>(
                List.of("--server=http://127.0.0.1:" + server.getAddress().getPort()));
        arguments.addAll(List.of(words));
        int exit = new Kubectl(session)
                .run(
                        new Invocation(
                                "kubectl",
                                arguments,
                                new ByteArrayInputStream(input),
                                new PrintStream(out, true, StandardCharsets.UTF_8),
                                new PrintStream(err, true, StandardCharsets.UTF_8),
                                new HashMap<>(Map.of("HOME", "/nonexistent")),
                                Path.of("").toAbsolutePath(),
                                TerminalView.NONE),
                        reports::add);
        return new Result(out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8), exit);
    }

    /** What completion offers behind {@code words}. */
    Map<String, String> complete(List<String> words, String prefix) {
        List<String> whole = new ArrayList<>(
                List.of("--server=http://127.0.0.1:" + server.getAddress().getPort()));
        whole.addAll(words);
        return new Kubectl(session).complete(whole, prefix, Map.of("HOME", "/nonexistent"));
    }

    @Override
    public void close() {
        session.close();
        server.stop(0);
    }
}
