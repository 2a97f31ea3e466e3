package dev.kuar.practice.etcdctl;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code get}, {@code put}, {@code del}, {@code compaction}. */
final class Keys {
    private final Session run;
    private final Line line;

    Keys(Session run) {
        this.run = run;
        this.line = run.line();
    }

    /** The end of the range that words and flags ask for; empty for no end, the key with a NUL for the key alone. */
    static String end(Line line) throws Refusal {
        String key = line.word(1);
        if (line.has("prefix") && line.has("from-key")) {
            throw Refusal.arguments("`--prefix` and `--from-key` cannot be set at the same time, choose one");
        }
        if (line.has("prefix")) {
            return prefixEnd(key);
        }
        if (line.has("from-key")) {
            return "";
        }
        return line.size() > 2 ? line.word(2) : key + "\0";
    }

    static String prefixEnd(String key) {
        for (int i = key.length() - 1; i >= 0; i--) {
            if (key.charAt(i) < Character.MAX_VALUE) {
                return key.substring(0, i) + (char) (key.charAt(i) + 1);
            }
        }
        return "";
    }

    int get() throws IOException, Refusal {
        checkGet(line);
        EtcdView.Page page;
        try {
            page = run.etcd().range(line.word(1), end(line), line.number("rev"), 0);
        } catch (IllegalArgumentException gone) {
            throw run.refused("KV/Range", gone);
        }
        List<EtcdView.Entry> entries = new ArrayList<>(page.entries());
        entries.removeIf(each -> outside(each.modRevision(), "mod") || outside(each.createRevision(), "create"));
        sort(entries);
        int limit = (int) line.number("limit");
        boolean more = limit > 0 && entries.size() > limit;
        List<EtcdView.Entry> shown = line.has("count-only") ? List.of() : more ? entries.subList(0, limit) : entries;
        return print(shown, more, page.total());
    }

    static void checkGet(Line line) throws Refusal {
        if (line.size() < 2) {
            throw Refusal.arguments("get command needs one argument as key and an optional argument as range_end");
        }
        end(line);
        String consistency = line.text("consistency", "l");
        if (!consistency.equals("l") && !consistency.equals("s")) {
            throw new Refusal(Refusal.BAD_FEATURE, "unknown consistency flag \"" + consistency + "\"");
        }
        if (line.has("keys-only") && line.has("count-only")) {
            throw Refusal.arguments("`--keys-only` and `--count-only` cannot be set at the same time, choose one");
        }
        if (line.has("count-only")
                && !line.form().equals("fields")
                && !line.form().equals("json")
                && !line.form().equals("protobuf")) {
            throw Refusal.arguments("--count-only is only for `--write-out=fields`");
        }
        String order = line.text("order", "").toUpperCase(java.util.Locale.ROOT);
        if (!List.of("", "ASCEND", "DESCEND").contains(order)) {
            throw new Refusal(Refusal.BAD_FEATURE, "bad sort order " + line.text("order", ""));
        }
        String target = line.text("sort-by", "").toUpperCase(java.util.Locale.ROOT);
        if (!List.of("", "CREATE", "KEY", "MODIFY", "VALUE", "VERSION").contains(target)) {
            throw new Refusal(Refusal.BAD_FEATURE, "bad sort target " + line.text("sort-by", ""));
        }
    }

    private boolean outside(long revision, String which) {
        long least = line.number("min-" + which + "-rev");
        long most = line.number("max-" + which + "-rev");
        return least > 0 && revision < least || most > 0 && revision > most;
    }

    private void sort(List<EtcdView.Entry> entries) {
        Comparator<EtcdView.Entry> by =
                switch (line.text("sort-by", "").toUpperCase(java.util.Locale.ROOT)) {
                    case "CREATE" -> Comparator.comparing(EtcdView.Entry::createRevision);
                    case "MODIFY" -> Comparator.comparing(EtcdView.Entry::modRevision);
                    case "VERSION" -> Comparator.comparing(EtcdView.Entry::version);
                    case "VALUE" -> Comparator.comparing(EtcdView.Entry::value, java.util.Arrays::compareUnsigned);
                    default -> Comparator.comparing(EtcdView.Entry::key);
                };
        boolean down = line.text("order", "").equalsIgnoreCase("DESCEND");
        entries.sort(down ? by.reversed() : by);
    }

