package dev.kuar.practice.etcdctl;

import dev.kuar.practice.etcd.Etcd;
import dev.kuar.practice.etcd.EtcdException;
import dev.kuar.practice.etcd.Request;
import dev.kuar.practice.object.GoDuration;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** {@code endpoint health}, {@code status}, {@code hashkv} and {@code defrag}: each endpoint is asked by itself. */
final class Endpoints {
    /** What etcd's flag has by default; practice's store grows until the disk is full. */
    private static final long QUOTA = 2L * 1024 * 1024 * 1024;

    private final Session run;
    private final Connection connection;
    private final Line line;

    Endpoints(Session run, Connection connection) {
        this.run = run;
        this.connection = connection;
        this.line = run.line();
    }

    /** What one endpoint said: cells of the simple form and the table, the tree of the JSON form, the fields. */
    private record Row(List<String> cells, Map<String, Object> json, String fields) {}

    int run() throws IOException, InterruptedException, Refusal {
        List<String> endpoints = line.has("cluster")
                ? run.members().stream()
                        .flatMap(each -> each.clients().stream())
                        .toList()
                : line.endpoints();
        if (line.word(0).equals("defrag")) {
            return defrag(endpoints);
        }
        return switch (line.word(1)) {
            case "health" -> health(endpoints);
            case "status" -> status(endpoints);
            case "hashkv" -> hash(endpoints);
            default -> run.say(Usage.of(run.host().version(), "endpoint"));
        };
    }

    private int print(List<String> titles, List<Row> rows) throws IOException, Refusal {
        return switch (line.form()) {
            case "simple" -> run.say(Grid.lines(rows.stream().map(Row::cells).toList()));
            case "table" ->
                run.say(Grid.of(titles, rows.stream().map(Row::cells).toList()));
            case "json" -> run.json(rows.stream().map(Row::json).toList());
            case "fields" ->
                run.say(String.join(
                        "", rows.stream().map(row -> row.fields() + "\n").toList()));
            default -> throw run.unsupported();
        };
    }

