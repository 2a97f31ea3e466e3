package dev.kuar.practice.nginx;

import dev.kuar.practice.network.HttpRequest;
import dev.kuar.practice.network.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One request on its way through nginx's phases. */
final class Exchange {
    private static final int CYCLES = 10;

    private final NginxSite site;
    private final VirtualServer server;
    private final HttpRequest request;
    private final long connection;
    private final Variables variables = new Variables(this);
    private final Map<String, String> set = new HashMap<>();
    private List<String> captures = List.of();
    private Scope scope;
    private @Nullable Location location;
    private String method;
    private String uri = "/";
    private String args;
    private boolean rewritten;
    private boolean broken;
    private int cycles;
    private boolean failing;
    private int status;
    private int bytes;
    private String upstream = "";
    private String user = "";

    Exchange(NginxSite site, VirtualServer server, HttpRequest request, long connection) {
        this.site = site;
        this.server = server;
        this.request = request;
        this.connection = connection;
        this.scope = server.scope();
        this.method = request.method();
        this.args = request.query();
    }

    HttpResponse answer() {
        String path = Paths.normal(request.path());
        HttpResponse found;
        if (path == null) {
            found = fail(400);
        } else {
            uri = path;
            Rewriting rewriting = new Rewriting(this);
            rewriting.run(server.directive().children());
            HttpResponse early = rewriting.response();
            found = early != null ? early : find(null);
        }
        HttpResponse whole = finish(found);
        status = whole.status();
        bytes = request.method().equals("HEAD") ? 0 : whole.body().length;
        return whole;
    }

    /** Chooses the location and lets it answer. */
    HttpResponse find(@Nullable String name) {
        String named = name;
        while (true) {
            if (++cycles > CYCLES) {
                complain("error", "rewrite or internal redirection cycle while processing \"" + uri + "\"");
                failing = true;
                return Pages.error(this, 500);
            }
            location = named == null ? Location.choose(server.locations(), uri) : named(named);
            if (named != null && location == null) {
                complain("error", "could not find named location \"" + named + "\"");
                return fail(500);
            }
            scope = location == null ? server.scope() : location.scope();
            if (location != null && location.pattern() != null) {
                capture(location.pattern().matcher(uri));
            }
            if (cycles == 1 && ConfigurationReader.first(scope.own(), "internal") != null) {
                return fail(404);
            }
            Rewriting rewriting = new Rewriting(this);
            if (location != null) {
                rewriting.run(location.directive().children());
            }
            HttpResponse early = rewriting.response();
            if (early != null) {
                return early;
            }
            if (!rewriting.isLast()) {
                return access();
            }
            named = null;
        }
    }

    private @Nullable Location named(String name) {
        return server.locations().stream()
                .filter(each ->
                        each.kind() == Location.Kind.NAMED && each.path().equals(name))
                .findFirst()
                .orElse(null);
    }

    void capture(java.util.regex.Matcher matcher) {
        if (matcher.find()) {
            List<String> groups = new ArrayList<>();
            for (int i = 0; i <= matcher.groupCount(); i++) {
                groups.add(matcher.group(i) == null ? "" : matcher.group(i));
            }
            captures = groups;
            java.util.regex.Matcher names = java.util.regex.Pattern.compile("\\(\\?<([A-Za-z]\\w*)>")
                    .matcher(matcher.pattern().pattern());
            while (names.find()) {
                String value = matcher.group(names.group(1));
                set.put(names.group(1), value == null ? "" : value);
            }
        }
    }

    private HttpResponse access() {
        HttpResponse denied = new Access(this).check();
        return denied == null ? content() : denied;
    }

    private HttpResponse content() {
        Directive tried = ConfigurationReader.first(scope.own(), "try_files");
        if (tried != null) {
            HttpResponse elsewhere = new StaticContent(this).tryFiles(tried);
            if (elsewhere != null) {
                return elsewhere;
            }
        }
        for (Directive each : scope.own()) {
            switch (each.name()) {
                case "proxy_pass" -> {
                    return new Proxying(this).pass(each);
                }
                case "fastcgi_pass", "uwsgi_pass", "scgi_pass", "grpc_pass", "memcached_pass" -> {
                    complain("error", "connect() failed (111: Connection refused) while connecting to upstream");
                    return fail(502);
                }
                case "stub_status" -> {
                    return Pages.status(this);
                }
                default -> {}
            }
        }
        return new StaticContent(this).serve();
    }

