package dev.kuar.practice.container;

import dev.kuar.practice.object.JsonWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code etcdctl} over the live store, as version 3.6 (3.5 in older images) speaks. */
final class EtcdctlTool implements Tool {
    private static final Set<String> WITH_VALUE = Set.of(
            "endpoints",
            "cacert",
            "cert",
            "key",
            "command-timeout",
            "dial-timeout",
            "limit",
            "rev",
            "w",
            "write-out",
            "order",
            "sort-by",
            "user",
            "password",
            "consistency",
            "lease",
            "max-watch-count");
    private static final Set<String> SWITCHES = Set.of(
            "prefix",
            "keys-only",
            "from-key",
            "print-value-only",
            "count-only",
            "prev-kv",
            "help",
            "h",
            "hex",
            "debug",
            "insecure-transport",
            "insecure-skip-tls-verify",
            "cluster",
            "interactive",
            "i",
            "ignore-value",
            "range",
            "progress-notify",
            "physical");
    static final long MEMBER = 0x2e9e05c52164694dL;
    private static final long CLUSTER = 0x4df818194e3a8c32L;

    @Override
    public int run(Task task) throws IOException, InterruptedException {
        Map<String, String> flags = new LinkedHashMap<>();
        List<String> words = new ArrayList<>();
        List<String> args = SystemTools.arguments(task);
        for (int i = 0; i < args.size(); i++) {
            String arg = args.get(i);
            if (!arg.startsWith("-") || arg.equals("-")) {
                words.add(arg);
                continue;
            }
            String name = arg.replaceFirst("^--?", "").replaceFirst("=.*", "");
            if (arg.contains("=")) {
                flags.put(name, arg.substring(arg.indexOf('=') + 1));
            } else if (WITH_VALUE.contains(name) && i + 1 < args.size()) {
                flags.put(name, args.get(++i));
            } else {
                flags.put(name, "true");
            }
        }
        for (String name : flags.keySet()) {
            if (!WITH_VALUE.contains(name) && !SWITCHES.contains(name)) {
                return fails(
                        task,
                        1,
                        (name.length() == 1 ? "unknown shorthand flag: '" + name + "' in -" : "unknown flag: --")
                                + name);
            }
        }
        for (String name : List.of("cacert", "cert", "key", "endpoints")) {
            String value = task.env("ETCDCTL_" + name.toUpperCase(java.util.Locale.ROOT));
            if (!value.isEmpty()) {
                flags.putIfAbsent(name, value);
            }
        }
        String version = new Template(task).fill("${tag-version}");
        if (task.env().containsKey("ETCDCTL_API") && !version.startsWith("3.5")) {
            task.printError("{\"level\":\"warn\",\"ts\":\"" + new Template(task).fill("${iso}")
                    + "\",\"caller\":\"flags/flag.go:94\",\"msg\":\"unrecognized environment variable\",\"environment-variable\":\"ETCDCTL_API="
                    + task.env("ETCDCTL_API") + "\"}\n");
        }
        String command = words.isEmpty() ? "help" : words.get(0);
        if (command.equals("version")) {
            task.print("etcdctl version: " + version + "\nAPI version: " + version.replaceFirst("\\.\\d+$", "") + "\n");
            return 0;
        }
        if (command.equals("help") || flags.containsKey("help") || flags.containsKey("h")) {
            task.print(
                    "NAME:\n\tetcdctl - A simple command line client for etcd3.\n\nUSAGE:\n\tetcdctl [flags]\n\nVERSION:\n\t"
                            + version + "\n\n"
                            + "COMMANDS:\n\talarm\n\tcompaction\n\tdefrag\n\tdel\n\tendpoint\n\tget\n\tmember\n\tput\n\tsnapshot\n\tversion\n\twatch\n");
            return 0;
        }
        int refused = connect(task, flags);
        EtcdView etcd = task.container().runtime().services().etcd();
        if (refused != 0 || etcd == null) {
            return refused != 0 ? refused : timedOut(task, flags, "connection refused");
        }
        try {
            return switch (command) {
                case "get" -> get(task, etcd, words, flags);
                case "put" -> put(task, etcd, words, flags);
                case "del" -> delete(task, etcd, words, flags);
                case "watch" -> watch(task, etcd, words, flags);
                case "member" -> EtcdctlMembers.member(task, flags);
                case "endpoint" -> EtcdctlMembers.endpoint(task, etcd, words, flags, version);
                case "snapshot" -> snapshot(task, etcd, words);
                case "alarm" -> 0;
                case "defrag" ->
                    say(task, "Finished defragmenting etcd member[" + endpoint(flags) + "]. took 1.234567ms\n");
                case "compaction", "compact" -> {
                    etcd.compact(Long.parseLong(words.get(1)));
                    yield say(task, "compacted revision " + words.get(1) + "\n");
                }
                default -> fails(task, 1, "unknown command \"" + command + "\" for \"etcdctl\"");
            };
        } catch (IllegalArgumentException e) {
            return fails(task, 1, String.valueOf(e.getMessage()));
        }
    }

