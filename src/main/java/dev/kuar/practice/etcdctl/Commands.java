package dev.kuar.practice.etcdctl;

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
            case "get" -> Keys.checkGet(line);
            case "put" -> {
                if (line.size() < 2 || line.size() > 3) {
                    throw Refusal.arguments("put command needs 1 argument and input from stdin or 2 arguments");
                }
                if (line.has("ignore-value") && line.size() > 2) {
                    throw Refusal.arguments("put command needs only 1 argument when 'ignore-value' is set");
                }
                Keys.lease(line.text("lease", "0"));
            }
            case "del" -> {
                if (line.size() < 2 || line.size() > 3) {
                    throw Refusal.arguments(
                            "del command needs one argument as key and an optional argument as range_end");
                }
                Keys.end(line);
            }
            case "watch" -> {
                if (line.size() < 2) {
                    throw Refusal.arguments("bad number of arguments");
                }
                Keys.end(line);
            }
            case "compaction", "compact" -> {
                if (line.size() != 2) {
                    throw Refusal.arguments("compaction command needs 1 argument");
                }
            }
            case "lease" -> Leasing.check(line);
            case "snapshot" -> {
                if (line.word(1).equals("save") && line.size() != 3) {
                    throw Refusal.arguments("snapshot save expects one argument");
                }
            }
            default -> {}
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
            case "add" ->
                throw run.line().has("peer-urls")
                        ? new Refusal(Refusal.ERROR, "practice's etcd takes no further members")
                        : Refusal.arguments("member peer urls not provided");
            case "remove", "update", "promote" -> {
                boolean known = run.members().stream()
                        .anyMatch(each -> each.hexId().equals(run.line().word(2)));
                throw known
                        ? run.refused(
                                "Cluster/MemberRemove",
                                "FailedPrecondition",
                                "etcdserver: re-configuration failed due to not enough started members")
                        : run.refused("Cluster/MemberRemove", "NotFound", "etcdserver: member not found");
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
        boolean full = run.etcd().figures().full();
        return switch (run.line().form()) {
            case "table" -> throw run.unsupported();
            case "json" -> {
                Map<String, Object> tree = new LinkedHashMap<>();
                tree.put("header", run.header().json(run.line().hex()));
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
            default ->
                full ? run.say("memberID:" + Long.toUnsignedString(run.self().id()) + " alarm:NOSPACE \n") : 0;
        };
    }

    private static int auth(Session run) throws IOException, Refusal {
        if (run.line().word(1).equals("status")) {
            if (run.line().form().equals("json")) {
                Map<String, Object> tree = new LinkedHashMap<>();
                tree.put("header", run.header().json(run.line().hex()));
                tree.put("authRevision", 1L);
                return run.json(tree);
            }
            return run.say("Authentication Status: false\nAuthRevision: 1\n");
        }
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
