package dev.kuar.practice.container;

import dev.kuar.practice.network.ClusterNetwork;
import dev.kuar.practice.network.HttpHandler;
import dev.kuar.practice.network.HttpRequest;
import dev.kuar.practice.network.HttpResponse;
import dev.kuar.practice.network.HttpService;
import dev.kuar.practice.network.UdpService;
import dev.kuar.practice.object.GoDuration;
import dev.kuar.practice.object.JsonWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** {@code agnhost netexec}: an HTTP and a UDP server that tell who they are, dial others, run commands, fail and end when asked to. */
final class Netexec implements HttpHandler {
    static final Map<String, String> FLAGS = Map.of(
            "http-port", "8080",
            "udp-port", "8081",
            "sctp-port", "-1",
            "tls-cert-file", "",
            "tls-private-key-file", "",
            "http-override", "",
            "udp-listen-addresses", "",
            "delay-shutdown", "0");

    private static final DateTimeFormatter NOW = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd HH:mm:ss.SSSSSSSSS", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final String TEXT = "text/plain; charset=utf-8";

    private final Task task;
    private final GoLog log;
    private final int port;
    private final int udpPort;
    private final String override;
    private volatile boolean ready;
    private volatile boolean ending;

    private Netexec(Task task, GoFlags flags) throws GoFlags.Wrong {
        this.task = task;
        this.log = new GoLog(task);
        this.port = flags.number("http-port");
        this.udpPort = flags.number("udp-port");
        this.override = flags.text("http-override");
    }

    static void begin(Task task, GoFlags flags) throws IOException, GoFlags.Wrong {
        Netexec server = new Netexec(task, flags);
        int delay = flags.number("delay-shutdown");
        task.handle(Signal.TERM, signal -> server.terminate(delay));
        task.handle(Signal.INT, signal -> task.end(2));
        Sockets sockets = new Sockets(task);
        if (server.udpPort != -1) {
            if (!sockets.udp(server.udpPort, server::datagram)) {
                return;
            }
            server.log.print("Started UDP server on port  " + server.udpPort);
            server.ready = true;
        }
        HttpService http = flags.text("tls-cert-file").isEmpty()
                ? HttpService.plain(server)
                : sockets.secure(server, flags.text("tls-cert-file"), flags.text("tls-private-key-file"));
        if (sockets.tcp(server.port, http)) {
            server.log.print("Started HTTP server on port " + server.port);
        }
    }

    private void terminate(int delay) {
        ending = true;
        if (delay > 0) {
            log.print("Sleeping " + delay + " seconds before terminating...");
            task.container().clock().after(Duration.ofSeconds(delay), () -> task.end(0));
        } else {
            task.end(0);
        }
    }

    private String hostname() {
        return task.container().spec().hostname();
    }

