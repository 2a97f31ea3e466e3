package dev.kuar.practice.nginx;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Groups of servers that requests are passed to, by name: {@code upstream} blocks, and hosts that a {@code proxy_pass} names. */
final class Upstreams {
    private static final Duration FAILED_FOR = Duration.ofSeconds(10);

    private final NginxHost host;
    private final Map<String, Group> groups = new LinkedHashMap<>();

    Upstreams(NginxHost host) {
        this.host = host;
    }

    /** One address of a group. */
    static final class Peer {
        final String name;
        final String address;
        final int port;
        final int weight;
        final boolean backup;
        private int current;
        private int passed;
        private Instant failed = Instant.MIN;

        Peer(String name, String address, int port, int weight, boolean backup) {
            this.name = name;
            this.address = address;
            this.port = port;
            this.weight = weight;
            this.backup = backup;
        }
    }

    /** A server as written. */
    private record Server(
            String host, int port, int weight, boolean backup, boolean down, Directive at, String words) {}

    /** A group; its peers are known once all names are resolved. */
    static final class Group {
        private final List<Server> servers = new ArrayList<>();
        private final List<Peer> peers = new ArrayList<>();
        private boolean sticky;
        private boolean least;

        /** The peer for a client, without those tried; null where none is left. */
        synchronized @Nullable Peer next(String client, List<Peer> tried, Instant now) {
            for (boolean backup : new boolean[] {false, true}) {
                List<Peer> able = peers.stream()
                        .filter(each -> each.backup == backup && !tried.contains(each))
                        .filter(each -> peers.size() == 1
                                || !each.failed.plus(FAILED_FOR).isAfter(now))
                        .toList();
                if (!able.isEmpty()) {
                    return choose(able, client);
                }
            }
            return null;
        }

        private Peer choose(List<Peer> able, String client) {
            if (sticky) {
                String net = client.contains(".") ? client.substring(0, client.lastIndexOf('.')) : client;
                return able.get(Math.floorMod(net.hashCode(), able.size()));
            }
            Peer best = able.get(0);
            int total = 0;
            for (Peer each : able) {
                each.current += each.weight;
                total += each.weight;
                boolean better = least ? each.passed < best.passed : each.current > best.current;
                if (better) {
                    best = each;
                }
            }
            best.current -= total;
            best.passed++;
            return best;
        }

        synchronized void failed(Peer peer, Instant now) {
            peer.failed = now;
        }

        synchronized void answered(Peer peer) {
            peer.passed--;
        }
    }

    void define(Directive block) throws ConfigurationError {
        String name = block.arg(0);
        if (groups.containsKey(name)) {
            throw block.error("duplicate upstream \"" + name + "\"");
        }
        Group group = new Group();
        for (Directive each : block.children()) {
            switch (each.name()) {
                case "server" -> group.servers.add(server(each));
                case "ip_hash" -> group.sticky = true;
                case "least_conn" -> group.least = true;
                default -> {}
            }
        }
        if (group.servers.isEmpty()) {
            throw block.error("no servers are inside upstream");
        }
        groups.put(name, group);
    }

    private static Server server(Directive directive) throws ConfigurationError {
        String where = directive.arg(0);
        int colon = where.lastIndexOf(':');
        String port = colon < 0 ? "80" : where.substring(colon + 1);
        if (!port.matches("\\d{1,5}")) {
            throw directive.error("invalid port in upstream \"" + where + "\"");
        }
        int weight = 1;
        boolean backup = false;
        boolean down = false;
        for (String option : directive.args().subList(1, directive.args().size())) {
            if (option.matches("weight=[1-9]\\d{0,5}")) {
                weight = Integer.parseInt(option.substring(7));
            } else if (option.equals("backup")) {
                backup = true;
            } else if (option.equals("down")) {
                down = true;
            } else if (!option.matches("(max_fails|fail_timeout|max_conns|slow_start|service|route|id)=.*|resolve")) {
                throw directive.error("invalid parameter \"" + option + "\"");
            }
        }
        String name = colon < 0 ? where : where.substring(0, colon);
        return new Server(name, Integer.parseInt(port), weight, backup, down, directive, where);
    }

    boolean isDefined(String name) {
        return groups.containsKey(name);
    }

    /** A host that a {@code proxy_pass} names and no block defines. */
    void implied(String name, int port, Directive directive) {
        groups.computeIfAbsent(name + ":" + port, key -> {
            Group group = new Group();
            group.servers.add(new Server(name, port, 1, false, false, directive, name));
            return group;
        });
    }

    /** Looks all names up, once, as nginx does when it starts. */
    void resolve() throws ConfigurationError {
        for (Group group : groups.values()) {
            for (Server server : group.servers) {
                if (server.words.startsWith("unix:")) {
                    continue;
                }
                List<String> found = host.resolve(server.host);
                if (found.isEmpty()) {
                    throw server.at.error("host not found in upstream \"" + server.words + "\"");
                }
                if (!server.down) {
                    found.forEach(address ->
                            group.peers.add(new Peer(server.host, address, server.port, server.weight, server.backup)));
                }
            }
        }
    }

    /** The group of a name, or of a host and a port; null where there is none. */
    @Nullable
    Group find(String name, int port) {
        Group named = groups.get(name);
        return named == null ? groups.get(name + ":" + port) : named;
    }

    /** A group of one address that is known only now. */
    static Group of(String name, List<String> addresses, int port) {
        Group group = new Group();
        addresses.forEach(each -> group.peers.add(new Peer(name, each, port, 1, false)));
        return group;
    }
}
