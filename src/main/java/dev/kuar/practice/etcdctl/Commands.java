package dev.kuar.practice.etcdctl;

import dev.kuar.practice.etcd.Proto;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which command does what, and what is asked of its words before a server is dialled. */
final class Commands {
    private Commands() {}

    static void check(Session run) throws Refusal {
        Line line = run.line();
        switch (line.word(0)) {
            case "get" -> KeyLines.get(line);
            case "put" -> KeyLines.checkPut(line);
            case "del" -> KeyLines.delete(line);
            case "txn" -> {
                if (line.size() > 1) {
                    throw Refusal.arguments("txn command does not accept argument");
                }
            }
            case "watch" -> {
                if (line.size() < 2) {
                    throw Refusal.arguments("bad number of arguments");
                }
                if (line.size() > 2 && (line.has("prefix") || line.has("from-key"))) {
                    throw Refusal.arguments("`range_end` and `--" + (line.has("prefix") ? "prefix" : "from-key")
                            + "` are mutually exclusive");
                }
                KeyLines.end(line);
            }
            case "compaction", "compact" -> {
                if (line.size() != 2) {
                    throw Refusal.arguments("compaction command needs 1 argument");
                }
            }
            case "lease" -> Leasing.check(line);
            case "snapshot" -> {
                if (line.word(1).equals("save") && line.size() != 3) {
                    throw Refusal.arguments("snapshot save expects one argument" + (run.modern() ? " <filename>" : ""));
                }
            }
            case "member" -> checkMember(line);
            case "alarm" -> {
                if (List.of("list", "disarm").contains(line.word(1)) && line.size() > 2) {
                    throw Refusal.arguments("alarm " + line.word(1) + " command accepts no arguments");
                }
            }
            default -> {}
        }
    }

    private static void checkMember(Line line) throws Refusal {
        String what = line.word(1);
        if (what.equals("add")) {
            if (line.size() < 3) {
                throw Refusal.arguments("member name not provided");
            }
            if (!line.has("peer-urls")) {
                throw Refusal.arguments("member peer urls not provided");
            }
        }
        if (List.of("remove", "update", "promote").contains(what)) {
            if (line.size() != 3) {
                throw Refusal.arguments("member ID is not provided");
            }
            if (!line.word(2).matches("[0-9a-fA-F]{1,16}")) {
                throw Refusal.arguments("bad member ID arg (strconv.ParseUint: parsing \"" + line.word(2)
                        + "\": invalid syntax), expecting ID in Hex");
            }
            if (what.equals("update") && !line.has("peer-urls")) {
                throw Refusal.arguments("member peer urls not provided");
            }
        }
    }

    static int run(Session run) throws IOException, InterruptedException, Refusal {
        Line line = run.line();
        return switch (line.word(0)) {
            case "get" -> new Keys(run).get();
            case "put" -> new Keys(run).put();
            case "del" -> new Keys(run).delete();
            case "compaction", "compact" -> new Keys(run).compact();
            case "watch" -> new Watching(run).run();
            case "txn" -> new Txn(run).run();
            case "lease" -> new Leasing(run).run();
            case "member" -> member(run);
            case "alarm" -> alarm(run);
            case "snapshot" -> Snapshots.run(run);
            case "auth" -> auth(run);
            case "move-leader" ->
                throw run.refused("Maintenance/MoveLeader", "FailedPrecondition", "etcdserver: bad leader transferee");
            default -> users(run);
        };
    }

    private static int usage(Session run) throws IOException {
        return run.say(Usage.of(run.host().version(), run.line().word(0)));
    }

    private static int member(Session run) throws IOException, Refusal {
        return switch (run.line().word(1)) {
            case "list" -> Members.list(run);
            case "add" -> throw new Refusal(Refusal.ERROR, "practice's etcd takes no further members");
            case "remove", "update", "promote" -> {
                boolean known = run.members().stream()
                        .anyMatch(each -> each.hexId().equals(run.line().word(2)));
                if (run.line().word(1).equals("remove")) {
                    run.etcd().propose();
                }
                String method = "Cluster/Member"
                        + run.line().word(1).substring(0, 1).toUpperCase(java.util.Locale.ROOT)
                        + run.line().word(1).substring(1);
                throw known
                        ? run.refused(
                                method,
                                "FailedPrecondition",
                                "etcdserver: re-configuration failed due to not enough started members")
                        : run.refused(method, "NotFound", "etcdserver: member not found");
            }
            default -> usage(run);
        };
    }

    /** One alarm, while the disk has no room; disarming it does not make room, so it goes by itself when a write succeeds. */
    private static int alarm(Session run) throws IOException, Refusal {
        String what = run.line().word(1);
        if (!what.equals("list") && !what.equals("disarm")) {
            return usage(run);
        }
        run.etcd().propose();
        boolean full = run.etcd().figures().full();
        if (!full && what.equals("disarm") && run.line().form().equals("json")) {
            return run.say("{}\n");
        }
        return switch (run.line().form()) {
            case "table" -> throw run.unsupported();
            case "json" -> {
                Map<String, Object> tree = new LinkedHashMap<>();
                tree.put("header", run.header().json(false));
                if (full) {
                    tree.put(
                            "alarms",
                            List.of(Map.of(
                                    "memberID",
                                    Header.id(run.self().id(), run.line().hex()),
                                    "alarm",
                                    1L)));
                }
                yield run.json(tree);
            }
            case "fields" ->
                run.say(run.header().fields()
                        + (full
                                ? "\"MemberID\" : "
                                        + Long.toUnsignedString(run.self().id()) + "\n\"AlarmType\" : NOSPACE\n\n"
                                : ""));
            case "protobuf" -> {
                Proto message = new Proto().message(1, run.header().proto());
                if (full) {
                    message.message(
                            2,
                            new Proto().number(1, run.self().id()).number(2, 1).toBytes());
                }
                yield run.say(message.toBytes());
            }
            default ->
                full ? run.say("memberID:" + Long.toUnsignedString(run.self().id()) + " alarm:NOSPACE \n") : 0;
        };
    }

    private static int auth(Session run) throws IOException, Refusal {
        if (run.line().word(1).equals("status")) {
            if (run.line().form().equals("json")) {
                Map<String, Object> tree = new LinkedHashMap<>();
                tree.put("header", run.header().json(false));
                tree.put("authRevision", 1L);
                return run.json(tree);
            }
            return run.say("Authentication Status: false\nAuthRevision: 1\n");
        }
        run.etcd().propose();
        if (run.line().word(1).equals("enable")) {
            throw run.refused("Auth/AuthEnable", "FailedPrecondition", "etcdserver: root user does not exist");
        }
        if (run.line().word(1).equals("disable")) {
            return run.say("Authentication Disabled\n");
        }
        return usage(run);
    }

    /** Kubernetes uses no users of etcd, and practice keeps none. */
    private static int users(Session run) throws IOException, Refusal {
        run.etcd().propose();
        if (run.line().word(1).equals("list")) {
            return 0;
        }
        if (List.of("get", "delete").contains(run.line().word(1))) {
            String kind = run.line().word(0);
            throw run.refused(
                    kind.equals("user") ? "Auth/UserGet" : "Auth/RoleGet",
                    "FailedPrecondition",
                    "etcdserver: " + kind + " name not found");
        }
        throw new Refusal(Refusal.ERROR, "practice's etcd keeps no users and roles");
    }
}