    private int print(List<EtcdView.Entry> entries, boolean more, long count) throws IOException, Refusal {
        boolean keysOnly = line.has("keys-only");
        Header header = run.header();
        switch (line.form()) {
            case "simple":
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                for (EtcdView.Entry each : entries) {
                    simple(out, each, line, keysOnly);
                }
                return run.say(out.toByteArray());
            case "json":
                Map<String, Object> tree = new LinkedHashMap<>();
                tree.put("header", header.json(line.hex()));
                if (!entries.isEmpty()) {
                    tree.put(
                            "kvs",
                            entries.stream().map(each -> json(each, keysOnly)).toList());
                }
                if (more) {
                    tree.put("more", true);
                }
                if (count > 0) {
                    tree.put("count", count);
                }
                return run.json(tree);
            case "fields":
                StringBuilder text = new StringBuilder(header.fields());
                entries.forEach(each -> text.append(fields("", each, keysOnly)));
                return run.say(text.append("\"More\" : ")
                        .append(more)
                        .append("\n\"Count\" : ")
                        .append(count)
                        .append('\n')
                        .toString());
            case "protobuf":
                Proto message = new Proto().message(1, header.proto());
                entries.forEach(each -> message.message(2, Proto.keyValue(each, keysOnly)));
                return run.say(message.number(3, more ? 1 : 0).number(4, count).toBytes());
            default:
                throw run.unsupported();
        }
    }

    static void simple(ByteArrayOutputStream out, EtcdView.Entry entry, Line line, boolean keysOnly) {
        byte[] key = entry.key().getBytes(StandardCharsets.UTF_8);
        if (!line.has("print-value-only")) {
            out.writeBytes(line.hex() ? Go.hex(key).getBytes(StandardCharsets.US_ASCII) : key);
            out.write('\n');
        }
        byte[] value = keysOnly ? new byte[0] : entry.value();
        out.writeBytes(line.hex() ? Go.hex(value).getBytes(StandardCharsets.US_ASCII) : value);
        out.write('\n');
    }

    static Map<String, Object> json(EtcdView.Entry entry, boolean keysOnly) {
        Map<String, Object> kv = new LinkedHashMap<>();
        kv.put("key", Base64.getEncoder().encodeToString(entry.key().getBytes(StandardCharsets.UTF_8)));
        for (Map.Entry<String, Long> each : List.of(
                Map.entry("create_revision", entry.createRevision()),
                Map.entry("mod_revision", entry.modRevision()),
                Map.entry("version", entry.version()))) {
            if (each.getValue() != 0) {
                kv.put(each.getKey(), each.getValue());
            }
        }
        if (!keysOnly && entry.value().length > 0) {
            kv.put("value", Base64.getEncoder().encodeToString(entry.value()));
        }
        if (entry.lease() != 0) {
            kv.put("lease", entry.lease());
        }
        return kv;
    }

    static String fields(String prefix, EtcdView.Entry entry, boolean keysOnly) {
        return "\"" + prefix + "Key\" : " + Go.quoted(entry.key().getBytes(StandardCharsets.UTF_8)) + "\n\"" + prefix
                + "CreateRevision\" : " + entry.createRevision() + "\n\"" + prefix + "ModRevision\" : "
                + entry.modRevision() + "\n\"" + prefix + "Version\" : " + entry.version() + "\n\"" + prefix
                + "Value\" : " + Go.quoted(keysOnly ? new byte[0] : entry.value()) + "\n\"" + prefix + "Lease\" : "
                + entry.lease() + "\n";
    }

