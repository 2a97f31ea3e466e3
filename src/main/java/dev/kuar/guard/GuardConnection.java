package dev.kuar.guard;

import dev.kuar.guard.ReadOnlyRule.Verdict;
import dev.kuar.kubectl.rest.Answer;
import dev.kuar.kubectl.rest.Failure;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.ProtocolException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** One client's connection to the guard: a request, its verdict, its answer, then the next. */
final class GuardConnection {
    private static final int IDLE_MILLIS = 300_000;
    private static final int LARGEST_BODY = 16 << 20;
    private static final Pattern LONG_RUNNING = Pattern.compile("[?&](?:watch=(?:1|true)|follow=(?:1|true))(?:&|$)");
    private static final Set<String> OF_THE_HOP = Set.of(
            "connection", "keep-alive", "transfer-encoding", "content-length", "trailer", "te", "proxy-authenticate");
    /** What of a request reaches the cluster. Authorization does not: it is the guard's. */
    private static final List<String> PASSED_ON = List.of(
            "Accept",
            "Accept-Encoding",
            "Content-Type",
            "Content-Encoding",
            "User-Agent",
            "If-None-Match",
            "If-Match",
            "Kubectl-Command",
            "Kubectl-Session",
            "Impersonate-User",
            "Impersonate-Uid",
            "Impersonate-Group");

    private static final List<String> PASSED_ON_TO_UPGRADE = List.of(
            "Upgrade",
            "Sec-WebSocket-Key",
            "Sec-WebSocket-Version",
            "Sec-WebSocket-Protocol",
            "Sec-WebSocket-Extensions",
            "X-Stream-Protocol-Version",
            "Origin");

