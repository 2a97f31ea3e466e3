package dev.kuar.kubectl.rest;

import dev.kuar.kubectl.data.Json;
import dev.kuar.kubectl.data.Tree;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Talks to one API server for one run of a command, over connections that the session keeps. */
public final class RestClient {
    public static final String JSON = "application/json";

    /** How often kubectl tries to learn what a server knows, and logs that it can't. */
    private static final int DISCOVERY_TRIES = 5;

    private final ClientSettings settings;
    private final SharedClient shared;
    private final Cancellation cancellation;
    private final RequestLog log;
    private final Map<String, String> environment;
    private final Duration timeout;

    public RestClient(
            ClientSettings settings,
            SharedClient shared,
            Cancellation cancellation,
            RequestLog log,
            Map<String, String> environment,
            Duration timeout) {
        this.settings = settings;
        this.shared = shared;
        this.cancellation = cancellation;
        this.log = log;
        this.environment = environment;
        this.timeout = timeout;
    }

    public ClientSettings settings() {
        return settings;
    }

    public SharedClient shared() {
        return shared;
    }

    public Cancellation cancellation() {
        return cancellation;
    }

    /** What is told of requests: warnings of the server, and requests at {@code -v=6} and above. */
    public interface RequestLog {
        void warning(String text);

        /** What client-go logs as unhandled. */
        void unhandled(String text);

        void request(String method, String url, int status, long milliseconds);
    }

    public Tree get(String path) {
        return get(path, JSON);
    }

    public Tree get(String path, String accept) {
        return open("GET", path, accept, "", null).tree();
    }

    /** Sends JSON and returns the answer's tree. */
    public Tree send(String method, String path, @Nullable Object body) {
        return send(method, path, JSON, body);
    }

    public Tree send(String method, String path, String contentType, @Nullable Object body) {
        byte[] bytes = body == null
                ? null
                : (body instanceof String text ? text : Json.compact(body)).getBytes(StandardCharsets.UTF_8);
        return open(method, path, JSON, bytes == null ? "" : contentType, bytes).tree();
    }

