package dev.kuar.practice.container;

import dev.kuar.practice.network.ClusterNetwork;
import dev.kuar.practice.network.HttpHandler;
import dev.kuar.practice.network.HttpRequest;
import dev.kuar.practice.network.HttpResponse;
import dev.kuar.practice.network.Unreachable;
import dev.kuar.practice.network.Wire;
import dev.kuar.practice.object.JsonWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The front end of Kubernetes' guestbook: a page, and {@code guestbook.php}, which writes to a leader and reads from followers. */
final class GuestbookSite implements HttpHandler {
    private static final int PORT = 6379;
    private static final long LIMIT = 5000;
    private static final String HTML = "text/html; charset=UTF-8";

    private final Task task;
    private final HttpHandler files;

    GuestbookSite(Task task) {
        this.task = task;
        this.files = new StaticSite(task, "/var/www/html", "Apache/2.4.52 (Debian)");
    }

    @Override
    public HttpResponse handle(HttpRequest request) {
        if (!request.path().equals("/guestbook.php")) {
            return files.handle(request);
        }
        Form form = Form.of(request);
        boolean set = form.text("cmd").equals("set");
        if (form.text("cmd").isEmpty()) {
            return HttpResponse.text(200, HTML, "<html><head><title>PHP 7.4.28 - phpinfo()</title></head></html>\n");
        }
        String host = host(set ? "leader" : "follower");
        try {
            List<String> command =
                    set ? List.of("SET", form.text("key"), form.text("value")) : List.of("GET", form.text("key"));
            Object answer = ask(host, command);
            if (answer instanceof RedisReply.Failure failure) {
                return failed("Predis\\Response\\ServerException: " + failure.text());
            }
            if (answer == null) {
                return failed(
                        "Predis\\Connection\\ConnectionException: Error while reading line from the server. [tcp://"
                                + host + ":" + PORT + "]");
            }
            String text = answer instanceof String found
                    ? new String(found.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8)
                    : "";
            return HttpResponse.text(
                    200,
                    "application/json",
                    set ? "{\"message\": \"Updated\"}" : "{\"data\": " + JsonWriter.text(text) + "}");
        } catch (Unreachable e) {
            return failed(
                    "Predis\\Connection\\ConnectionException: " + e.words() + " [tcp://" + host + ":" + PORT + "]");
        } catch (IOException | InterruptedException e) {
            return failed("Predis\\Connection\\ConnectionException: " + e.getMessage());
        }
    }

    /** As GET_HOSTS_FROM says: a name for DNS, or what the service's variable holds. */
    private String host(String role) {
        boolean fromVariables = task.env("GET_HOSTS_FROM").equals("env");
        String variable = "REDIS_" + role.toUpperCase(Locale.ROOT) + "_SERVICE_HOST";
        return fromVariables ? task.env(variable) : "redis-" + role;
    }

    private @Nullable Object ask(String host, List<String> words)
            throws Unreachable, IOException, InterruptedException {
        ClusterNetwork network = task.container().runtime().network();
        String ip = new Resolver(task).address(host);
        if (network == null || ip.isEmpty()) {
            throw new IOException("php_network_getaddresses: getaddrinfo failed: Name or service not known [tcp://"
                    + host + ":" + PORT + "]");
        }
        WireStream answers = new WireStream();
        Wire wire = network.dial(task.container().network(), ip, PORT)
                .accept(answers, task.container().network().ip());
        wire.send(RedisReply.command(words));
        try {
            return answers.await(LIMIT) ? RedisReply.read(answers) : null;
        } finally {
            wire.end();
        }
    }

    private HttpResponse failed(String why) {
        try {
            task.printError("PHP Fatal error:  Uncaught " + why + " in /var/www/html/guestbook.php\n");
        } catch (IOException e) {
            return HttpResponse.text(500, HTML, "");
        }
        return HttpResponse.text(500, HTML, "");
    }
}