    private Optional<byte[]> datagram(byte[] bytes, String peer) {
        String text = new String(bytes, StandardCharsets.UTF_8).strip().toLowerCase(Locale.ROOT);
        String answer;
        if (text.equals("hostname")) {
            log.print("Sending udp hostName response");
            answer = hostname();
        } else if (text.startsWith("echo ")) {
            answer = text.substring(5);
            log.print("Echoing " + answer + " to UDP client " + peer);
        } else if (text.equals("clientip")) {
            log.print("Sending clientip back to UDP client " + peer);
            answer = peer;
        } else if (text.equals("serverport")) {
            log.print("Sending server port to UDP client " + udpPort);
            answer = Integer.toString(udpPort);
        } else {
            if (!text.isEmpty()) {
                log.print("Unknown UDP command received from " + peer + ": " + text);
            }
            return Optional.empty();
        }
        return Optional.of(answer.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public HttpResponse handle(HttpRequest sent) {
        HttpRequest request =
                override.isEmpty() ? sent : new HttpRequest("GET", override, Map.of(), new byte[0], sent.peer());
        Form form = Form.of(request);
        switch (request.path()) {
            case "/clientip":
                log.print("GET /clientip");
                return text(200, request.peer() + ":" + Sockets.clientPort(request));
            case "/serverport":
                log.print("GET /serverport");
                return text(200, Integer.toString(port));
            case "/header":
                return header(request, form.text("key"));
            case "/dial":
                return dial(form);
            case "/echo":
                return echo(form);
            case "/exit":
                return exit(form);
            case "/healthz":
                log.print("GET /healthz");
                return text(ready ? 200 : 412, "");
            case "/readyz":
                log.print("GET /readyz");
                return ending ? text(503, "shutting down") : ready ? text(200, "ok") : text(412, "");
            case "/hostname", "/hostName":
                log.print("GET " + request.path());
                return text(200, hostname());
            case "/redirect":
                return redirect(request, form);
            case "/shell":
                return shell(form);
            case "/shutdown":
                log.print("GET /shutdown");
                task.end(0);
                return text(200, "");
            case "/upload":
                return upload(request);
            default:
                log.print("GET /");
                return text(200, "NOW: " + NOW.format(task.container().clock().now()) + " +0000 UTC");
        }
    }

    private HttpResponse header(HttpRequest request, String key) {
        if (!key.isEmpty()) {
            log.print("GET /header?key=" + key);
            return text(200, request.header(key));
        }
        log.print("GET /header");
        Map<String, Object> all = new TreeMap<>();
        request.headers().forEach((name, value) -> {
            if (!name.equalsIgnoreCase("Host")) {
                all.put(name, List.of(value));
            }
        });
        return text(200, JsonWriter.text(all));
    }

    private HttpResponse echo(Form form) {
        String message = form.text("msg");
        String code = form.text("code");
        log.print("GET /echo?msg=" + message + "&code=" + code);
        if (code.isEmpty()) {
            return text(200, message);
        }
        return code.matches("\\d{3}")
                ? text(Integer.parseInt(code), message)
                : text(200, "argument 'code' must be an integer or empty, got \"" + code + "\"\n");
    }

    private HttpResponse exit(Form form) {
        String code = form.text("code");
        String timeout = form.text("timeout");
        String wait = form.text("wait");
        log.print("GET /exit?code=" + code + "&timeout=" + timeout + "&wait=" + wait);
        for (String name : List.of("timeout", "wait")) {
            String value = form.text(name);
            if (!value.isEmpty() && GoDuration.find(value).isEmpty()) {
                return text(
                        200,
                        "argument '" + name + "' must be a valid golang duration or empty, got \"" + value + "\"\n");
            }
        }
        if (!code.matches("\\d{0,3}")) {
            return text(200, "argument 'code' must be an integer [0-127] or empty, got \"" + code + "\"\n");
        }
        int exit = code.isEmpty() ? 0 : Integer.parseInt(code);
        Duration pause = GoDuration.find(wait).orElse(Duration.ZERO);
        if (pause.isZero()) {
            task.end(exit);
        } else {
            task.container().clock().after(pause, () -> task.end(exit));
        }
        return text(200, "");
    }

    private HttpResponse redirect(HttpRequest request, Form form) {
        String location = form.text("location");
        String code = form.text("code");
        log.print(request.method() + " /redirect?msg=" + location + "&code=" + code);
        if (!code.isEmpty() && !code.matches("\\d{3}")) {
            return text(200, "argument 'code' must be an integer or empty, got \"" + code + "\"\n");
        }
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "text/html; charset=utf-8");
        headers.put("Location", location);
        int status = code.isEmpty() ? 302 : Integer.parseInt(code);
        String body = request.method().equals("GET")
                ? "<a href=\"" + location.replace("&", "&amp;").replace("\"", "&#34;") + "\">Found</a>.\n\n"
                : "";
        return new HttpResponse(status, headers, body.getBytes(StandardCharsets.UTF_8));
    }

    private HttpResponse shell(Form form) {
        String command = form.text("shellCommand").isEmpty() ? form.text("cmd") : form.text("shellCommand");
        log.print("GET /shell?cmd=" + command);
        Map<String, Object> output = new TreeMap<>();
        try {
            Captured result = Captured.of(task.container(), List.of("/bin/sh", "-c", command));
            if (!result.output().isEmpty()) {
                output.put("output", result.output());
            }
            if (result.code() != 0) {
                output.put("error", "exit status " + result.code());
            }
        } catch (RuntimeError e) {
            output.put("error", "fork/exec /bin/sh: no such file or directory");
        }
        return text(200, JsonWriter.text(output));
    }

    private HttpResponse upload(HttpRequest request) {
        log.print("GET /upload");
        Optional<byte[]> file = Multipart.file(request, "file");
        if (file.isEmpty()) {
            return text(200, JsonWriter.text(Map.of("error", "Unable to upload file.")));
        }
        String path = "/uploads/upload" + Integer.toUnsignedString(java.util.Arrays.hashCode(file.get()));
        try {
            task.files().write(path, file.get());
            task.files().change(path).setMode(0700);
        } catch (FileError e) {
            return text(200, JsonWriter.text(Map.of("error", "Unable to open file for write")));
        }
        log.print("Wrote upload to " + path);
        return text(201, JsonWriter.text(Map.of("output", path)));
    }

    private HttpResponse dial(Form form) {
        String host = form.text("host");
        String number = form.text("port");
        String what = form.text("request");
        String protocol = form.text("protocol").toLowerCase(Locale.ROOT);
        String times = form.text("tries");
        log.print("GET /dial?host=" + host + "&protocol=" + form.text("protocol") + "&port=" + number + "&request="
                + what + "&tries=" + times);
        if (!times.matches("\\d{0,5}")) {
            return text(400, "tries parameter is invalid. strconv.Atoi: parsing \"" + times + "\": invalid syntax\n");
        }
        if (what.isEmpty()) {
            return text(400, "request parameter not specified. <nil>\n");
        }
        if (!List.of("", "http", "udp").contains(protocol)) {
            return text(400, "unsupported protocol. " + form.text("protocol") + "\n");
        }
        ClusterNetwork network = task.container().runtime().network();
        String ip = new Resolver(task).address(host);
        if (ip.isEmpty() || network == null || !number.matches("\\d{1,5}")) {
            return text(
                    400,
                    "host and/or port param are invalid. lookup " + host + " on " + new Resolver(task).server()
                            + ":53: no such host\n");
        }
        Dialer dialer = new Dialer(task, network, ip, Integer.parseInt(number));
        List<String> errors = new ArrayList<>();
        List<String> responses = new ArrayList<>();
        boolean last = false;
        for (int i = 0; i < (times.isEmpty() ? 1 : Integer.parseInt(times)) && !task.isOver(); i++) {
            Dialer.Answer answer = protocol.equals("udp") ? dialer.udp(what) : dialer.http(what);
            (answer.error().isEmpty() ? responses : errors)
                    .add(answer.error().isEmpty() ? answer.text() : answer.error());
            last = answer.error().isEmpty() && !answer.text().isEmpty();
        }
        Map<String, Object> output = new TreeMap<>();
        if (last) {
            output.put("responses", responses);
        }
        if (!errors.isEmpty()) {
            output.put("errors", errors);
        }
        return text(200, JsonWriter.text(output));
    }

    private static HttpResponse text(int status, String body) {
        return HttpResponse.text(status, TEXT, body);
    }

    /** For servers that answer each datagram alike. */
    static UdpService always(String answer) {
        return (datagram, peer) -> Optional.of(answer.getBytes(StandardCharsets.UTF_8));
    }
}