    static int say(Task task, String text) throws IOException {
        task.print(text);
        return 0;
    }

    private static int fails(Task task, int code, String message) throws IOException {
        task.printError("Error: " + message + "\n");
        return code;
    }

    static String endpoint(Map<String, String> flags) {
        return flags.getOrDefault("endpoints", "127.0.0.1:2379").split(",")[0];
    }

    /** What the handshake says: files that are missing, an authority that is not etcd's, no certificate. */
    private static int connect(Task task, Map<String, String> flags) throws IOException, InterruptedException {
        for (String name : List.of("cert", "key", "cacert")) {
            String path = flags.getOrDefault(name, "");
            if (path.isEmpty()) {
                continue;
            }
            try {
                if (!task.files().readText(path).contains("-----BEGIN")) {
                    return fails(
                            task,
                            2,
                            name.equals("cacert")
                                    ? "tls: failed to parse root certificate"
                                    : "tls: failed to find any PEM data in "
                                            + (name.equals("key") ? "key" : "certificate") + " input");
                }
            } catch (FileError e) {
                return fails(task, 2, "open " + path + ": " + e.goWords());
            }
        }
        if (flags.containsKey("cert") != flags.containsKey("key")) {
            return fails(
                    task,
                    2,
                    "KeyFile and CertFile must both be present[key: " + flags.getOrDefault("key", "") + ", cert: "
                            + flags.getOrDefault("cert", "") + "]");
        }
        if (!endpoint(flags)
                .matches("(https?://)?(127\\.0\\.0\\.1|localhost|\\[::1]|"
                        + java.util.regex.Pattern.quote(
                                task.container().network().ip()) + "):2379")) {
            String at = endpoint(flags).replaceFirst("https?://", "");
            return timedOut(
                    task,
                    flags,
                    "connection error: desc = \\\"transport: Error while dialing: dial tcp " + at
                            + ": connect: connection refused\\\"");
        }
        String authority = flags.getOrDefault("cacert", "");
        if (!authority.isEmpty() && !authority.matches(".*/etcd/ca\\.crt")) {
            return timedOut(
                    task,
                    flags,
                    "connection error: desc = \\\"transport: authentication handshake failed: tls: failed to verify certificate: x509: certificate signed by unknown authority\\\"");
        }
        if (flags.containsKey("cert") && authority.isEmpty()) {
            return timedOut(
                    task,
                    flags,
                    "connection error: desc = \\\"transport: authentication handshake failed: tls: failed to verify certificate: x509: certificate signed by unknown authority\\\"");
        }
        return flags.containsKey("cert")
                ? 0
                : timedOut(task, flags, "connection error: desc = \\\"error reading server preface: EOF\\\"");
    }

    private static int timedOut(Task task, Map<String, String> flags, String why)
            throws IOException, InterruptedException {
        String limit = flags.getOrDefault("command-timeout", "5s");
        long millis = limit.endsWith("ms")
                ? Long.parseLong(limit.replace("ms", ""))
                : limit.matches("\\d+s") ? Long.parseLong(limit.replace("s", "")) * 1000 : 5000;
        task.container().clock().sleep(Duration.ofMillis(millis));
        task.printError("{\"level\":\"warn\",\"ts\":\"" + new Template(task).fill("${iso}")
                + "\",\"logger\":\"etcd-client\",\"caller\":\"v3@v" + new Template(task).fill("${tag-version}")
                + "/retry_interceptor.go:65\",\"msg\":\"retrying of unary invoker failed\",\"target\":\"etcd-endpoints://0xc0003ba000/"
                + endpoint(flags).replaceFirst("https?://", "")
                + "\",\"method\":\"/etcdserverpb.KV/Range\",\"attempt\":0,\"error\":\"rpc error: code = DeadlineExceeded desc = latest balancer error: last connection error: "
                + why + "\"}\n");
        return fails(task, 1, "context deadline exceeded");
    }

    /** The end of the range that words and flags ask for. */
    private static String end(List<String> words, Map<String, String> flags) {
        String key = words.get(1);
        if (flags.containsKey("prefix")) {
            return key.isEmpty()
                    ? "\uffff"
                    : key.substring(0, key.length() - 1) + (char) (key.charAt(key.length() - 1) + 1);
        }
        if (flags.containsKey("from-key")) {
            return "\uffff";
        }
        return words.size() > 2 ? words.get(2) : key + "\0";
    }