    private static Duration measured(Runnable work) {
        long begun = System.nanoTime();
        work.run();
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    private static Duration since(long begun) {
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    /** Reads the key {@code health} through the store, as the real one does, and says how long that took. */
    private int health(List<String> endpoints) throws IOException, InterruptedException, Refusal {
        List<Row> rows = new ArrayList<>();
        boolean all = true;
        for (String endpoint : endpoints) {
            long begun = System.nanoTime();
            String failed = connection.failure(endpoint);
            if (failed != null) {
                connection.timeOut(endpoint, "client", "KV/Range", failed);
            }
            Duration took = failed == null ? measured(this::readHealth) : since(begun);
            String error = failed != null
                    ? "context deadline exceeded"
                    : run.etcd().figures().full() ? "Active Alarm(s): NOSPACE " : null;
            all &= error == null;
            rows.add(healthRow(endpoint, error, GoDuration.format(took)));
        }
        if (line.form().equals("simple")) {
            for (Row row : rows) {
                String said = row.cells().get(0)
                        + (row.cells().get(3).isEmpty()
                                ? " is healthy: successfully committed proposal: took = "
                                        + row.cells().get(2)
                                : " is unhealthy: failed to commit proposal: "
                                        + row.cells().get(3))
                        + "\n";
                if (row.cells().get(3).isEmpty()) {
                    run.say(said);
                } else {
                    run.host().error(said);
                }
            }
        } else {
            print(List.of("ENDPOINT", "HEALTH", "TOOK", "ERROR"), rows);
        }
        if (!all) {
            throw new Refusal(Refusal.ERROR, "unhealthy cluster");
        }
        return 0;
    }

    private void readHealth() {
        run.etcd().ask(Request.one("health"));
        run.etcd().propose();
    }

    private static Row healthRow(String endpoint, @Nullable String error, String took) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("endpoint", endpoint);
        tree.put("health", error == null);
        tree.put("took", took);
        if (error != null) {
            tree.put("error", error);
        }
        String said = error == null ? "" : error;
        return new Row(
                List.of(endpoint, Boolean.toString(error == null), took, said),
                tree,
                "\"Endpoint\" : \"" + endpoint + "\"\n\"Health\" : " + (error == null) + "\n\"Took\" : " + took
                        + "\n\"Error\" : " + said + "\n");
    }

    private int each(
            List<String> endpoints,
            String method,
            String failing,
            List<String> titles,
            java.util.function.Function<String, Row> ask)
            throws IOException, InterruptedException, Refusal {
        List<Row> rows = new ArrayList<>();
        boolean all = true;
        for (String endpoint : endpoints) {
            String failed = connection.failure(endpoint);
            if (failed != null) {
                all = false;
                connection.timeOut(endpoint, "etcd-client", method, failed);
                run.host()
                        .error("Failed to get the " + failing + " of endpoint " + endpoint
                                + " (context deadline exceeded)\n");
                continue;
            }
            rows.add(ask.apply(endpoint));
        }
        if (!rows.isEmpty()) {
            print(titles, rows);
        }
        return all ? 0 : Refusal.ERROR;
    }

    private int status(List<String> endpoints) throws IOException, InterruptedException, Refusal {
        List<String> titles = run.modern()
                ? List.of(
                        "ENDPOINT",
                        "ID",
                        "VERSION",
                        "STORAGE VERSION",
                        "DB SIZE",
                        "IN USE",
                        "PERCENTAGE NOT IN USE",
                        "QUOTA",
                        "IS LEADER",
                        "IS LEARNER",
                        "RAFT TERM",
                        "RAFT INDEX",
                        "RAFT APPLIED INDEX",
                        "ERRORS",
                        "DOWNGRADE TARGET VERSION",
                        "DOWNGRADE ENABLED")
                : List.of(
                        "ENDPOINT",
                        "ID",
                        "VERSION",
                        "DB SIZE",
                        "IS LEADER",
                        "IS LEARNER",
                        "RAFT TERM",
                        "RAFT INDEX",
                        "RAFT APPLIED INDEX",
                        "ERRORS");
        return each(endpoints, "Maintenance/Status", "status", titles, this::statusRow);
    }

    private Row statusRow(String endpoint) {
        Etcd.Figures figures = run.etcd().figures();
        String version = run.host().version();
        String storage = version.replaceFirst("\\.\\d+$", ".0");
        Header header = run.header();
        String id = run.self().hexId();
        String term = Long.toString(figures.term());
        String index = Long.toString(figures.index());
        long unused = 100 - figures.bytesInUse() * 100 / Math.max(1, figures.bytes());
        Map<String, Object> status = new LinkedHashMap<>();
        status.put("header", header.json(false));
        status.put("version", version);
        status.put("dbSize", figures.bytes());
        status.put("leader", Header.unsigned(run.self().id()));
        status.put("raftIndex", figures.index());
        status.put("raftTerm", figures.term());
        status.put("raftAppliedIndex", figures.index());
        status.put("dbSizeInUse", figures.bytesInUse());
        if (run.modern()) {
            status.put("storageVersion", storage);
            status.put("dbSizeQuota", QUOTA);
            status.put("downgradeInfo", Map.of());
        }
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("Endpoint", endpoint);
        tree.put("Status", status);
        String fields = header.fields() + "\"Version\" : \"" + version + "\"\n"
                + (run.modern() ? "\"StorageVersion\" : \"" + storage + "\"\n" : "") + "\"DBSize\" : " + figures.bytes()
                + "\n"
                + (run.modern()
                        ? "\"DBSizeInUse\" : " + figures.bytesInUse() + "\n\"DBSizeQuota\" : " + QUOTA + "\n"
                        : "")
                + "\"Leader\" : "
                + Long.toUnsignedString(run.self().id()) + "\n\"IsLearner\" : false\n\"RaftIndex\" : " + index
                + "\n\"RaftTerm\" : " + term + "\n\"RaftAppliedIndex\" : " + index
                + "\n\"Errors\" : []\n\"Endpoint\" : \""
                + endpoint + "\"\n"
                + (run.modern() ? "\"DowngradeTargetVersion\" : \"\"\n\"DowngradeEnabled\" : false\n" : "");
        List<String> cells = run.modern()
                ? List.of(
                        endpoint,
                        id,
                        version,
                        storage,
                        Go.bytes(figures.bytes()),
                        Go.bytes(figures.bytesInUse()),
                        unused + "%",
                        Go.bytes(QUOTA),
                        "true",
                        "false",
                        term,
                        index,
                        index,
                        "",
                        "",
                        "false")
                : List.of(endpoint, id, version, Go.bytes(figures.bytes()), "true", "false", term, index, index, "");
        return new Row(cells, tree, fields);
    }

    private int hash(List<String> endpoints) throws IOException, InterruptedException, Refusal {
        Etcd.Hash hash;
        try {
            hash = run.etcd().hash(line.number("rev"));
        } catch (EtcdException outside) {
            Refusal why = run.refused("Maintenance/HashKV", outside);
            run.host()
                    .error("Failed to get the hash of endpoint " + endpoints.get(0) + " (" + why.getMessage() + ")\n");
            throw why;
        }
        List<String> titles = run.modern() ? List.of("ENDPOINT", "HASH", "HASH REVISION") : List.of("ENDPOINT", "HASH");
        int code = each(endpoints, "Maintenance/HashKV", "hash", titles, endpoint -> hashRow(endpoint, hash));
        if (code != 0) {
            throw new Refusal(code, "context deadline exceeded");
        }
        return code;
    }

    private Row hashRow(String endpoint, Etcd.Hash hash) {
        Map<String, Object> said = new LinkedHashMap<>();
        said.put("header", run.header().json(false));
        said.put("hash", hash.value());
        if (hash.compactedRevision() > 0) {
            said.put("compact_revision", hash.compactedRevision());
        }
        if (run.modern()) {
            said.put("hash_revision", hash.revision());
        }
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("Endpoint", endpoint);
        tree.put("HashKV", said);
        List<String> cells = new ArrayList<>(List.of(endpoint, Long.toString(hash.value())));
        if (run.modern()) {
            cells.add(Long.toString(hash.revision()));
        }
        return new Row(
                cells,
                tree,
                run.header().fields() + "\"Endpoint\" : \"" + endpoint + "\"\n\"Hash\" : " + hash.value() + "\n"
                        + (run.modern() ? "\"HashRevision\" : " + hash.revision() + "\n" : ""));
    }

    private int defrag(List<String> endpoints) throws IOException, InterruptedException {
        int code = 0;
        for (String endpoint : endpoints) {
            long begun = System.nanoTime();
            String failed = connection.failure(endpoint);
            if (failed != null) {
                connection.timeOut(endpoint, "etcd-client", "Maintenance/Defragment", failed);
                run.host()
                        .error("Failed to defragment etcd member[" + endpoint + "]. took "
                                + GoDuration.format(since(begun)) + ". (context deadline exceeded)\n");
                code = Refusal.ERROR;
                continue;
            }
            Supplier<Duration> took = () -> measured(() -> run.etcd().defragment());
            String time = GoDuration.format(took.get());
            run.say("Finished defragmenting etcd member[" + endpoint + "]" + (run.modern() ? ". took " + time : "")
                    + "\n");
        }
        return code;
    }
}
