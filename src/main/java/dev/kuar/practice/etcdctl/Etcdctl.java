package dev.kuar.practice.etcdctl;

import dev.kuar.practice.etcd.Etcd;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** etcdctl of the image's version: 3.6 warns of variables that it does not know, {@code ETCDCTL_API} among them; 3.5 does not. */
public final class Etcdctl {
    private static final Map<String, String> METHODS = Map.ofEntries(
            Map.entry("get", "KV/Range"),
            Map.entry("put", "KV/Put"),
            Map.entry("del", "KV/DeleteRange"),
            Map.entry("txn", "KV/Txn"),
            Map.entry("compaction", "KV/Compact"),
            Map.entry("compact", "KV/Compact"),
            Map.entry("member", "Cluster/MemberList"),
            Map.entry("alarm", "Maintenance/Alarm"),
            Map.entry("snapshot", "Maintenance/Snapshot"),
            Map.entry("lease", "Lease/LeaseLeases"),
            Map.entry("auth", "Auth/AuthStatus"),
            Map.entry("user", "Auth/UserList"),
            Map.entry("role", "Auth/RoleList"),
            Map.entry("move-leader", "Maintenance/MoveLeader"),
            Map.entry("watch", "Watch/Watch"));
    private static final List<String> FORMS = List.of("simple", "json", "table", "fields", "protobuf");

    /** What 3.5 does not know. */
    private static final List<String> NEW_FLAGS =
            List.of("min-mod-rev", "max-mod-rev", "min-create-rev", "max-create-rev");

    private Etcdctl() {}

    /** Runs a command line; its exit code. */
    public static int run(List<String> arguments, Host host, Etcd etcd) throws IOException, InterruptedException {
        try {
            Line line = Line.of(arguments);
            return command(line, host, etcd);
        } catch (Refusal refusal) {
            String said = "Error: " + refusal.getMessage() + "\n";
            if (refusal.showsUsage()) {
                host.out()
                        .write(Usage.of(host.version(), first(arguments))
                                .getBytes(java.nio.charset.StandardCharsets.UTF_8));
                said += "\n";
            }
            boolean twice = host.version().startsWith("3.5") && (refusal.showsUsage() || said.contains("--help"));
            host.error(twice ? said + said.replaceFirst("\n[^\0]*", "\n") : said);
            return refusal.code();
        }
    }

    private static String first(List<String> arguments) {
        return arguments.stream()
                .filter(each -> !each.startsWith("-"))
                .findFirst()
                .orElse("");
    }

    private static int command(Line line, Host host, Etcd etcd) throws IOException, InterruptedException, Refusal {
        String command = line.word(0);
        if (command.isEmpty() || command.equals("help") || line.has("help")) {
            host.out()
                    .write(Usage.of(host.version(), command.equals("help") ? "" : command)
                            .getBytes(java.nio.charset.StandardCharsets.UTF_8));
            return 0;
        }
        String version = host.version();
        if (command.equals("version")) {
            host.out()
                    .write(("etcdctl version: " + version + "\nAPI version: " + version.replaceFirst("\\.\\d+$", "")
                                    + "\n")
                            .getBytes(java.nio.charset.StandardCharsets.UTF_8));
            return 0;
        }
        if (!METHODS.containsKey(command) && !command.equals("endpoint") && !command.equals("defrag")) {
            throw new Refusal(
                    Refusal.ERROR,
                    "unknown command \"" + command + "\" for \"etcdctl\"\nRun 'etcdctl --help' for usage.");
        }
        if (host.version().startsWith("3.5")) {
            for (String flag : NEW_FLAGS) {
                if (line.has(flag)) {
                    throw Refusal.usage("unknown flag: --" + flag);
                }
            }
        }
        Session session = Session.of(host, etcd, line);
        Commands.check(session);
        warn(host);
        line.fill(host.env());
        if (!FORMS.contains(line.form())) {
            throw new Refusal(Refusal.BAD_FEATURE, "unsupported output format");
        }
        Connection connection = new Connection(host, line);
        connection.prepare();
        if (command.equals("endpoint") || command.equals("defrag")) {
            return new Endpoints(session, connection).run();
        }
        connection.dial(METHODS.getOrDefault(command, ""));
        return Commands.run(session);
    }

    private static void warn(Host host) throws IOException {
        boolean modern = !host.version().startsWith("3.5");
        for (String name : new TreeSet<>(host.env().keySet())) {
            boolean known = name.equals("ETCDCTL_API") ? !modern : name.startsWith("ETCDCTL_") && Line.knows(name);
            if (name.startsWith("ETCDCTL_") && !known) {
                host.error("{\"level\":\"warn\",\"ts\":\"" + Connection.stamp(host)
                        + "\",\"caller\":\"flags/flag.go:94\",\"msg\":\"unrecognized environment variable\",\"environment-variable\":\""
                        + name + "=" + host.env().get(name) + "\"}\n");
            }
        }
    }
}
