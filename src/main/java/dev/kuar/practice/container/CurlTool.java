package dev.kuar.practice.container;

import dev.kuar.practice.network.HttpResponse;
import dev.kuar.practice.network.Unreachable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code curl}: HTTP and HTTPS, redirects, verbose and formatted output, its exit codes and its words. */
final class CurlTool implements Tool {
    private static final Pattern VARIABLE = Pattern.compile("%\\{([\\w.]+)}");
    private static final long CONNECT_MILLIS = 130_000;
    private static final int MOST_REDIRECTS = 50;

    @Override
    public int run(Task task) throws IOException, InterruptedException {
        CurlOptions options = CurlOptions.of(SystemTools.arguments(task), task.files());
        if (!options.complaint().isEmpty()) {
            task.printError("curl: " + options.complaint()
                    + "\ncurl: try 'curl --help' or 'curl --manual' for more information\n");
            return options.complaint().startsWith("Failed to open") ? 26 : 2;
        }
        if (options.has("version")) {
            task.print(
                    "curl 8.14.1 (x86_64-pc-linux-gnu) libcurl/8.14.1 OpenSSL/3.0.17 zlib/1.3.1\nRelease-Date: 2025-06-04\n"
                            + "Protocols: http https\nFeatures: alt-svc HSTS IPv6 libz SSL\n");
            return 0;
        }
        if (options.has("help")) {
            task.print("Usage: curl [options...] <url>\n");
            return 0;
        }
        if (options.urls().isEmpty()) {
            task.printError(
                    "curl: (2) no URL specified\ncurl: try 'curl --help' or 'curl --manual' for more information\n");
            return 2;
        }
        int code = 0;
        for (int i = 0; i < options.urls().size(); i++) {
            code = new Transfer(task, options, i).run();
        }
        return code;
    }

    /** One URL. */
    private static final class Transfer {
        private final Task task;
        private final CurlOptions options;
        private final int index;
        private final boolean silent;
        private final ByteArrayOutputStream heads = new ByteArrayOutputStream();
        private final ByteArrayOutputStream received = new ByteArrayOutputStream();
        private int redirects;

        Transfer(Task task, CurlOptions options, int index) {
            this.task = task;
            this.options = options;
            this.index = index;
            this.silent = options.has("silent") && !options.has("show-error");
        }

        int run() throws IOException, InterruptedException {
            String url = options.urls().get(index);
            if (!options.query().isEmpty()) {
                url += (url.contains("?") ? "&" : "?") + options.query();
            }
            if (url.matches("(?i)[a-z][a-z0-9+.-]*://.*") && !url.matches("(?i)https?://.*")) {
                return fails(1, "Protocol \"" + url.replaceFirst(":.*", "") + "\" not supported");
            }
            String method = options.method();
            byte[] body = options.body();
            int tries = options.text("retry").matches("\\d{1,3}") ? Integer.parseInt(options.text("retry")) : 0;
            while (true) {
                int[] code = {0};
                HttpResponse response = once(url, method, body, code);
                if (code[0] != 0) {
                    boolean again = tries-- > 0
                            && (code[0] == 28
                                    || code[0] == 7 && options.has("retry-connrefused")
                                    || options.has("retry-all-errors"));
                    if (!again) {
                        return code[0];
                    }
                    task.container().clock().sleep(Duration.ofSeconds(1));
                    continue;
                }
                String next = location(response);
                if (next.isEmpty() || !options.has("location") && !options.has("location-trusted")) {
                    return finish(response, url);
                }
                if (++redirects > MOST_REDIRECTS) {
                    return fails(47, "Maximum (50) redirects followed");
                }
                headers(response);
                if (List.of(301, 302, 303).contains(response.status())
                        && !method.equals("HEAD")
                        && !options.has("request")) {
                    method = "GET";
                    body = new byte[0];
                }
                url = against(url, next);
            }
        }

        private static String location(HttpResponse response) {
            return response.status() / 100 == 3
                    ? response.headers().entrySet().stream()
                            .filter(each -> each.getKey().equalsIgnoreCase("Location"))
                            .map(Map.Entry::getValue)
                            .findFirst()
                            .orElse("")
                    : "";
        }