    private final Doors doors;
    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    GuardConnection(Doors doors, Socket socket) throws IOException {
        this.doors = doors;
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream(), 16 << 10);
        this.out = new BufferedOutputStream(socket.getOutputStream(), 32 << 10);
    }

    /** Serves until one side has enough. */
    void serve() throws IOException {
        socket.setSoTimeout(IDLE_MILLIS);
        boolean more = true;
        while (more) {
            try {
                Optional<RequestHead> head = RequestHead.read(in);
                more = head.isPresent() && answer(head.get());
            } catch (ProtocolException malformed) {
                refuse(400, "BadRequest", doors.text("guard.malformed", String.valueOf(malformed.getMessage())), true);
                more = false;
            }
        }
    }

    /** Whether another request may follow. */
    private boolean answer(RequestHead head) throws IOException {
        if (head.header("Expect").equalsIgnoreCase("100-continue")) {
            out.write(RequestHead.ascii("HTTP/1.1 100 Continue\r\n\r\n"));
            out.flush();
        }
        byte[] body = head.body(in, LARGEST_BODY);
        boolean last = head.closes() || head.isUpgrade();
        Optional<Door> found = doors.opened(head.header("Authorization"));
        if (found.isEmpty()) {
            refuse(401, "Unauthorized", "Unauthorized", last);
            return !last;
        }
        Door door = found.get();
        String target = head.target().startsWith(door.path() + "/")
                ? head.target().substring(door.path().length())
                : head.target();
        try {
            Verdict verdict = door.judge(head, target);
            if (verdict != Verdict.ALLOWED) {
                deny(door, head, target, verdict, last);
                return !last;
            }
            return forward(door, head, target, body) && !last;
        } catch (Failure unreachable) {
            String text = unreachable.bare().replaceFirst("^Unable to connect to the server: ", "");
            refuse(503, "ServiceUnavailable", doors.text("guard.unreachable", door.shown(), text), last);
            return !last;
        }
    }

    private void deny(Door door, RequestHead head, String target, Verdict verdict, boolean last) throws IOException {
        String action = new RequestHead(head.method(), target, 1, head.headers()).action();
        if (verdict == Verdict.MALFORMED) {
            refuse(400, "BadRequest", doors.text("guard.malformed", action), last);
        } else {
            refuse(403, "Forbidden", doors.refusal(door.standing(), verdict, door.shown(), action), last);
        }
    }

    private boolean forward(Door door, RequestHead head, String target, byte[] body) throws IOException {
        Map<String, String> headers = new LinkedHashMap<>();
        PASSED_ON.forEach(name -> pass(head, name, headers));
        head.headers().keySet().stream()
                .filter(name -> name.regionMatches(true, 0, "Impersonate-Extra-", 0, 18))
                .forEach(name -> pass(head, name, headers));
        if (head.isUpgrade()) {
            headers.put("Connection", "Upgrade");
            PASSED_ON_TO_UPGRADE.forEach(name -> pass(head, name, headers));
        }
        boolean hasBody =
                head.headers().containsKey("Content-Length") || head.headers().containsKey("Transfer-Encoding");
        byte[] sent = hasBody && !head.method().equals("GET") ? body : null;
        try (Answer answer = door.upstream().exchange(head.method(), target, headers, sent)) {
            if (answer.status() == 101) {
                tunnel(answer);
                return false;
            }
            boolean streams = LONG_RUNNING.matcher(target).find() || target.contains("/watch/");
            relay(answer, head, streams);
            return !streams && head.minor() > 0;
        } catch (UncheckedIOException cut) {
            throw new IOException(cut.getMessage(), cut);
        }
    }

    private static void pass(RequestHead head, String name, Map<String, String> into) {
        List<String> values = head.headers().getOrDefault(name, List.of());
        if (!values.isEmpty()) {
            into.put(name, String.join("\n", values));
        }
    }

    /** Passes an answer on: with its length where it has one, else in chunks as they come. */
    private void relay(Answer answer, RequestHead head, boolean streams) throws IOException {
        String length = answer.header("Content-Length");
        boolean empty = head.method().equals("HEAD") || answer.status() == 204 || answer.status() == 304;
        boolean chunked = !empty && length.isEmpty() && head.minor() > 0;
        StringBuilder text =
                new StringBuilder("HTTP/1.1 " + answer.status() + " " + Phrases.of(answer.status()) + "\r\n");
        for (String name : answer.headerNames()) {
            if (!OF_THE_HOP.contains(name.toLowerCase(java.util.Locale.ROOT))) {
                answer.headers(name)
                        .forEach(value ->
                                text.append(name).append(": ").append(value).append("\r\n"));
            }
        }
        if (chunked) {
            text.append("Transfer-Encoding: chunked\r\n");
        } else if (!length.isEmpty()) {
            text.append("Content-Length: ").append(length).append("\r\n");
        }
        if (streams || head.minor() == 0) {
            text.append("Connection: close\r\n");
        }
        out.write(RequestHead.ascii(text.append("\r\n").toString()));
        out.flush();
        if (empty) {
            return;
        }
        if (streams) {
            endWithClient(answer);
        }
        copy(answer.body(), out, chunked);
    }

    /** A client that leaves a watch ends it at the cluster too, though nothing may be written for long. */
    private void endWithClient(Answer answer) throws IOException {
        socket.setSoTimeout(0);
        Threads.start("kuar-guard-watch", () -> {
            try {
                while (in.read() >= 0) {
                    // nothing is expected; whatever comes is passed over
                }
            } catch (IOException left) {
                answer.abort();
            }
            answer.abort();
        });
    }

    private void tunnel(Answer answer) throws IOException {
        StringBuilder text = new StringBuilder("HTTP/1.1 101 Switching Protocols\r\n");
        for (String name : answer.headerNames()) {
            answer.headers(name)
                    .forEach(value ->
                            text.append(name).append(": ").append(value).append("\r\n"));
        }
        out.write(RequestHead.ascii(text.append("\r\n").toString()));
        out.flush();
        socket.setSoTimeout(0);
        Threads.start("kuar-guard-tunnel", () -> {
            try {
                copy(in, answer.output(), false);
                answer.abort();
            } catch (IOException ended) {
                answer.abort();
            }
        });
        try {
            copy(answer.body(), out, false);
        } finally {
            answer.abort();
        }
    }

    private static void copy(InputStream from, OutputStream to, boolean chunked) throws IOException {
        byte[] buffer = new byte[32 << 10];
        for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
            if (count == 0) {
                continue;
            }
            if (chunked) {
                to.write(RequestHead.ascii(Integer.toHexString(count) + "\r\n"));
            }
            to.write(buffer, 0, count);
            if (chunked) {
                to.write(RequestHead.ascii("\r\n"));
            }
            to.flush();
        }
        if (chunked) {
            to.write(RequestHead.ascii("0\r\n\r\n"));
            to.flush();
        }
    }

    private void refuse(int code, String reason, String message, boolean last) throws IOException {
        byte[] body = StatusText.json(code, reason, message).getBytes(StandardCharsets.UTF_8);
        out.write(
                RequestHead.ascii("HTTP/1.1 " + code + " " + Phrases.of(code) + "\r\nContent-Type: application/json\r\n"
                        + "Cache-Control: no-cache, private\r\n" + (last ? "Connection: close\r\n" : "")
                        + "Content-Length: " + body.length + "\r\n\r\n"));
        out.write(body);
        out.flush();
    }
}
