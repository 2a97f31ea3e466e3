package dev.kuar.practice.nginx;

import dev.kuar.practice.network.HttpHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A configuration that nginx accepts. */
public final class NginxConfiguration {
    /** Where relative paths of a configuration start. */
    public static final String PREFIX = "/etc/nginx";

    private final NginxHost host;
    private final Scope main;
    private final Scope http;
    private final String dump;
    private final List<String> warnings = new ArrayList<>();
    private final Map<Integer, Port> ports = new TreeMap<>();
    private final Upstreams upstreams;

    /**
     * A port that servers listen on.
     *
     * @param tls whether clients speak TLS
     * @param certificate path of a PEM file; empty without TLS
     * @param key path of a PEM file; empty without TLS
     */
    public record Port(int number, boolean tls, String certificate, String key, HttpHandler handler) {}

    private NginxConfiguration(NginxHost host, List<Directive> directives, String dump) throws ConfigurationError {
        this.host = host;
        this.dump = dump;
        this.main = new Scope(directives, null);
        if (ConfigurationReader.first(directives, "events") == null) {
            throw new ConfigurationError("no \"events\" section in configuration");
        }
        Directive block = ConfigurationReader.first(directives, "http");
        this.http = new Scope(block == null ? List.of() : block.children(), main);
        this.upstreams = new Upstreams(host);
        for (Directive each : http.own()) {
            if (each.name().equals("upstream")) {
                upstreams.define(each);
            }
        }
        Checks.check(directives, upstreams);
        List<VirtualServer> servers = new ArrayList<>();
        for (Directive each : http.own()) {
            if (each.name().equals("server")) {
                servers.add(VirtualServer.of(each, http));
            }
        }
        open(servers);
        upstreams.resolve();
    }

    /**
     * Reads a configuration file.
     *
     * @param globals directives of the command line, behind {@code -g}; may be empty
     */
    public static NginxConfiguration read(NginxHost host, String path, String globals) throws ConfigurationError {
        ConfigurationReader reader = new ConfigurationReader(host, PREFIX);
        List<Directive> directives = new ArrayList<>();
        if (!globals.isBlank()) {
            directives.addAll(reader.readLine(globals));
        }
        directives.addAll(reader.read(path));
        return new NginxConfiguration(host, directives, reader.dump());
    }

    private void open(List<VirtualServer> servers) throws ConfigurationError {
        Map<Integer, List<VirtualServer>> byPort = new TreeMap<>();
        Map<String, Directive> defaults = new TreeMap<>();
        for (VirtualServer server : servers) {
            List<String> seen = new ArrayList<>();
            for (VirtualServer.Listen listen : server.listens()) {
                String at = listen.address() + ":" + listen.port();
                if (seen.contains(at)) {
                    throw listen.directive().error("a duplicate listen " + at);
                }
                seen.add(at);
                if (listen.first() && defaults.put(at, listen.directive()) != null) {
                    throw listen.directive().error("a duplicate default server for " + at);
                }
                List<VirtualServer> here = byPort.computeIfAbsent(listen.port(), key -> new ArrayList<>());
                if (!here.contains(server)) {
                    clashes(server, here, at);
                    here.add(server);
                }
            }
        }
        for (Map.Entry<Integer, List<VirtualServer>> each : byPort.entrySet()) {
            ports.put(each.getKey(), port(each.getKey(), each.getValue()));
        }
    }

    private void clashes(VirtualServer server, List<VirtualServer> others, String at) {
        List<String> names = server.names().isEmpty() ? List.of("") : server.names();
        for (VirtualServer other : others) {
            for (String name : other.names().isEmpty() ? List.of("") : other.names()) {
                if (names.contains(name)) {
                    warnings.add("conflicting server name \"" + name + "\" on " + at + ", ignored");
                }
            }
        }
    }

    private Port port(int number, List<VirtualServer> servers) throws ConfigurationError {
        VirtualServer first = servers.stream()
                .filter(server -> server.listens().stream().anyMatch(each -> each.port() == number && each.first()))
                .findFirst()
                .orElse(servers.get(0));
        HttpHandler handler = new NginxSite(host, number, servers, first, upstreams, http);
        for (VirtualServer server : servers) {
            for (VirtualServer.Listen listen : server.listens()) {
                if (listen.port() == number && listen.tls()) {
                    return secure(number, server, listen.directive(), handler);
                }
            }
        }
        return new Port(number, false, "", "", handler);
    }

    private Port secure(int number, VirtualServer server, Directive listen, HttpHandler handler)
            throws ConfigurationError {
        String certificate = server.scope().text("ssl_certificate", "");
        String key = server.scope().text("ssl_certificate_key", "");
        if (certificate.isEmpty()) {
            throw listen.error("no \"ssl_certificate\" is defined for the \"listen ... ssl\" directive");
        }
        if (key.isEmpty()) {
            throw listen.error("no \"ssl_certificate_key\" is defined for certificate \"" + certificate + "\"");
        }
        certificate = full(certificate);
        key = full(key);
        loadable(certificate, "cannot load certificate \"");
        loadable(key, "cannot load certificate key \"");
        return new Port(number, true, certificate, key, handler);
    }

    private void loadable(String path, String what) throws ConfigurationError {
        if (host.read(path) == null) {
            String why = host.whyUnreadable(path);
            String number = why.replaceFirst("\\((\\d+):.*", "$1");
            String words = why.replaceFirst("\\(\\d+: (.*)\\)", "$1");
            throw new ConfigurationError(what + path + "\": BIO_new_file() failed (SSL: error:"
                    + String.format("%08X", 0x80000000L + Integer.parseInt(number)) + ":system library::" + words
                    + ":calling fopen(" + path + ", r) error:10000080:BIO routines::no such file)");
        }
    }

    private static String full(String path) {
        return path.startsWith("/") ? path : PREFIX + "/" + path;
    }

    /** What nginx says behind {@code [warn]} and goes on. */
    public List<String> warnings() {
        return List.copyOf(warnings);
    }

    /** All files, as {@code nginx -T} prints them. */
    public String dump() {
        return dump;
    }

    /** Whether it leaves the foreground. */
    public boolean isDaemon() {
        return main.on("daemon", true);
    }

    /** A file; {@code /var/log/nginx/error.log} where the configuration names none. */
    public String errorLog() {
        Directive found = ConfigurationReader.first(main.own(), "error_log");
        return found == null ? NginxSite.ERROR_LOG : full(found.arg(0));
    }

    public String pidFile() {
        return full(main.text("pid", "/run/nginx.pid"));
    }

    /** Where a {@code user} directive stands, {@code FILE:LINE}; null without one. */
    public @Nullable String user() {
        Directive found = ConfigurationReader.first(main.own(), "user");
        return found == null ? null : found.file() + ":" + found.line();
    }

    public List<Port> ports() {
        return List.copyOf(ports.values());
    }
}
