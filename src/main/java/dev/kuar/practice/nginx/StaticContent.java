package dev.kuar.practice.nginx;

import dev.kuar.practice.network.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Files: {@code root}, {@code alias}, {@code index}, {@code try_files}, {@code autoindex}. */
final class StaticContent {
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d*)-(\\d*)");

    private final Exchange exchange;
    private final NginxHost host;

    StaticContent(Exchange exchange) {
        this.exchange = exchange;
        this.host = exchange.site().host();
    }

    static String root(Exchange exchange) {
        String root = exchange.scope().text("root", "html");
        return Paths.full(exchange.variables().fill(root));
    }

    /** The file behind a path. */
    static String file(Exchange exchange, String uri) {
        Directive alias = ConfigurationReader.first(exchange.scope().own(), "alias");
        Location location = exchange.location();
        if (alias != null && location != null) {
            String to = Paths.full(exchange.variables().fill(alias.arg(0)));
            return location.kind() == Location.Kind.EXPRESSION || !uri.startsWith(location.path())
                    ? to
                    : to + uri.substring(location.path().length());
        }
        return root(exchange) + uri;
    }

    /** What {@code try_files} answers from elsewhere; null where the request goes on with the file that it found. */
    @Nullable
    HttpResponse tryFiles(Directive directive) {
        List<String> args = directive.args();
        for (String each : args.subList(0, args.size() - 1)) {
            String uri = exchange.variables().fill(each);
            boolean folder = uri.endsWith("/");
            NginxHost.Stat there = host.stat(file(exchange, folder ? uri.substring(0, uri.length() - 1) : uri));
            if (folder ? there.isDirectory() : there.isFile()) {
                exchange.setUri(uri);
                return null;
            }
        }
        String last = args.get(args.size() - 1);
        if (last.matches("=\\d{3}")) {
            return exchange.fail(Integer.parseInt(last.substring(1)));
        }
        if (last.startsWith("@")) {
            return exchange.find(last);
        }
        String uri = exchange.variables().fill(last);
        int query = uri.indexOf('?');
        if (query >= 0) {
            exchange.setArgs(uri.substring(query + 1));
            uri = uri.substring(0, query);
        }
        exchange.setUri(uri);
        return exchange.find(null);
    }

    HttpResponse serve() {
        String uri = exchange.uri();
        if (!List.of("GET", "HEAD").contains(exchange.method())) {
            return exchange.fail(405);
        }
        String path = file(exchange, uri);
        if (!uri.endsWith("/")) {
            return one(path);
        }
        Directive index = exchange.scope().find("index");
        for (String each : index == null ? List.of("index.html") : index.args()) {
            String name = exchange.variables().fill(each);
            if (host.stat(name.startsWith("/") ? path + name.substring(1) : path + name)
                    .isFile()) {
                exchange.setUri(uri + name);
                return exchange.find(null);
            }
        }
        NginxHost.Stat folder = host.stat(path);
        if (!folder.isDirectory()) {
            exchange.complain("error", "\"" + path + indexName(index) + "\" is not found " + folder.failure());
            return exchange.fail(404);
        }
        if (exchange.scope().on("autoindex", false)) {
            return listing(path, uri);
        }
        exchange.complain("error", "directory index of \"" + path + "\" is forbidden");
        return exchange.fail(403);
    }

    private static String indexName(@Nullable Directive index) {
        return index == null ? "index.html" : index.arg(index.args().size() - 1);
    }

    private HttpResponse one(String path) {
        NginxHost.Stat there = host.stat(path);
        if (there.isDirectory()) {
            String args = exchange.args().isEmpty() ? "" : "?" + exchange.args();
            return Pages.redirect(exchange, 301, exchange.uri() + "/" + args);
        }
        byte[] body = host.read(path);
        if (body == null) {
            String why = host.whyUnreadable(path);
            exchange.complain("error", "open() \"" + path + "\" failed " + why);
            return exchange.fail(why.startsWith("(13") ? 403 : 404);
        }
        Map<String, String> headers = new LinkedHashMap<>();
        String tag = "\"" + Long.toHexString(there.modified().getEpochSecond()) + "-" + Integer.toHexString(body.length)
                + "\"";
        String modified = Paths.DATE.format(there.modified());
        headers.put("Content-Type", exchange.type(path));
        headers.put("Last-Modified", modified);
        headers.put("ETag", tag);
        String known = exchange.request().header("If-None-Match");
        boolean fresh = known.isEmpty()
                ? exchange.request().header("If-Modified-Since").equals(modified)
                : known.equals(tag) || known.equals("*");
        if (fresh) {
            headers.remove("Content-Type");
            return new HttpResponse(304, headers, new byte[0]);
        }
        Matcher range = RANGE.matcher(exchange.request().header("Range"));
        if (range.matches() && !(range.group(1).isEmpty() && range.group(2).isEmpty())) {
            return part(range, body, headers);
        }
        headers.put("Accept-Ranges", "bytes");
        return new HttpResponse(200, headers, body);
    }

    private HttpResponse part(Matcher range, byte[] body, Map<String, String> headers) {
        long from = range.group(1).isEmpty()
                ? Math.max(0, body.length - Long.parseLong(range.group(2)))
                : Long.parseLong(range.group(1));
        long to = range.group(1).isEmpty() || range.group(2).isEmpty()
                ? body.length - 1L
                : Math.min(body.length - 1L, Long.parseLong(range.group(2)));
        if (from > to) {
            HttpResponse refused = Pages.error(exchange, 416);
            refused.headers().put("Content-Range", "bytes */" + body.length);
            return refused;
        }
        headers.put("Content-Range", "bytes " + from + "-" + to + "/" + body.length);
        return new HttpResponse(206, headers, Arrays.copyOfRange(body, (int) from, (int) to + 1));
    }

    private HttpResponse listing(String path, String uri) {
        DateTimeFormatter date =
                DateTimeFormatter.ofPattern("dd-MMM-yyyy HH:mm", Locale.ENGLISH).withZone(ZoneOffset.UTC);
        StringBuilder page = new StringBuilder("<html>\r\n<head><title>Index of " + uri
                + "</title></head>\r\n<body>\r\n<h1>Index of " + uri + "</h1><hr><pre><a href=\"../\">../</a>\r\n");
        for (boolean folders : new boolean[] {true, false}) {
            for (String name : host.list(path)) {
                NginxHost.Stat there = host.stat(path + name);
                if (there.isDirectory() == folders && !name.startsWith(".")) {
                    String shown = folders ? name + "/" : name;
                    page.append("<a href=\"")
                            .append(shown)
                            .append("\">")
                            .append(shown)
                            .append("</a>");
                    page.append(" ".repeat(Math.max(1, 51 - shown.length())))
                            .append(date.format(there.modified()))
                            .append(String.format(Locale.ROOT, "%20s", folders ? "-" : Long.toString(there.size())))
                            .append("\r\n");
                }
            }
        }
        byte[] body = page.append("</pre><hr></body>\r\n</html>\r\n").toString().getBytes(StandardCharsets.UTF_8);
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "text/html");
        return new HttpResponse(200, headers, body);
    }
}
