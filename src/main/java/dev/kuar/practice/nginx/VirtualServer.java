package dev.kuar.practice.nginx;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A {@code server} block.
 *
 * @param listens where it listens
 */
record VirtualServer(
        Directive directive, Scope scope, List<Listen> listens, List<String> names, List<Location> locations) {
    /** A port. {@code first} is {@code default_server}. */
    record Listen(int port, boolean tls, boolean first, String address, Directive directive) {}

    static VirtualServer of(Directive directive, Scope outer) throws ConfigurationError {
        Scope scope = new Scope(directive.children(), outer);
        List<Listen> listens = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (Directive each : directive.children()) {
            if (each.name().equals("listen") && !each.arg(0).startsWith("unix:")) {
                listens.add(listen(each));
            } else if (each.name().equals("server_name")) {
                each.args().forEach(name -> names.add(name.toLowerCase(Locale.ROOT)));
            }
        }
        if (listens.isEmpty()) {
            listens.add(new Listen(80, false, false, "0.0.0.0", directive));
        }
        return new VirtualServer(
                directive,
                scope,
                List.copyOf(listens),
                List.copyOf(names),
                Location.within(directive.children(), scope));
    }

    private static Listen listen(Directive directive) throws ConfigurationError {
        String where = directive.arg(0);
        String host = "0.0.0.0";
        String port = where;
        if (where.startsWith("[")) {
            int close = where.indexOf(']');
            host = where.substring(0, close + 1);
            port = close + 2 <= where.length() ? where.substring(close + 2) : "80";
        } else if (where.contains(":")) {
            host = where.substring(0, where.indexOf(':')).replace("*", "0.0.0.0");
            port = where.substring(where.indexOf(':') + 1);
        } else if (!where.matches("\\d+")) {
            if (!where.matches("[0-9.]+|\\*|localhost")) {
                throw directive.error("host not found in \"" + where + "\" of the \"listen\" directive");
            }
            host = where.replace("*", "0.0.0.0");
            port = "80";
        }
        if (!port.matches("\\d{1,5}") || Integer.parseInt(port) < 1 || Integer.parseInt(port) > 65535) {
            throw directive.error("invalid port in \"" + where + "\" of the \"listen\" directive");
        }
        List<String> options = directive.args().subList(1, directive.args().size());
        for (String option : options) {
            if (!OPTION.matcher(option).matches()) {
                throw directive.error("invalid parameter \"" + option + "\"");
            }
        }
        return new Listen(
                Integer.parseInt(port),
                options.contains("ssl"),
                options.contains("default_server") || options.contains("default"),
                host,
                directive);
    }

    private static final Pattern OPTION = Pattern.compile(
            "ssl|default_server|default|http2|quic|proxy_protocol|reuseport|bind|deferred|(backlog|rcvbuf|sndbuf|setfib|fastopen|so_keepalive|ipv6only|accept_filter)=.*");

    /** How well a host's name fits: 0 not at all, the more the better. */
    int fits(String host) {
        int best = 0;
        for (String name : names) {
            int here = 0;
            if (name.equals(host)) {
                here = 1_000_000;
            } else if (name.startsWith("*.") && host.endsWith(name.substring(1))) {
                here = 10_000 + name.length();
            } else if (name.startsWith(".") && (host.endsWith(name) || host.equals(name.substring(1)))) {
                here = 10_000 + name.length();
            } else if (name.endsWith(".*") && host.startsWith(name.substring(0, name.length() - 1))) {
                here = 5_000 + name.length();
            } else if (name.startsWith("~")
                    && Pattern.compile(name.substring(1)).matcher(host).find()) {
                here = 1;
            }
            best = Math.max(best, here);
        }
        return best;
    }
}