    /**
     * Sends a request and returns its answer, the body unread.
     *
     * @throws Failure when the server can't be reached or refuses
     */
    public Answer open(String method, String path, String accept, String contentType, byte @Nullable [] body) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Accept", accept);
        if (!contentType.isEmpty()) {
            headers.put("Content-Type", contentType);
        }
        Answer answer = exchange(method, path, headers, body, (int) timeout.toMillis());
        if (answer.status() < 200 || answer.status() > 299) {
            throw Refusal.of(answer);
        }
        return answer;
    }

    /**
     * Says at once where a connection into a pod would not be let through, before anything is asked of the server. Who has no cluster
     * learns that first.
     *
     * @throws Failure with a Status where it would not
     */
    public void mayUpgrade(String path) {
        if (!settings.isNowhere()) {
            shared.gate().check(settings, "GET", path, Map.of("Upgrade", "websocket"));
        }
    }

    /** Sends a request as it stands; refusals are answers too. */
    public Answer exchange(
            String method, String path, Map<String, String> extra, byte @Nullable [] body, int timeoutMillis) {
        shared.gate().check(settings, method, path, extra);
        try {
            return attempt(method, path, extra, body, timeoutMillis, true);
        } catch (IOException failure) {
            if (cancellation.isCancelled()) {
                throw Failure.exit(130, "");
            }
            if ("/api".equals(path)) {
                String why = Unreachable.why(failure, URI.create(settings.server()));
                for (int i = 0; i < DISCOVERY_TRIES; i++) {
                    log.unhandled("couldn't get current server API group list: Get \"" + settings.server()
                            + "/api?timeout=32s\": " + why);
                }
            }
            throw Unreachable.failure(failure, settings, method, path);
        }
    }

    private Answer attempt(
            String method,
            String path,
            Map<String, String> extra,
            byte @Nullable [] body,
            int timeoutMillis,
            boolean again)
            throws IOException {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Host", URI.create(settings.server()).getRawAuthority());
        headers.put("User-Agent", "kubectl/v1.36.2 (kuar)");
        ClientSettings effective = authorize(headers);
        headers.putAll(extra);
        long start = System.nanoTime();
        HttpConnection connection = shared.pool().idle();
        boolean warm = connection != null;
        if (connection == null) {
            connection = shared.pool().open(effective);
        }
        cancellation.closeOnCancel(connection);
        HttpConnection.Head head;
        try {
            head = connection.exchange(method, prefix() + path, headers, body, timeoutMillis);
        } catch (EOFException | SocketException stale) {
            cancellation.forget(connection);
            connection.close();
            if (warm && !cancellation.isCancelled()) {
                return attempt(method, path, extra, body, timeoutMillis, again);
            }
            throw stale;
        }
        log.request(method, settings.server() + path, head.status(), (System.nanoTime() - start) / 1_000_000);
        for (String warning : head.headers().getOrDefault("Warning", java.util.List.of())) {
            log.warning(Warnings.text(warning));
        }
        Answer answer = new Answer(
                head,
                head.status() == 101 ? connection.input() : connection.body(head, "HEAD".equals(method)),
                connection,
                shared.pool(),
                cancellation);
        if (head.status() == 401 && settings.exec().isMap() && again) {
            answer.close();
            shared.credentials().forget();
            shared.pool().close();
            return attempt(method, path, extra, body, timeoutMillis, false);
        }
        return answer;
    }

    private String prefix() {
        String path = URI.create(settings.server()).getRawPath();
        return path == null ? "" : path.replaceFirst("/+$", "");
    }

    private ClientSettings authorize(Map<String, String> headers) throws IOException {
        ClientSettings effective = settings;
        String token = settings.token();
        if (settings.exec().isMap()) {
            Tree given = shared.credentials().credentials(settings.exec(), settings.server(), environment);
            token = given.textOr(token, "token");
            if (given.has("clientCertificateData")) {
                effective = new ClientSettings(
                        settings.context(),
                        settings.server(),
                        settings.tlsServerName(),
                        settings.insecure(),
                        settings.authority(),
                        given.text("clientCertificateData"),
                        given.text("clientKeyData"),
                        token,
                        settings.user(),
                        settings.password(),
                        settings.exec(),
                        settings.proxy(),
                        settings.namespace(),
                        settings.namespaceGiven(),
                        settings.impersonate());
            }
        }
        if (!token.isEmpty()) {
            headers.put("Authorization", "Bearer " + token);
        } else if (!settings.user().isEmpty()) {
            headers.put(
                    "Authorization",
                    "Basic "
                            + Base64.getEncoder()
                                    .encodeToString((settings.user() + ":" + settings.password())
                                            .getBytes(StandardCharsets.UTF_8)));
        }
        ClientSettings.Impersonation as = settings.impersonate();
        if (as.user() != null) {
            headers.put("Impersonate-User", as.user());
        }
        if (!as.uid().isEmpty()) {
            headers.put("Impersonate-Uid", as.uid());
        }
        if (!as.groups().isEmpty()) {
            headers.put("Impersonate-Group", String.join("\n", as.groups()));
        }
        return effective;
    }

    /** Opens a WebSocket; the caller closes it. */
    public WebSocket webSocket(String path, String... protocols) {
        return WebSocket.open(this, path, java.util.List.of(protocols));
    }

    /** Runs {@code action} over each line of a streamed answer until it ends. */
    public void lines(String path, String accept, Consumer<String> action) {
        try (Answer answer = exchange("GET", path, Map.of("Accept", accept), null, 0)) {
            if (answer.status() > 299) {
                throw Refusal.of(answer);
            }
            java.io.BufferedReader reader =
                    new java.io.BufferedReader(new java.io.InputStreamReader(answer.body(), StandardCharsets.UTF_8));
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                action.accept(line);
            }
        } catch (IOException ended) {
            if (cancellation.isCancelled()) {
                throw Failure.exit(130, "");
            }
        }
    }
}