        private static String against(String url, String next) {
            if (next.matches("(?i)https?://.*")) {
                return next;
            }
            String origin = url.replaceFirst("^((?:https?://)?[^/?]+).*", "$1");
            return next.startsWith("/")
                    ? origin + next
                    : url.replaceFirst("\\?.*", "").replaceFirst("[^/]*$", "") + next;
        }

        private HttpResponse once(String url, String method, byte[] body, int[] code)
                throws IOException, InterruptedException {
            HttpResponse none = HttpResponse.text(0, "text/plain", "");
            WebClient client = new WebClient(task);
            WebClient.Target found = client.target(url);
            WebClient.Target target = resolved(found);
            if (target.ip().isEmpty()) {
                code[0] = fails(6, "Could not resolve host: " + target.host());
                return none;
            }
            Map<String, String> headers = new LinkedHashMap<>(options.headers());
            verbose("*   Trying " + target.ip() + ":" + target.port() + "...");
            try {
                HttpResponse response = client.send(target, method, headers, body);
                if (response.status() == 0) {
                    code[0] = target.tls()
                            ? fails(35, "TLS connect error: error:0A00010B:SSL routines::wrong version number")
                            : fails(52, "Empty reply from server");
                    return none;
                }
                if (target.tls() && !options.has("insecure") && !options.has("cacert")) {
                    code[0] = fails(
                            60,
                            "SSL certificate problem: unable to get local issuer certificate\nMore details here:"
                                    + " https://curl.se/docs/sslcerts.html");
                    return none;
                }
                show(target, method, headers, response);
                return response;
            } catch (Unreachable e) {
                code[0] = unreachable(e, target);
                return none;
            }
        }

        private int unreachable(Unreachable e, WebClient.Target target) throws IOException, InterruptedException {
            if (e.cause() == Unreachable.Cause.TIMED_OUT) {
                long limit = Math.min(
                        options.millis("max-time", CONNECT_MILLIS), options.millis("connect-timeout", CONNECT_MILLIS));
                task.container().clock().sleep(Duration.ofMillis(limit));
                return fails(28, "Connection timed out after " + limit + " milliseconds");
            }
            verbose("* connect to " + target.ip() + " port " + target.port() + " from 0.0.0.0 port 41234 failed: "
                    + e.words());
            return fails(
                    7,
                    "Failed to connect to " + target.host() + " port " + target.port()
                            + " after 0 ms: Could not connect to server");
        }

        private WebClient.Target resolved(WebClient.Target target) {
            for (String each : options.text("resolve").split(" ")) {
                String[] parts = each.replaceFirst("^\\+", "").split(":");
                if (parts.length == 3
                        && parts[0].equalsIgnoreCase(target.host())
                        && parts[1].equals(Integer.toString(target.port()))) {
                    return new WebClient.Target(target.tls(), target.host(), parts[2], target.port(), target.path());
                }
            }
            return target;
        }

        private void verbose(String line) throws IOException {
            if (options.has("verbose")) {
                task.printError(line + "\n");
            }
        }

        private void show(WebClient.Target target, String method, Map<String, String> headers, HttpResponse response)
                throws IOException {
            if (!options.has("verbose")) {
                return;
            }
            boolean usual = target.port() == (target.tls() ? 443 : 80);
            StringBuilder text = new StringBuilder("* Connected to " + target.host() + " (" + target.ip() + ") port "
                    + target.port() + "\n* using HTTP/1.x\n> " + method + " " + target.path() + " HTTP/1.1\r\n");
            if (headers.keySet().stream().noneMatch("Host"::equalsIgnoreCase)) {
                text.append("> Host: ")
                        .append(target.host())
                        .append(usual ? "" : ":" + target.port())
                        .append("\r\n");
            }
            headers.forEach((name, value) ->
                    text.append("> ").append(name).append(": ").append(value).append("\r\n"));
            text.append("> \r\n* Request completely sent off\n< ")
                    .append(response.protocol())
                    .append(' ')
                    .append(response.status())
                    .append(' ')
                    .append(response.reason())
                    .append("\r\n");
            response.headerLines()
                    .forEach(line -> text.append("< ").append(line).append("\r\n"));
            task.printError(text.append("< \r\n").toString());
        }

