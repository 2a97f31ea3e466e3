package dev.kuar.practice.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.practice.api.FakeApiClient;
import dev.kuar.practice.network.ClusterNetwork;
import dev.kuar.practice.network.NetworkNamespace;
import dev.kuar.practice.time.ManualClock;
import dev.kuar.practice.time.SystemClusterClock;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** nginx in a container: what it serves by its configuration, what it refuses, and how it says so. */
final class NginxTest {
    private final SystemClusterClock clock = SystemClusterClock.realTime();
    private final ClusterNetwork network = new ClusterNetwork(new FakeApiClient(new ManualClock()), false);
    private final ContainerRuntime runtime =
            new ContainerRuntime(clock, network, ContainerRuntime.ClusterServices.NONE);
    private final StringBuffer log = new StringBuffer();
    private int count;

    @AfterEach
    void stop() {
        runtime.close();
        clock.close();
    }

    private Container create(String user, boolean readOnly, List<String> command) throws Exception {
        NetworkNamespace stack = new NetworkNamespace("10.244.1." + ++count, "node");
        network.attach(stack);
        Image image = ImageCatalogue.builtIn()
                .find(ImageReference.parse("nginx:1.27").orElseThrow())
                .orElseThrow();
        Container container = runtime.create(
                new ContainerSpec(
                        "0".repeat(64),
                        "main",
                        image,
                        command,
                        List.of(),
                        Map.of(),
                        "",
                        user,
                        List.of(),
                        true,
                        List.of(),
                        readOnly,
                        false,
                        false,
                        Share.ANY,
                        Confinement.DEFAULT,
                        KernelSettings.ofMachine(),
                        "web-" + count,
                        stack,
                        Machine.small(runtime.clock().now().minusSeconds(7500))),
                (stream, bytes, offset, length) ->
                        log.append(new String(bytes, offset, length, StandardCharsets.UTF_8)));
        container.start();
        return container;
    }

    /** A box that waits, with a file put into it, from which nginx is then started. */
    private Container box() throws Exception {
        return create("", false, List.of("sleep", "3600"));
    }

    private static String sh(Container box, String script) throws Exception {
        return Box.run(box, "sh", "-c", script);
    }

    /** Serves a configuration of {@code conf.d} from a box. */
    private Container serve(String configuration) throws Exception {
        Container box = box();
        write(box, "/etc/nginx/conf.d/default.conf", configuration);
        write(box, "/tmp/log", "");
        sh(box, "nginx -g 'daemon off;' >> /tmp/log 2>&1 &");
        until(() -> !box.network().ports().isEmpty() || !sh(box, "cat /tmp/log").isEmpty());
        return box;
    }

    private static void write(Container box, String path, String text) throws Exception {
        assertThat(Box.run(box, "sh", "-c", "mkdir -p $(dirname $0) && printf '%s' \"$1\" > $0", path, text))
                .isEmpty();
    }

