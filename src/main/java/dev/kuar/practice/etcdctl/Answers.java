package dev.kuar.practice.etcdctl;

import dev.kuar.practice.etcd.Answer;
import dev.kuar.practice.etcd.Entry;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What etcd said of keys, in the forms of etcdctl. */
record Answers(boolean hex, boolean valuesOnly) {
    static Answers of(Line line) {
        return new Answers(line.hex(), line.has("print-value-only"));
    }

    void simple(ByteArrayOutputStream out, Answer answer) {
        if (answer instanceof Answer.Range range) {
            range.entries().forEach(each -> simple(out, each));
        } else if (answer instanceof Answer.Put put) {
            text(out, "OK\n");
            put.previous().ifPresent(each -> simple(out, each));
        } else if (answer instanceof Answer.Delete delete) {
            text(out, delete.deleted() + "\n");
            delete.previous().forEach(each -> simple(out, each));
        } else if (answer instanceof Answer.Transaction transaction) {
            text(out, transaction.succeeded() ? "SUCCESS\n" : "FAILURE\n");
            for (Answer each : transaction.answers()) {
                out.write('\n');
                simple(out, each);
            }
        }
    }

    private static void text(ByteArrayOutputStream out, String text) {
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    void simple(ByteArrayOutputStream out, Entry entry) {
        byte[] key = entry.key().getBytes(StandardCharsets.UTF_8);
        if (!valuesOnly) {
            out.writeBytes(hex ? Go.hex(key).getBytes(StandardCharsets.US_ASCII) : key);
            out.write('\n');
        }
        out.writeBytes(hex ? Go.hex(entry.value()).getBytes(StandardCharsets.US_ASCII) : entry.value());
        out.write('\n');
    }

    static Map<String, Object> json(Answer answer, Map<String, Object> header) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("header", header);
        if (answer instanceof Answer.Range range) {
            putList(tree, "kvs", range.entries());
            if (range.more()) {
                tree.put("more", true);
            }
            if (range.count() > 0) {
                tree.put("count", range.count());
            }
        } else if (answer instanceof Answer.Put put) {
            put.previous().ifPresent(entry -> tree.put("prev_kv", json(entry)));
        } else if (answer instanceof Answer.Delete delete) {
            if (delete.deleted() > 0) {
                tree.put("deleted", delete.deleted());
            }
            putList(tree, "prev_kvs", delete.previous());
        } else if (answer instanceof Answer.Transaction transaction) {
            if (transaction.succeeded()) {
                tree.put("succeeded", true);
            }
            List<Object> responses = new ArrayList<>();
            for (Answer each : transaction.answers()) {
                Map<String, Object> inner = json(each, Map.of("revision", each.revision()));
                responses.add(Map.of("Response", Map.of("response_" + name(each), inner)));
            }
            if (!responses.isEmpty()) {
                tree.put("responses", responses);
            }
        }
        return tree;
    }

    private static String name(Answer answer) {
        return answer instanceof Answer.Range
                ? "range"
                : answer instanceof Answer.Put ? "put" : answer instanceof Answer.Delete ? "delete_range" : "txn";
    }

    private static void putList(Map<String, Object> tree, String name, List<Entry> entries) {
        if (!entries.isEmpty()) {
            tree.put(name, entries.stream().map(Answers::json).toList());
        }
    }

    static Map<String, Object> json(Entry entry) {
        Map<String, Object> kv = new LinkedHashMap<>();
        kv.put("key", Base64.getEncoder().encodeToString(entry.key().getBytes(StandardCharsets.UTF_8)));
        putNumber(kv, "create_revision", entry.createRevision());
        putNumber(kv, "mod_revision", entry.modRevision());
        putNumber(kv, "version", entry.version());
        if (entry.value().length > 0) {
            kv.put("value", Base64.getEncoder().encodeToString(entry.value()));
        }
        putNumber(kv, "lease", entry.lease());
        return kv;
    }

    private static void putNumber(Map<String, Object> tree, String name, long number) {
        if (number != 0) {
            tree.put(name, number);
        }
    }

    static String fields(Answer answer, String header) {
        StringBuilder text = new StringBuilder(header);
        if (answer instanceof Answer.Range range) {
            range.entries().forEach(each -> text.append(fields("", each)));
            text.append("\"More\" : ").append(range.more());
            text.append("\n\"Count\" : ").append(range.count()).append('\n');
        } else if (answer instanceof Answer.Put put) {
            put.previous().ifPresent(each -> text.append(fields("Prev", each)));
        } else if (answer instanceof Answer.Delete delete) {
            text.append("\"Deleted\" : ").append(delete.deleted()).append('\n');
            delete.previous().forEach(each -> text.append(fields("Prev", each)));
        } else if (answer instanceof Answer.Transaction transaction) {
            text.append("\"Succeeded\" : ").append(transaction.succeeded()).append('\n');
            for (Answer each : transaction.answers()) {
                text.append(fields(each, new Header(0, 0, each.revision(), 0).fields()));
            }
        }
        return text.toString();
    }

    static String fields(String prefix, Entry entry) {
        return "\"" + prefix + "Key\" : " + Go.quoted(entry.key().getBytes(StandardCharsets.UTF_8)) + "\n\"" + prefix
                + "CreateRevision\" : " + entry.createRevision() + "\n\"" + prefix + "ModRevision\" : "
                + entry.modRevision() + "\n\"" + prefix + "Version\" : " + entry.version() + "\n\"" + prefix
                + "Value\" : " + Go.quoted(entry.value()) + "\n\"" + prefix + "Lease\" : " + entry.lease() + "\n";
    }
}