    private static int get(Task task, EtcdView etcd, List<String> words, Map<String, String> flags) throws IOException {
        if (words.size() < 2) {
            return fails(task, 128, "get command needs one argument as key and an optional argument as range_end");
        }
        long revision = Long.parseLong(flags.getOrDefault("rev", "0"));
        int limit = Integer.parseInt(flags.getOrDefault("limit", "0"));
        EtcdView.Page page = etcd.range(words.get(1), end(words, flags), revision, limit);
        boolean keysOnly = flags.containsKey("keys-only");
        String form = flags.getOrDefault("w", flags.getOrDefault("write-out", "simple"));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (form.equals("json")) {
            List<Object> kvs = new ArrayList<>();
            for (EtcdView.Entry entry : flags.containsKey("count-only") ? List.<EtcdView.Entry>of() : page.entries()) {
                kvs.add(tree(entry, keysOnly));
            }
            Map<String, Object> tree = header(page.revision());
            if (!kvs.isEmpty()) {
                tree.put("kvs", kvs);
            }
            if (page.total() > 0) {
                tree.put("count", page.total());
            }
            return say(task, JsonWriter.text(tree) + "\n");
        }
        if (flags.containsKey("count-only")) {
            return form.equals("fields") ? say(task, "\"Count\" : " + page.total() + "\n") : 0;
        }
        for (EtcdView.Entry entry : page.entries()) {
            if (form.equals("fields")) {
                out.writeBytes(("\"Key\" : \"" + entry.key() + "\"\n\"CreateRevision\" : " + entry.createRevision()
                                + "\n\"ModRevision\" : " + entry.modRevision() + "\n\"Version\" : " + entry.version()
                                + "\n\"Value\" : \""
                                + (keysOnly ? "" : new String(entry.value(), StandardCharsets.ISO_8859_1))
                                + "\"\n\"Lease\" : 0\n")
                        .getBytes(StandardCharsets.UTF_8));
                continue;
            }
            if (!flags.containsKey("print-value-only")) {
                out.writeBytes((entry.key() + "\n").getBytes(StandardCharsets.UTF_8));
            }
            out.writeBytes(keysOnly ? new byte[0] : entry.value());
            out.write('\n');
        }
        task.out().write(out.toByteArray());
        return 0;
    }

    private static Map<String, Object> header(long revision) {
        Map<String, Object> header = new LinkedHashMap<>();
        header.put("cluster_id", CLUSTER);
        header.put("member_id", MEMBER);
        header.put("revision", revision);
        header.put("raft_term", 2L);
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("header", header);
        return tree;
    }

    private static Map<String, Object> tree(EtcdView.Entry entry, boolean keysOnly) {
        Map<String, Object> kv = new LinkedHashMap<>();
        kv.put("key", Base64.getEncoder().encodeToString(entry.key().getBytes(StandardCharsets.UTF_8)));
        kv.put("create_revision", entry.createRevision());
        kv.put("mod_revision", entry.modRevision());
        kv.put("version", entry.version());
        if (!keysOnly) {
            kv.put("value", Base64.getEncoder().encodeToString(entry.value()));
        }
        return kv;
    }

    private static int put(Task task, EtcdView etcd, List<String> words, Map<String, String> flags) throws IOException {
        if (words.size() < 2) {
            return fails(task, 128, "put command needs 1 argument and input from stdin or 2 arguments");
        }
        byte[] value = words.size() > 2 ? words.get(2).getBytes(StandardCharsets.UTF_8) : task.readAllInput();
        long revision = etcd.put(words.get(1), value);
        return say(
                task,
                flags.getOrDefault("w", "simple").equals("json") ? JsonWriter.text(header(revision)) + "\n" : "OK\n");
    }

    private static int delete(Task task, EtcdView etcd, List<String> words, Map<String, String> flags)
            throws IOException {
        if (words.size() < 2) {
            return fails(task, 128, "del command needs one argument as key and an optional argument as range_end");
        }
        return say(task, etcd.delete(words.get(1), end(words, flags)).size() + "\n");
    }

    private static int watch(Task task, EtcdView etcd, List<String> words, Map<String, String> flags)
            throws IOException, InterruptedException {
        if (words.size() < 2) {
            return fails(task, 128, "watch command needs a key");
        }
        long after = flags.containsKey("rev") ? Long.parseLong(flags.get("rev")) - 1 : etcd.revision();
        try (AutoCloseable running = etcd.watch(words.get(1), end(words, flags), after, event -> show(task, event))) {
            return task.await();
        } catch (IOException | InterruptedException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    private static void show(Task task, EtcdView.Event event) {
        try {
            task.print((event.put() ? "PUT\n" : "DELETE\n") + event.entry().key() + "\n");
            task.out().write(event.entry().value());
            task.print("\n");
        } catch (IOException e) {
            task.die(141);
        }
    }

    static String form(Map<String, String> flags) {
        return flags.getOrDefault("w", flags.getOrDefault("write-out", "simple"));
    }

    private static int snapshot(Task task, EtcdView etcd, List<String> words) throws IOException {
        if (words.size() < 3 || !words.get(1).equals("save")) {
            return fails(task, 128, "snapshot save expects one argument");
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (EtcdView.Entry entry : etcd.range("/", "\uffff", 0, 0).entries()) {
            all.writeBytes(entry.key().getBytes(StandardCharsets.UTF_8));
            all.writeBytes(entry.value());
        }
        try {
            task.files().write(words.get(2), all.toByteArray());
        } catch (FileError e) {
            return fails(
                    task,
                    5,
                    "could not open " + words.get(2) + ".part (open " + words.get(2) + ".part: " + e.goWords() + ")");
        }
        return say(task, "Snapshot saved at " + words.get(2) + "\n");
    }
}