    private static void until(Callable<Boolean> condition) throws Exception {
        for (long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1); !condition.call(); Thread.sleep(2)) {
            assertThat(System.nanoTime()).as("still waiting").isLessThan(end);
        }
    }

    /** What {@code nginx -t} says of a configuration. */
    private String tested(String configuration) throws Exception {
        Container box = box();
        write(box, "/etc/nginx/conf.d/default.conf", configuration);
        return sh(box, "nginx -t 2>&1").replace("\n=1", "");
    }

    private static String get(Container from, String... curl) throws Exception {
        return sh(from, "curl -s -w ' %{http_code}' " + String.join(" ", curl));
    }

    @Test
    void the_image_as_it_comes() throws Exception {
        Container web = create("", false, List.of());
        until(() -> log.toString().matches("(?s).*start worker process \\d+\n.*"));
        assertThat(log.toString().lines().limit(8))
                .containsExactly(
                        "/docker-entrypoint.sh: /docker-entrypoint.d/ is not empty, will attempt to perform configuration",
                        "/docker-entrypoint.sh: Looking for shell scripts in /docker-entrypoint.d/",
                        "/docker-entrypoint.sh: Launching /docker-entrypoint.d/10-listen-on-ipv6-by-default.sh",
                        "10-listen-on-ipv6-by-default.sh: info: Getting the checksum of /etc/nginx/conf.d/default.conf",
                        "10-listen-on-ipv6-by-default.sh: info: Enabled listen on IPv6 in /etc/nginx/conf.d/default.conf",
                        "/docker-entrypoint.sh: Sourcing /docker-entrypoint.d/15-local-resolvers.envsh",
                        "/docker-entrypoint.sh: Launching /docker-entrypoint.d/20-envsubst-on-templates.sh",
                        "/docker-entrypoint.sh: Launching /docker-entrypoint.d/30-tune-worker-processes.sh");
        assertThat(log).contains("[notice] 1#1: nginx/1.27.5\n");
        assertThat(get(web, "localhost")).contains("<h1>Welcome to nginx!</h1>").endsWith("200");
        assertThat(get(web, "-i localhost/none"))
                .contains("HTTP/1.1 404 Not Found", "Server: nginx/1.27.5", "<hr><center>nginx/1.27.5</center>");
        assertThat(log)
                .contains(
                        "[error] 29#29: *2 open() \"/usr/share/nginx/html/none\" failed (2: No such file or directory),"
                                + " client: 127.0.0.1, server: localhost, request: \"GET /none HTTP/1.1\", host: \"localhost\"")
                .contains("\"GET /none HTTP/1.1\" 404 153 \"-\" \"curl/");
        assertThat(sh(web, "nginx -v")).isEqualTo("!nginx version: nginx/1.27.5\n");
        assertThat(sh(web, "nginx -s reload")).endsWith("signal process started\n");
        assertThat(log).contains("signal 1 (SIGHUP) received from");
        web.stop();
        assertThat(web.exit().get(1, TimeUnit.MINUTES).code()).isZero();
    }

    @Test
    void a_server_of_ones_own() throws Exception {
        Container web = serve("""
                map $http_x_who $greeting { default hello; ~^k(.*) annyeong; }
                server {
                    listen 8080;
                    server_name one.example *.two.example;
                    default_type text/plain;
                    location = /exact { return 200 "exact $request_method $greeting\\n"; }
                    location /api/ { return 200 "prefix $uri"; }
                    location ~ \\.(png|jpg)$ { return 200 "image $1"; }
                    location ^~ /static/ { return 200 "static"; }
                    location /old { return 301 /new; }
                    location /moved { rewrite ^/moved/(.*)$ /api/$1?from=moved last; }
                    location /teapot { return 418 "short and stout"; add_header X-Kind pot always; }
                    location /if { if ($arg_a = 1) { return 200 one; } return 200 other; }
                    location / { return 200 "rest of $host\\n"; }
                }
                server { listen 8080 default_server; return 404; }
                """);
        String to = "-H 'Host: one.example' localhost:8080";
        assertThat(get(web, to + "/exact")).isEqualTo("exact GET hello\n 200");
        assertThat(get(web, "-H 'X-Who: kim'", to + "/exact")).isEqualTo("exact GET annyeong\n 200");
        assertThat(get(web, to + "/api/a/../b")).startsWith("prefix /api/b");
        assertThat(get(web, to + "/api/x.png")).isEqualTo("image png 200");
        assertThat(get(web, to + "/static/x.png")).isEqualTo("static 200");
        assertThat(get(web, "-i", to + "/old"))
                .contains("Location: http://one.example:8080/new")
                .endsWith("301");
        assertThat(get(web, to + "/moved/it")).isEqualTo("prefix /api/it 200");
        assertThat(get(web, "-i", to + "/teapot"))
                .contains("X-Kind: pot", "short and stout")
                .endsWith("418");
        assertThat(get(web, "'localhost:8080/if?a=1'", "-H 'Host: a.two.example'"))
                .isEqualTo("one 200");
        assertThat(get(web, "localhost:8080/")).contains("404 Not Found").endsWith("404");
    }

    @Test
    void files_indexes_and_error_pages() throws Exception {
        Container web = serve("""
                server {
                    listen 80;
                    root /srv/site;
                    error_page 404 /404.html;
                    location /files/ { alias /srv/data/; autoindex on; }
                    location /app/ { try_files $uri $uri/ /app/index.html; }
                    location /forbidden/ { }
                    location /private/ { auth_basic "Members"; auth_basic_user_file /etc/nginx/users; }
                    location /inside { allow 10.244.0.0/16; deny all; root /srv/site/app; }
                }
                """);
        write(web, "/srv/site/404.html", "nothing here\n");
        write(web, "/srv/site/app/index.html", "the app\n");
        write(web, "/srv/site/private/a.txt", "secret\n");
        write(web, "/srv/site/forbidden/a.css", "x");
        write(web, "/srv/data/report.txt", "figures\n");
        write(web, "/etc/nginx/users", "ann:{PLAIN}pw\nbob:$apr1$kuarkuar$1SI5ZAO25a6gi6Zi33IED1\n");
        assertThat(get(web, "localhost/none")).isEqualTo("nothing here\n 404");
        assertThat(get(web, "localhost/app/deep/route")).isEqualTo("the app\n 200");
        assertThat(get(web, "localhost/files/report.txt")).isEqualTo("figures\n 200");
        assertThat(get(web, "localhost/files/")).contains("<a href=\"report.txt\">report.txt</a>");
        assertThat(get(web, "localhost/forbidden/")).contains("403 Forbidden").endsWith("403");
        assertThat(get(web, "-i localhost/forbidden"))
                .contains("Location: http://localhost/forbidden/")
                .endsWith("301");
        assertThat(get(web, "-i localhost/private/a.txt")).contains("WWW-Authenticate: Basic realm=\"Members\"");
        assertThat(get(web, "-u ann:pw localhost/private/a.txt")).isEqualTo("secret\n 200");
        assertThat(get(web, "-u bob:pw localhost/private/a.txt")).isEqualTo("secret\n 200");
        assertThat(get(web, "-u ann:no localhost/private/a.txt")).endsWith("401");
        assertThat(get(web, "localhost/inside/")).endsWith("403");
        assertThat(get(web, "-H 'Range: bytes=0-2' localhost/files/report.txt")).isEqualTo("fig 206");
        assertThat(get(web, "-X POST localhost/404.html")).endsWith("405");
        assertThat(get(web, "-I -o /dev/null localhost/app/")).isEqualTo(" 200");
        assertThat(get(web, "-D - -o /dev/null localhost/app/"))
                .startsWith("HTTP/1.1 200 OK\r\n")
                .endsWith("\r\n\r\n 200");
    }

    @Test
    void requests_pass_to_servers_behind() throws Exception {
        Container behind = serve("server { listen 9000; location / { return 200 \"$request_uri $http_host"
                + " $http_x_forwarded_for\"; } location /go { return 302 http://10.244.1.1:9000/gone; } }");
        Container web = serve("""
                upstream pool { server 10.244.1.1:9000; server 10.244.1.1:9999 backup; }
                server {
                    listen 80;
                    location / { proxy_pass http://pool; proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for; }
                    location /cut/ { proxy_pass http://10.244.1.1:9000/; proxy_set_header Host $host; }
                    location /dead { proxy_pass http://10.244.1.1:9998; }
                    location /later { set $to nobody; proxy_pass http://$to; }
                }
                """);
        assertThat(behind.isRunning()).isTrue();
        assertThat(get(web, "localhost/a?b=c")).isEqualTo("/a?b=c pool 127.0.0.1 200");
        assertThat(get(web, "localhost/cut/x?y=1")).isEqualTo("/x?y=1 localhost  200");
        assertThat(get(web, "-i localhost/cut/go")).contains("Location: http://localhost/cut/gone");
        assertThat(get(web, "localhost/dead")).contains("502 Bad Gateway").endsWith("502");
        assertThat(get(web, "localhost/later")).endsWith("502");
        assertThat(sh(web, "cat /tmp/log"))
                .contains("connect() failed (111: Connection refused) while connecting to upstream, client: 127.0.0.1,"
                        + " server: , request: \"GET /dead HTTP/1.1\", upstream: \"http://10.244.1.1:9998/dead\", host:"
                        + " \"localhost\"")
                .contains("no resolver defined to resolve nobody");
    }

    @Test
    void what_it_refuses() throws Exception {
        String at = " in /etc/nginx/conf.d/default.conf:";
        assertThat(tested("server { listen 80; }"))
                .isEqualTo("nginx: the configuration file /etc/nginx/nginx.conf syntax is ok\n"
                        + "nginx: configuration file /etc/nginx/nginx.conf test is successful\n");
        assertThat(tested("server {\n  lisen 80;\n}"))
                .isEqualTo("nginx: [emerg] unknown directive \"lisen\"" + at
                        + "2\nnginx: configuration file /etc/nginx/nginx.conf test failed");
        assertThat(tested("server {\n listen 80\n}")).contains("unexpected \"}\"" + at + "3");
        assertThat(tested("server {\n listen 80;\n")).contains("unexpected end of file, expecting \"}\"" + at + "3");
        assertThat(tested("listen 80;")).contains("\"listen\" directive is not allowed here" + at + "1");
        assertThat(tested("server { autoindex maybe; }"))
                .contains(
                        "invalid value \"maybe\" in \"autoindex\" directive, it must be \"on\" or \"off\"" + at + "1");
        assertThat(tested("server { root /a; root /b; }")).contains("\"root\" directive is duplicate" + at + "1");
        assertThat(tested("server { location / {}\n location / {} }")).contains("duplicate location \"/\"" + at + "2");
        assertThat(tested("server { location / { proxy_pass http://backend:8080; } }"))
                .contains("host not found in upstream \"backend\"" + at + "1");
        assertThat(tested("upstream b { server nobody:80; }")).contains("host not found in upstream \"nobody:80\"");
        assertThat(tested("server { return 200 $nothing; }")).contains("unknown \"nothing\" variable" + at + "1");
        assertThat(tested("server { location / { proxy_pass backend; } }")).contains("invalid URL prefix" + at + "1");
        assertThat(tested("server { listen 443 ssl; ssl_certificate /etc/tls/tls.crt; ssl_certificate_key /k; }"))
                .contains(
                        "cannot load certificate \"/etc/tls/tls.crt\": BIO_new_file() failed (SSL: error:80000002:system"
                                + " library::No such file or directory:calling fopen(/etc/tls/tls.crt, r) error:10000080:BIO"
                                + " routines::no such file)");
    }

    @Test
    void it_ends_where_it_may_not_write() throws Exception {
        Container other = create("1000", false, List.of());
        assertThat(other.exit().get(1, TimeUnit.MINUTES).code()).isOne();
        assertThat(log)
                .contains(
                        "10-listen-on-ipv6-by-default.sh: info: can not modify /etc/nginx/conf.d/default.conf (read-only"
                                + " file system?)")
                .contains(
                        "nginx: [warn] the \"user\" directive makes sense only if the master process runs with super-user"
                                + " privileges, ignored in /etc/nginx/nginx.conf:1\n")
                .contains("nginx: [emerg] mkdir() \"/var/cache/nginx/client_temp\" failed (13: Permission denied)\n");
        log.setLength(0);
        Container sealed = create("", true, List.of());
        assertThat(sealed.exit().get(1, TimeUnit.MINUTES).code()).isOne();
        assertThat(log)
                .contains(
                        "nginx: [emerg] mkdir() \"/var/cache/nginx/client_temp\" failed (30: Read-only file system)\n");
        log.setLength(0);
        Container gone = create("", false, List.of("nginx"));
        assertThat(gone.exit().get(1, TimeUnit.MINUTES).code()).isZero();
    }
}
