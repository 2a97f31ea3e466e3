package dev.kuar.practice.etcdctl;

import dev.kuar.practice.etcd.EtcdException;
import dev.kuar.practice.etcd.Leases;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** {@code etcdctl lease}. */
final class Leasing {
    private final Session run;
    private final Line line;

    Leasing(Session run) {
        this.run = run;
        this.line = run.line();
    }

    static void check(Line line) throws Refusal {
        switch (line.word(1)) {
            case "grant" -> {
                if (line.size() != 3) {
                    throw Refusal.arguments("lease grant command needs TTL argument");
                }
                if (!line.word(2).matches("[-+]?\\d{1,18}")) {
                    throw Refusal.arguments(
                            "bad TTL (strconv.ParseInt: parsing \"" + line.word(2) + "\": invalid syntax)");
                }
            }
            case "revoke", "timetolive", "keep-alive" -> {
                if (line.size() != 3) {
                    String needs = line.word(1).equals("revoke") ? "1 argument" : "lease ID as argument";
                    throw Refusal.arguments("lease " + line.word(1) + " command needs " + needs);
                }
                id(line);
            }
            default -> {}
        }
    }

    private static long id(Line line) throws Refusal {
        return KeyLines.lease(line.word(2), "bad lease ID arg");
    }

    int run() throws IOException, InterruptedException, Refusal {
        Leases leases = run.etcd().leases();
        switch (line.word(1)) {
            case "grant":
                long id = granted(leases);
                long ttl = leases.find(id).map(Leases.Lease::granted).orElse(0L);
                return answer(
                        "lease " + hex(id) + " granted with TTL(" + ttl + "s)\n",
                        Map.of("ID", id, "TTL", ttl),
                        List.of("ID", "TTL"));
            case "revoke":
                if (!leases.revoke(id(line))) {
                    Refusal why = run.refused("Lease/LeaseRevoke", "NotFound", "etcdserver: requested lease not found");
                    throw new Refusal(Refusal.ERROR, "failed to revoke lease (" + why.getMessage() + ")");
                }
                return answer("lease " + hex(id(line)) + " revoked\n", Map.of(), List.of());
            case "timetolive":
                return timeToLive(leases);
            case "keep-alive":
                return keepAlive(leases);
            case "list":
                StringBuilder text = new StringBuilder("found " + leases.ids().size() + " leases\n");
                leases.ids().forEach(each -> text.append(hex(each)).append('\n'));
                return list(text.toString(), leases.ids());
            default:
                return run.say(Usage.of(run.host().version(), "lease"));
        }
    }

    private long granted(Leases leases) throws IOException, Refusal {
        try {
            return leases.grant(0, Long.parseLong(line.word(2)));
        } catch (EtcdException tooLong) {
            Refusal why = run.refused("Lease/LeaseGrant", tooLong);
            throw new Refusal(Refusal.ERROR, "failed to grant lease (" + why.getMessage() + ")");
        }
    }

    private static String hex(long id) {
        return String.format(Locale.ROOT, "%016x", id);
    }

    private Map<String, Object> head() {
        return run.header().json(false);
    }

    private int answer(String simple, Map<String, Object> more, List<String> order) throws IOException, Refusal {
        return switch (line.form()) {
            case "json" -> {
                Map<String, Object> tree = head();
                order.forEach(name -> tree.put(name, more.get(name)));
                if (!order.isEmpty()) {
                    tree.put("Error", "");
                }
                yield run.json(tree);
            }
            case "fields" -> {
                StringBuilder text = new StringBuilder(run.header().fields());
                order.forEach(name -> text.append('"')
                        .append(name)
                        .append("\" : ")
                        .append(more.get(name))
                        .append('\n'));
                yield run.say(text.toString());
            }
            case "table" -> throw run.unsupported();
            default -> run.say(simple);
        };
    }

    private int list(String simple, List<Long> ids) throws IOException, Refusal {
        if (line.form().equals("json")) {
            Map<String, Object> tree = head();
            tree.put("leases", ids.stream().map(id -> Map.of("id", id)).toList());
            return run.json(tree);
        }
        if (line.form().equals("fields")) {
            StringBuilder text = new StringBuilder(run.header().fields());
            ids.forEach(id -> text.append("\"ID\" : ").append(id).append('\n'));
            return run.say(text.toString());
        }
        return answer(simple, Map.of(), List.of());
    }

    private int timeToLive(Leases leases) throws IOException, Refusal {
        long id = id(line);
        Optional<Leases.Lease> found = leases.find(id);
        long granted = found.map(Leases.Lease::granted).orElse(0L);
        long left = found.map(Leases.Lease::left).orElse(-1L);
        List<String> keys = line.has("keys") ? found.map(Leases.Lease::keys).orElse(List.of()) : List.of();
        if (line.form().equals("json")) {
            Map<String, Object> tree = new LinkedHashMap<>(head());
            tree.put("id", id);
            tree.put("ttl", left);
            tree.put("granted-ttl", granted);
            tree.put(
                    "keys",
                    keys.isEmpty()
                            ? null
                            : keys.stream()
                                    .map(key -> java.util.Base64.getEncoder()
                                            .encodeToString(key.getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                                    .toList());
            return run.json(tree);
        }
        if (line.form().equals("fields")) {
            StringBuilder text = new StringBuilder(run.header().fields() + "\"ID\" : " + id + "\n\"TTL\" : " + left
                    + "\n\"GrantedTTL\" : " + granted + "\n");
            keys.forEach(key -> text.append("\"Key\" : \"").append(key).append("\"\n"));
            return run.say(text.toString());
        }
        String simple = found.isEmpty()
                ? "lease " + hex(id) + " already expired\n"
                : "lease " + hex(id) + " granted with TTL(" + granted + "s), remaining(" + left + "s)"
                        + (line.has("keys") ? ", attached keys([" + String.join(" ", keys) + "])" : "") + "\n";
        return answer(simple, Map.of(), List.of());
    }

    private int keepAlive(Leases leases) throws IOException, InterruptedException, Refusal {
        long id = id(line);
        while (true) {
            long granted = leases.keepAlive(id);
            if (granted == 0 && line.has("once")) {
                throw new Refusal(Refusal.BAD_CONNECTION, "etcdserver: requested lease not found");
            }
            if (granted == 0) {
                return run.say("lease " + hex(id) + " expired or revoked.\n");
            }
            run.say("lease " + hex(id) + " keepalived with TTL(" + granted + ")\n");
            if (line.has("once")) {
                return 0;
            }
            run.host().pause(Duration.ofMillis(Math.max(500, granted * 1000 / 3)));
        }
    }
}
