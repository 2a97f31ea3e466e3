package dev.kuar.practice.container;

import dev.kuar.practice.network.ClusterNetwork;
import dev.kuar.practice.network.HttpHandler;
import dev.kuar.practice.network.HttpRequest;
import dev.kuar.practice.network.HttpResponse;
import dev.kuar.practice.network.HttpService;
import dev.kuar.practice.object.JsonReader;
import dev.kuar.practice.object.JsonWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** {@code agnhost guestbook}: a front end, a store, and replicas of it that register with their primary. */
final class Guestbook implements HttpHandler {
    static final Map<String, String> FLAGS = Map.of("http-port", "80", "backend-port", "6379", "replicaof", "");

    private static final String TEXT = "text/plain; charset=utf-8";
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int TRIES = 15;

    private final Task task;
    private final GoLog log;
    private final int backend;
    private final Map<String, Object> store = new ConcurrentSkipListMap<>();
    private final List<String> replicas = new CopyOnWriteArrayList<>();

    private Guestbook(Task task, GoFlags flags) throws GoFlags.Wrong {
        this.task = task;
        this.log = new GoLog(task);
        this.backend = flags.number("backend-port");
    }

    static void run(Task task, GoFlags flags) throws IOException, InterruptedException, GoFlags.Wrong {
        Guestbook book = new Guestbook(task, flags);
        if (!new Sockets(task).tcp(flags.number("http-port"), HttpService.plain(book))) {
            return;
        }
        task.handle(Signal.TERM, signal -> task.end(128 + Signal.TERM));
        if (!flags.text("replicaof").isEmpty()) {
            book.register(flags.text("replicaof"));
        }
        task.await();
    }

    private void register(String primary) throws InterruptedException {
        for (int i = 0; i < TRIES && !task.isOver(); i++) {
            Dialer.Answer answer =
                    dial(primary, "register?host=" + task.container().network().ip());
            if (answer.error().isEmpty()) {
                Object data = JsonReader.readMap(answer.text().getBytes(StandardCharsets.UTF_8))
                        .get("data");
                if (data instanceof Map<?, ?> map) {
                    map.forEach((key, value) -> store.put(String.valueOf(key), String.valueOf(value)));
                }
                log.print("Registered to node: " + primary);
                return;
            }
            log.print("encountered error while registering to primary: " + answer.error() + ". Retrying in 1s.");
            task.container().clock().sleep(PAUSE);
        }
        log.print("Timed out while registering to primary.");
        task.end(1);
    }

    private Dialer.Answer dial(String host, String request) {
        ClusterNetwork network = task.container().runtime().network();
        String ip = new Resolver(task).address(host);
        return ip.isEmpty() || network == null
                ? new Dialer.Answer("", "lookup " + host + " on " + new Resolver(task).server() + ":53: no such host")
                : new Dialer(task, network, ip, backend).http(request);
    }

    @Override
    public HttpResponse handle(HttpRequest request) {
        Form form = Form.of(request);
        String key = form.text("key");
        return switch (request.path()) {
            case "/register" -> registered(form.text("host"));
            case "/get" -> {
                log.print("GET /get?key=" + key);
                yield json("data", key.isEmpty() ? new TreeMap<>(store) : store.getOrDefault(key, ""));
            }
            case "/set" -> set(key, form.text("value"));
            case "/guestbook" ->
                guestbook(form.text("cmd").toLowerCase(java.util.Locale.ROOT), key, form.text("value"));
            default -> HttpResponse.text(404, TEXT, "404 page not found\n");
        };
    }

    private HttpResponse registered(String host) {
        log.print("GET /register?host=" + host);
        replicas.add(host);
        log.print("Node '" + host + "' registered.");
        return json("data", new TreeMap<>(store));
    }

    private HttpResponse set(String key, String value) {
        log.print("GET /set?key=" + key + "&value=" + value);
        if (key.isEmpty()) {
            return HttpResponse.text(400, TEXT, "cannot set with empty key.\n");
        }
        store.put(key, value);
        for (String replica : replicas) {
            Dialer.Answer answer = dial(replica, "set?key=" + key + "&value=" + value);
            if (!answer.error().isEmpty()) {
                return HttpResponse.text(
                        417,
                        TEXT,
                        "encountered error while propagating to replica '" + replica + "': " + answer.error() + "\n");
            }
        }
        return json("message", "Updated");
    }

    private HttpResponse guestbook(String command, String key, String value) {
        log.print("GET /guestbook?cmd=" + command + "&key=" + key + "&value=" + value);
        if (!command.equals("get") && !command.equals("set")) {
            return HttpResponse.text(400, TEXT, "unsupported cmd: '" + command + "'\n");
        }
        if (command.equals("set") && key.isEmpty()) {
            return HttpResponse.text(400, TEXT, "cannot set with empty key.\n");
        }
        String host = command.equals("get") ? "agnhost-replica" : "agnhost-primary";
        Dialer.Answer answer = dial(host, command + "?key=" + key + "&value=" + value);
        return answer.error().isEmpty()
                ? HttpResponse.text(200, TEXT, answer.text())
                : HttpResponse.text(417, TEXT, "encountered error: " + answer.error() + "\n");
    }

    private static HttpResponse json(String name, Object value) {
        return HttpResponse.text(200, TEXT, JsonWriter.text(Map.of(name, value)));
    }
}