    /** An error, or what {@code error_page} says of it. */
    HttpResponse fail(int code) {
        if (!failing) {
            for (Directive page : scope.all("error_page")) {
                int last = page.args().size() - 1;
                boolean changes = last > 0 && page.arg(last - 1).startsWith("=");
                if (page.args().subList(0, changes ? last - 1 : last).contains(Integer.toString(code))) {
                    failing = true;
                    return instead(page.arg(last), changes ? page.arg(last - 1).substring(1) : "" + code, code);
                }
            }
        }
        return Pages.error(this, code);
    }

    private HttpResponse instead(String target, String wanted, int code) {
        if (target.matches("https?://.*")) {
            return Pages.redirect(this, 302, variables.fill(target));
        }
        method = method.equals("HEAD") ? "HEAD" : "GET";
        HttpResponse page;
        if (target.startsWith("@")) {
            page = find(target);
        } else {
            uri = variables.fill(target);
            page = find(null);
        }
        int status = wanted.isEmpty() ? page.status() : Integer.parseInt(wanted);
        return page.status() >= 400 && status == code
                ? page.status() == 404 ? Pages.error(this, code) : page
                : new HttpResponse(status, page.headers(), page.body());
    }

    private HttpResponse finish(HttpResponse response) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Server", software());
        headers.put("Date", Paths.DATE.format(site.host().now()));
        headers.putAll(response.headers());
        status = response.status();
        boolean usual =
                List.of(200, 201, 204, 206, 301, 302, 303, 304, 307, 308).contains(response.status());
        for (Directive each : scope.all("add_header")) {
            String value = variables.fill(each.arg(1));
            if ((usual || each.arg(2).equals("always")) && !value.isEmpty()) {
                headers.put(each.arg(0), value);
            }
        }
        return new HttpResponse(response.status(), headers, response.body());
    }

    /** {@code nginx/1.27.5}, without the number where {@code server_tokens} is off. */
    String software() {
        return scope.text("server_tokens", "on").equals("off")
                ? "nginx"
                : "nginx/" + site.host().version();
    }

    /** Complains about this request. */
    void complain(String level, String message) {
        String name = server.names().isEmpty() ? "" : server.names().get(0);
        site.complain(
                scope,
                level,
                "*" + connection + " " + message + ", client: "
                        + request.peer().replaceFirst(":\\d+$", "") + ", server: " + name + ", request: \""
                        + request.method() + " " + request.target() + " HTTP/1.1\""
                        + (upstream.isEmpty() ? "" : ", upstream: \"" + upstream + "\"")
                        + ", host: \"" + request.header("Host") + "\"");
    }

    /** The MIME type of a file. */
    String type(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        String end =
                name.contains(".") ? name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT) : "";
        Directive types = scope.find("types");
        if (types != null && !end.isEmpty()) {
            for (Directive each : types.children()) {
                if (each.args().contains(end)) {
                    return each.name();
                }
            }
        }
        return scope.text("default_type", "text/plain");
    }

    NginxSite site() {
        return site;
    }

    VirtualServer server() {
        return server;
    }

    HttpRequest request() {
        return request;
    }

    Variables variables() {
        return variables;
    }

    Map<String, String> set() {
        return set;
    }

    List<String> captures() {
        return captures;
    }

    Scope scope() {
        return scope;
    }

    /** Goes on in a block within, an {@code if} whose condition holds. */
    void enter(Scope inner) {
        scope = inner;
    }

    @Nullable
    Location location() {
        return location;
    }

    /** As it is now, which an error page may have changed. */
    String method() {
        return method;
    }

    String uri() {
        return uri;
    }

    void setUri(String changed) {
        uri = changed;
        rewritten = true;
    }

    boolean isRewritten() {
        return rewritten;
    }

    /** Whether a {@code rewrite … break} changed the path: what stands in a {@code proxy_pass} does not count then. */
    boolean isBroken() {
        return broken;
    }

    void setBroken() {
        broken = true;
    }

    String args() {
        return args;
    }

    void setArgs(String changed) {
        args = changed;
    }

    int status() {
        return status;
    }

    int bytes() {
        return bytes;
    }

    String user() {
        return user;
    }

    void setUser(String name) {
        user = name;
    }

    String upstream() {
        return upstream;
    }

    void setUpstream(String url) {
        upstream = url;
    }

    long connection() {
        return connection;
    }
}