    int put() throws IOException, Refusal {
        byte[] value;
        Optional<EtcdView.Entry> now = run.etcd().range(line.word(1), line.word(1) + "\0", 0, 1).entries().stream()
                .findFirst();
        if (line.has("ignore-value")) {
            if (now.isEmpty()) {
                throw run.refused("KV/Put", "InvalidArgument", "etcdserver: key not found");
            }
            value = now.get().value();
        } else {
            value = line.size() > 2
                    ? line.word(2).getBytes(StandardCharsets.UTF_8)
                    : run.host().input();
        }
        long lease = lease(line.text("lease", "0"));
        if (line.has("ignore-lease")) {
            lease = now.map(EtcdView.Entry::lease).orElse(0L);
        }
        if (line.form().equals("table")) {
            throw run.unsupported();
        }
        Optional<EtcdView.Entry> previous;
        try {
            previous = run.etcd().put(line.word(1), value, lease);
        } catch (IllegalArgumentException unknown) {
            throw run.refused("KV/Put", unknown);
        }
        return printPut(line.has("prev-kv") ? previous : Optional.empty());
    }

    static long lease(String text) throws Refusal {
        try {
            return Long.parseLong(text, 16);
        } catch (NumberFormatException wrong) {
            throw Refusal.arguments(
                    "bad lease ID (strconv.ParseInt: parsing \"" + text + "\": invalid syntax), expecting ID in Hex");
        }
    }

    private int printPut(Optional<EtcdView.Entry> previous) throws IOException {
        Header header = run.header();
        switch (line.form()) {
            case "json":
                Map<String, Object> tree = new LinkedHashMap<>();
                tree.put("header", header.json(line.hex()));
                previous.ifPresent(entry -> tree.put("prev_kv", json(entry, false)));
                return run.json(tree);
            case "fields":
                return run.say(header.fields()
                        + previous.map(entry -> fields("Prev", entry, false)).orElse(""));
            case "protobuf":
                Proto message = new Proto().message(1, header.proto());
                previous.ifPresent(entry -> message.message(2, Proto.keyValue(entry, false)));
                return run.say(message.toBytes());
            default:
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                out.writeBytes("OK\n".getBytes(StandardCharsets.US_ASCII));
                previous.ifPresent(entry -> simple(out, entry, line, false));
                return run.say(out.toByteArray());
        }
    }

    int delete() throws IOException, Refusal {
        if (line.form().equals("table")) {
            throw run.unsupported();
        }
        List<EtcdView.Entry> removed;
        try {
            removed = run.etcd().delete(line.word(1), end(line));
        } catch (IllegalArgumentException full) {
            throw run.refused("KV/DeleteRange", full);
        }
        List<EtcdView.Entry> shown = line.has("prev-kv") ? removed : List.of();
        Header header = run.header();
        switch (line.form()) {
            case "json":
                Map<String, Object> tree = new LinkedHashMap<>();
                tree.put("header", header.json(line.hex()));
                if (!removed.isEmpty()) {
                    tree.put("deleted", (long) removed.size());
                }
                if (!shown.isEmpty()) {
                    tree.put(
                            "prev_kvs",
                            shown.stream().map(each -> json(each, false)).toList());
                }
                return run.json(tree);
            case "fields":
                StringBuilder text = new StringBuilder(header.fields() + "\"Deleted\" : " + removed.size() + "\n");
                shown.forEach(each -> text.append(fields("Prev", each, false)));
                return run.say(text.toString());
            case "protobuf":
                Proto message = new Proto().message(1, header.proto()).number(2, removed.size());
                shown.forEach(each -> message.message(3, Proto.keyValue(each, false)));
                return run.say(message.toBytes());
            default:
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                out.writeBytes((removed.size() + "\n").getBytes(StandardCharsets.US_ASCII));
                shown.forEach(each -> simple(out, each, line, false));
                return run.say(out.toByteArray());
        }
    }

    int compact() throws IOException, Refusal {
        long revision;
        try {
            revision = Long.parseLong(line.word(1));
        } catch (NumberFormatException wrong) {
            throw new Refusal(Refusal.ERROR, "strconv.ParseInt: parsing \"" + line.word(1) + "\": invalid syntax");
        }
        try {
            run.etcd().compact(revision);
        } catch (IllegalArgumentException gone) {
            throw run.refused("KV/Compact", gone);
        }
        return run.say("compacted revision " + revision + "\n");
    }
}
