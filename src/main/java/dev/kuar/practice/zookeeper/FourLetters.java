package dev.kuar.practice.zookeeper;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The commands of four letters that a server answers without a session. */
final class FourLetters {
    static final List<String> WORDS = List.of(
            "ruok", "stat", "srvr", "mntr", "conf", "cons", "envi", "dump", "wchs", "wchc", "wchp", "isro", "crst",
            "srst");

    private static final String NOT_SERVING = "This ZooKeeper instance is not currently serving requests\n";
    private static final Map<String, String> BUILDS =
            Map.of("3.4.10", "3.4.10-39d3a4f269333c922ed3db283be479f9deacaa0f, built on 03/23/2017 10:13 GMT");

    private final ZooKeeperServer server;

    FourLetters(ZooKeeperServer server) {
        this.server = server;
    }

    static String build(String version) {
        return BUILDS.getOrDefault(version, version);
    }

    String answer(String word) {
        if (!server.settings().lets(word, server.isOld())) {
            return word + " is not executed because it is not in the whitelist.\n";
        }
        if (word.equals("ruok")) {
            return "imok";
        }
        if (word.equals("conf")) {
            return conf();
        }
        if (word.equals("envi")) {
            return "Environment:\nzookeeper.version=" + build(server.host().version()) + "\nhost.name="
                    + server.host().hostname() + "\njava.version=1.8.0_131\nos.name=Linux\nos.arch=amd64\n";
        }
        if (!server.isServing()) {
            return NOT_SERVING;
        }
        return switch (word) {
            case "srvr" -> srvr();
            case "stat" -> stat();
            case "mntr" -> mntr();
            case "cons" -> clients(true) + "\n";
            case "isro" -> "rw";
            case "wchs" ->
                (server.watches().count() == 0 ? 0 : 1) + " connections watching "
                        + server.watches().paths() + " paths\nTotal watches:"
                        + server.watches().count() + "\n";
            case "dump" -> dump();
            case "srst" -> {
                server.figures().reset();
                yield "Server stats reset.\n";
            }
            case "crst" -> "Connection stats reset.\n";
            default -> "";
        };
    }

    private String clients(boolean full) {
        StringBuilder text = new StringBuilder();
        server.connections().forEach(each -> text.append(each.shown(full)));
        return text.toString();
    }

    private String version() {
        return "Zookeeper version: " + build(server.host().version()) + "\n";
    }

    private String figures() {
        String mode = server.mode();
        return "Latency min/avg/max: 0/0/0\nReceived: " + server.figures().received() + "\nSent: "
                + server.figures().sent() + "\nConnections: "
                + server.connections().size()
                + "\nOutstanding: 0\nZxid: 0x" + Long.toHexString(server.tree().lastZxid()) + "\nMode: " + mode
                + "\nNode count: " + server.tree().nodes().size() + "\n";
    }

    private String srvr() {
        return version() + figures();
    }

    private String stat() {
        return version() + "Clients:\n" + clients(false) + "\n" + figures();
    }

    private String mntr() {
        StringBuilder text = new StringBuilder();
        row(text, "version", build(server.host().version()));
        row(text, "avg_latency", 0);
        row(text, "max_latency", 0);
        row(text, "min_latency", 0);
        row(text, "packets_received", server.figures().received());
        row(text, "packets_sent", server.figures().sent());
        row(text, "num_alive_connections", server.connections().size());
        row(text, "outstanding_requests", 0);
        row(text, "server_state", server.mode());
        row(text, "znode_count", server.tree().nodes().size());
        row(text, "watch_count", server.watches().count());
        row(
                text,
                "ephemerals_count",
                server.tree().nodes().values().stream()
                        .filter(node -> node.owner != 0)
                        .count());
        row(text, "approximate_data_size", server.tree().size());
        Ensemble ensemble = server.ensemble();
        if (ensemble != null && server.mode().equals("leader")) {
            row(text, "followers", ensemble.followers());
            row(text, "synced_followers", ensemble.followers());
            row(text, "pending_syncs", 0);
        }
        return text.toString();
    }

    private static void row(StringBuilder text, String name, Object value) {
        text.append("zk_").append(name).append('\t').append(value).append('\n');
    }

    private String conf() {
        Settings settings = server.settings();
        StringBuilder text = new StringBuilder("clientPort=" + settings.clientPort() + "\ndataDir="
                + settings.dataDirectory() + "/version-2\ndataLogDir=" + settings.logDirectory()
                + "/version-2\ntickTime=" + settings.tick() + "\nmaxClientCnxns="
                + settings.number("maxClientCnxns", 60) + "\nminSessionTimeout=" + settings.least()
                + "\nmaxSessionTimeout=" + settings.most() + "\nserverId=" + settings.id() + "\n");
        if (!settings.isAlone()) {
            text.append("initLimit=")
                    .append(settings.number("initLimit", 10))
                    .append("\nsyncLimit=")
                    .append(settings.number("syncLimit", 5))
                    .append("\nelectionAlg=3\nelectionPort=")
                    .append(settings.self().electionPort())
                    .append("\nquorumPort=")
                    .append(settings.self().port())
                    .append("\npeerType=0\n");
        }
        return text.toString();
    }

    private String dump() {
        StringBuilder text = new StringBuilder("SessionTracker dump:\nSession Sets (0):\nephemeral nodes dump:\n");
        Map<Long, List<String>> owned = new TreeMap<>();
        server.tree().sessions().keySet().forEach(id -> {
            List<String> paths = server.tree().ephemerals(id);
            if (!paths.isEmpty()) {
                owned.put(id, paths);
            }
        });
        text.append("Sessions with Ephemerals (").append(owned.size()).append("):\n");
        owned.forEach((id, paths) -> {
            text.append("0x").append(Long.toHexString(id)).append(":\n");
            paths.forEach(path -> text.append('\t').append(path).append('\n'));
        });
        return text.toString();
    }
}
