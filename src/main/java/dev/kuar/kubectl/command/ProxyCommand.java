package dev.kuar.kubectl.command;

import dev.kuar.kubectl.rest.Answer;
import dev.kuar.kubectl.rest.Failure;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** {@code kubectl proxy}: hands local HTTP requests on to the API server with the user's credentials. */
final class ProxyCommand {
    static final String FLAGS = """
            accept-hosts string=^localhost$,^127\\.0\\.0\\.1$,^\\[::1\\]$ Regular expression for hosts that the proxy should accept.
            accept-paths string=^.* Regular expression for paths that the proxy should accept.
            address string=127.0.0.1 The IP address on which to serve on.
            api-prefix string=/ Prefix to serve the proxied API under.
            append-server-path bool If true, enables automatic path appending of the kube context server path.
            disable-filter bool If true, disable request filtering in the proxy.
            keepalive duration=0s The keep-alive period for an active network connection.
            port,p int=8001 The port on which to run the proxy. Set to 0 to pick a random port.
            reject-methods string=^$ Regular expression for HTTP methods that the proxy should reject.
            reject-paths string=^/api/.*/pods/.*/exec,^/api/.*/pods/.*/attach Regular expression for paths to reject.
            unix-socket string Unix socket on which to run the proxy.
            www,w string Also serve static files from the given directory under the specified prefix.
            www-prefix,P string=/static/ Prefix to serve static files under.
            """;
    private static final List<String> HOP_BY_HOP = List.of(
            "connection",
            "host",
            "keep-alive",
            "transfer-encoding",
            "upgrade",
            "content-length",
            "authorization",
            "te");

    private final Run run;

    private ProxyCommand(Run run) {
        this.run = run;
    }

    static int run(Run run) {
        run.client();
        try (ServerSocket server =
                new ServerSocket((int) run.flags().number("port"), 50, InetAddress.getByName(run.text("address")))) {
            run.cancellation().closeOnCancel(server);
            run.line("Starting to serve on " + run.text("address") + ":" + server.getLocalPort());
            run.out().flush();
            while (!run.cancellation().isCancelled()) {
                Socket socket = server.accept();
                run.cancellation().closeOnCancel(socket);
                Thread thread = new Thread(() -> new ProxyCommand(run).serve(socket), "kubectl proxy");
                thread.setDaemon(true);
                thread.start();
            }
            return 0;
        } catch (IOException failure) {
            if (run.cancellation().isCancelled()) {
                throw Failure.exit(130, "");
            }
            throw Failure.error(
                    "listen tcp " + run.text("address") + ":" + run.text("port") + ": bind: address already in use",
                    failure);
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            while (one(in, socket.getOutputStream())) {
                socket.getOutputStream().flush();
            }
        } catch (IOException | Failure ended) {
            run.cancellation().forget(socket);
        }
    }

    /** One request; false when the connection is to be closed. */
    private boolean one(InputStream in, OutputStream out) throws IOException {
        String[] words = line(in).split(" ", 3);
        if (words.length < 3) {
            return false;
        }
        Map<String, String> headers = new LinkedHashMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            String[] pair = line.split(":", 2);
            headers.put(pair[0].toLowerCase(Locale.ROOT), pair.length > 1 ? pair[1].strip() : "");
        }
        byte[] body = in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        if (!allowed(words[0], words[1], headers.getOrDefault("host", ""))) {
            answer(out, "403 Forbidden", "<h3>Unauthorized</h3>");
            return true;
        }
        String prefix = run.text("api-prefix").replaceFirst("/+$", "");
        if (!words[1].startsWith(prefix)) {
            answer(out, "404 Not Found", "404 page not found\n");
            return true;
        }
        HOP_BY_HOP.forEach(headers::remove);
        headers.putIfAbsent("accept", "*/*");
        try (Answer answer = run.client()
                .exchange(words[0], words[1].substring(prefix.length()), headers, body.length == 0 ? null : body, 0)) {
            StringBuilder head = new StringBuilder("HTTP/1.1 " + answer.status() + " \r\n");
            for (String name : answer.headerNames()) {
                if (!HOP_BY_HOP.contains(name.toLowerCase(Locale.ROOT))) {
                    answer.headers(name)
                            .forEach(value ->
                                    head.append(name).append(": ").append(value).append("\r\n"));
                }
            }
            head.append("Transfer-Encoding: chunked\r\n\r\n");
            out.write(head.toString().getBytes(StandardCharsets.UTF_8));
            byte[] buffer = new byte[16 << 10];
            for (int count = answer.body().read(buffer);
                    count >= 0;
                    count = answer.body().read(buffer)) {
                if (count > 0) {
                    out.write((Integer.toHexString(count) + "\r\n").getBytes(StandardCharsets.US_ASCII));
                    out.write(buffer, 0, count);
                    out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
                    out.flush();
                }
            }
            out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        return true;
    }

    private boolean allowed(String method, String path, String host) {
        if (run.on("disable-filter")) {
            return true;
        }
        String name = host.replaceFirst(":[0-9]+$", "");
        return any(run.text("accept-hosts"), name)
                && any(run.text("accept-paths"), path)
                && !any(run.text("reject-paths"), path)
                && !any(run.text("reject-methods"), method);
    }

    private static boolean any(String expressions, String text) {
        for (String expression : expressions.split(",")) {
            if (Pattern.compile(expression).matcher(text).find()) {
                return true;
            }
        }
        return false;
    }

    private static void answer(OutputStream out, String status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        out.write(("HTTP/1.1 " + status + "\r\nContent-Length: " + body.length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        out.write(body);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }
}
