package dev.kuar.practice.container;

import dev.kuar.practice.network.ClusterNetwork;
import dev.kuar.practice.network.HttpResponse;
import dev.kuar.practice.network.Unreachable;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Asks one address once, and words what went wrong as Go's net package does. Waits five seconds for an answer. */
final class Dialer {
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final Task task;
    private final ClusterNetwork network;
    private final String ip;
    private final int port;

    Dialer(Task task, ClusterNetwork network, String ip, int port) {
        this.task = task;
        this.network = network;
        this.ip = ip;
        this.port = port;
    }

    /** @param error empty where it went well */
    record Answer(String text, String error) {}

    Answer http(String request) {
        String url = "http://" + ip + ":" + port + "/" + request;
        String failed = "Get \"" + url + "\": ";
        try {
            WebClient client = new WebClient(task);
            HttpResponse response =
                    client.send(client.target(url), "GET", Map.of("User-Agent", "Go-http-client/1.1"), new byte[0]);
            return response.status() == 0 ? new Answer("", failed + "EOF") : new Answer(response.bodyText(), "");
        } catch (Unreachable e) {
            return switch (e.cause()) {
                case TIMED_OUT -> {
                    sleep();
                    yield new Answer(
                            "",
                            failed + "dial tcp " + ip + ":" + port
                                    + ": i/o timeout (Client.Timeout exceeded while awaiting headers)");
                }
                case REFUSED ->
                    new Answer("", failed + "dial tcp " + ip + ":" + port + ": connect: connection refused");
                default -> new Answer("", failed + "dial tcp " + ip + ":" + port + ": connect: no route to host");
            };
        }
    }

    Answer udp(String request) {
        String failed = "reading from udp connection failed. err:'read udp "
                + task.container().network().ip() + ":" + Sockets.CLIENT_PORT + "->" + ip + ":" + port + ": ";
        try {
            Optional<byte[]> answer = network.dialUdp(task.container().network(), ip, port)
                    .answer(
                            request.getBytes(StandardCharsets.UTF_8),
                            task.container().network().ip() + ":" + Sockets.CLIENT_PORT);
            if (answer.isPresent()) {
                return new Answer(new String(answer.get(), StandardCharsets.UTF_8), "");
            }
        } catch (Unreachable e) {
            if (e.cause() == Unreachable.Cause.REFUSED) {
                return new Answer("", failed + "read: connection refused'");
            }
        }
        sleep();
        return new Answer("", failed + "i/o timeout'");
    }

    private void sleep() {
        try {
            task.container().clock().sleep(LIMIT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