        /** Headers are a part of what is received where they are asked for, wherever that goes. */
        private void headers(HttpResponse response) {
            StringBuilder text =
                    new StringBuilder(response.protocol() + " " + response.status() + " " + response.reason() + "\r\n");
            response.headerLines().forEach(line -> text.append(line).append("\r\n"));
            byte[] bytes = text.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
            if (options.has("include") || options.has("head") || options.has("show-headers")) {
                received.writeBytes(bytes);
            }
            heads.writeBytes(bytes);
        }

        /** Whether it could be written; without a name there is nothing to do. */
        private boolean save(String file, ByteArrayOutputStream content) throws IOException {
            if (file.equals("-")) {
                task.out().write(content.toByteArray());
            } else if (!file.isEmpty() && !file.equals("/dev/null")) {
                try {
                    task.save(file, content.toByteArray());
                } catch (FileError e) {
                    return false;
                }
            }
            return true;
        }

        private int finish(HttpResponse response, String url) throws IOException {
            boolean bad = response.status() >= 400;
            if (bad && options.has("fail")) {
                int code = fails(22, "The requested URL returned error: " + response.status());
                format(response, url);
                return code;
            }
            headers(response);
            if (!options.has("head")) {
                received.writeBytes(response.body());
            }
            String file = options.has("remote-name")
                    ? url.replaceFirst("[?#].*", "").replaceFirst(".*/", "")
                    : options.output(index);
            if (!save(options.text("dump-header"), heads) || !save(file.isEmpty() ? "-" : file, received)) {
                return fails(23, "client returned ERROR on write, " + response.body().length + " bytes");
            }
            format(response, url);
            if (options.has("verbose")) {
                task.printError("* Connection #0 to host "
                        + new WebClient(task).target(url).host() + " left intact\n");
            }
            return bad && options.has("fail-with-body")
                    ? fails(22, "The requested URL returned error: " + response.status())
                    : 0;
        }

        private void format(HttpResponse response, String url) throws IOException {
            String format = options.text("write-out");
            if (format.isEmpty()) {
                return;
            }
            WebClient.Target target = new WebClient(task).target(url);
            Matcher matcher = VARIABLE.matcher(format);
            StringBuilder filled = new StringBuilder();
            while (matcher.find()) {
                matcher.appendReplacement(
                        filled, Matcher.quoteReplacement(value(matcher.group(1), response, url, target)));
            }
            task.print(Echo.unescape(matcher.appendTail(filled).toString()));
        }

        private String value(String name, HttpResponse response, String url, WebClient.Target target) {
            return switch (name) {
                case "http_code", "response_code" -> String.format("%03d", response.status());
                case "size_download" -> Integer.toString(response.body().length);
                case "size_upload" -> Integer.toString(options.body().length);
                case "content_type" -> response.headers().getOrDefault("Content-Type", "");
                case "num_redirects" -> Integer.toString(redirects);
                case "redirect_url" -> location(response).isEmpty() ? "" : against(url, location(response));
                case "remote_ip" -> target.ip();
                case "remote_port" -> Integer.toString(target.port());
                case "local_ip" -> task.container().network().ip();
                case "url", "url_effective" -> url;
                case "method" -> options.method();
                case "scheme" -> target.tls() ? "https" : "http";
                case "http_version" -> "1.1";
                case "exitcode", "num_connects", "ssl_verify_result" -> "0";
                case "time_namelookup",
                        "time_connect",
                        "time_appconnect",
                        "time_pretransfer",
                        "time_starttransfer",
                        "time_total",
                        "time_redirect" -> "0.001000";
                case "speed_download", "speed_upload" -> Integer.toString(response.body().length * 1000);
                case "errormsg", "stderr", "stdout" -> "";
                default -> "";
            };
        }

        private int fails(int code, String message) throws IOException {
            if (!silent) {
                task.printError("curl: (" + code + ") " + message + "\n");
            }
            return code;
        }
    }
}
