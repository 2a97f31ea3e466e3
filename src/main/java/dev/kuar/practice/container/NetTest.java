package dev.kuar.practice.container;

import dev.kuar.practice.network.HttpRequest;
import dev.kuar.practice.network.HttpResponse;
import dev.kuar.practice.network.HttpService;
import dev.kuar.practice.network.Unreachable;
import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.object.JsonReader;
import dev.kuar.practice.object.JsonWriter;
import dev.kuar.practice.object.KubeObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** {@code agnhost nettest}: a server that writes to all endpoints of its Service, and tells of whom it has heard. Thread-safe. */
final class NetTest {
    static final Map<String, String> FLAGS =
            Map.of("port", "8080", "peers", "8", "service", "nettest", "namespace", "default", "delay-shutdown", "0");

    private static final String TEXT = "text/plain; charset=utf-8";
    private static final int ROUNDS = 15;
    private static final int MOST_LOG = 500;

    private final Task task;
    private final int peers;
    private final String service;
    private final String namespace;
    private final Map<String, Long> sent = new TreeMap<>();
    private final Map<String, Long> received = new TreeMap<>();
    private final List<String> errors = new ArrayList<>();
    private final List<String> log = new ArrayList<>();
    private boolean contacting = true;

    private NetTest(Task task, GoFlags flags) throws GoFlags.Wrong {
        this.task = task;
        this.peers = flags.number("peers");
        this.service = flags.text("service");
        this.namespace = flags.text("namespace");
    }

    static void begin(Task task, GoFlags flags) throws IOException, GoFlags.Wrong {
        NetTest test = new NetTest(task, flags);
        GoLog lines = new GoLog(task);
        if (test.service.isEmpty()) {
            lines.print("Must provide -service flag.");
            task.end(1);
            return;
        }
        int delay = flags.number("delay-shutdown");
        if (delay > 0) {
            task.handle(Signal.TERM, signal -> {
                lines.print("Sleeping " + delay + " seconds before exit ...");
                task.container().clock().after(Duration.ofSeconds(delay), () -> task.end(0));
            });
        }
        if (new Sockets(task).tcp(flags.number("port"), HttpService.plain(test::answer))) {
            task.container().runtime().execute(test::contact);
        }
    }

    private String hostname() {
        return task.container().spec().hostname();
    }

    private HttpResponse answer(HttpRequest request) {
        return switch (request.path()) {
            case "/quit" -> {
                task.end(0);
                yield HttpResponse.text(200, TEXT, "");
            }
            case "/read" -> HttpResponse.text(200, TEXT, state());
            case "/status" -> HttpResponse.text(200, TEXT, status());
            case "/write" -> HttpResponse.text(200, TEXT, write(request));
            default -> HttpResponse.text(404, TEXT, "404 page not found\n");
        };
    }

    private synchronized String state() {
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("Hostname", hostname());
        state.put("Sent", sent.isEmpty() ? null : new TreeMap<>(sent));
        state.put("Received", received.isEmpty() ? null : new TreeMap<>(received));
        state.put("Errors", errors.isEmpty() ? null : List.copyOf(errors));
        state.put("Log", log.isEmpty() ? null : List.copyOf(log));
        state.put("StillContactingPeers", contacting);
        return JsonWriter.text(state);
    }

    private synchronized String status() {
        if (sent.size() >= peers && received.size() >= peers) {
            return "pass";
        }
        if (contacting) {
            return "running";
        }
        say("Declaring failure for " + namespace + "/" + service + " with " + sent.size() + " sent and "
                + received.size() + " received and " + peers + " peers");
        return "fail";
    }

    private synchronized String write(HttpRequest request) {
        String source = "";
        try {
            source = KubeObject.of(JsonReader.readMap(request.body())).text("Source");
        } catch (ApiException | IllegalArgumentException e) {
            errors.add(String.valueOf(e.getMessage()));
        }
        if (source.isEmpty()) {
            errors.add(hostname() + ": Got request with no source");
        } else {
            received.merge(source, 1L, Long::sum);
        }
        return JsonWriter.text(Map.of("Hostname", hostname())) + "\n";
    }

    private synchronized void say(String line) {
        log.add(line);
        if (log.size() > MOST_LOG) {
            log.remove(0);
        }
    }

    /** Waits for its peers, for some minutes, then writes to all of them, several times. */
    private void contact() {
        Duration pause = Duration.ofSeconds(Math.max(5, peers / 10));
        Instant end = task.container().clock().now().plusSeconds(Math.max(300, peers));
        try {
            while (task.container().clock().now().isBefore(end) && !task.isOver()) {
                Set<String> there = endpoints();
                if (there.size() >= peers) {
                    break;
                }
                say(namespace + "/" + service + " has " + there.size() + " endpoints (" + there
                        + "), which is less than " + peers + " as expected. Waiting for all endpoints to come up.");
                task.container().clock().sleep(pause);
            }
            for (int round = 0; round < ROUNDS && !task.isOver(); round++) {
                for (String endpoint : endpoints()) {
                    say("Attempting to contact " + endpoint);
                    contact(endpoint);
                }
                task.container().clock().sleep(pause);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        synchronized (this) {
            contacting = false;
        }
    }

    private Set<String> endpoints() {
        Map<String, String> headers = Map.of("Authorization", "Bearer " + AgnhostTools.token(task));
        HttpResponse answer = new ApiFromContainer(task)
                .handle(new HttpRequest(
                        "GET",
                        "/api/v1/namespaces/" + namespace + "/endpoints/" + service,
                        headers,
                        new byte[0],
                        task.container().network().ip()));
        Set<String> found = new TreeSet<>();
        if (answer.status() != 200) {
            say("Unable to read the endpoints for " + namespace + "/" + service + ": " + answer.bodyText() + ".");
            return found;
        }
        for (Map<String, Object> entry :
                KubeObject.of(JsonReader.readMap(answer.body())).maps("subsets")) {
            KubeObject subset = KubeObject.of(entry);
            for (Map<String, Object> address : subset.maps("addresses")) {
                subset.maps("ports").forEach(port -> found.add("http://" + address.get("ip") + ":" + port.get("port")));
            }
        }
        return found;
    }

    private void contact(String endpoint) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("Source", hostname());
        body.put("Dest", endpoint);
        try {
            WebClient client = new WebClient(task);
            HttpResponse answer = client.send(
                    client.target(endpoint + "/write"),
                    "POST",
                    Map.of("Content-Type", "application/json"),
                    JsonWriter.text(body).getBytes(StandardCharsets.UTF_8));
            String name = KubeObject.of(JsonReader.readMap(answer.body())).text("Hostname");
            synchronized (this) {
                sent.merge(name, 1L, Long::sum);
            }
        } catch (Unreachable e) {
            say("Warning: unable to contact the endpoint \"" + endpoint + "\": " + e.words());
        } catch (ApiException | IllegalArgumentException e) {
            say("Warning: unable to unmarshal response from '" + endpoint + "': '" + e.getMessage() + "'");
        }
    }
}
