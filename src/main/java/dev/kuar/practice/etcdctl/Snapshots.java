package dev.kuar.practice.etcdctl;

import dev.kuar.practice.etcd.Answer;
import dev.kuar.practice.etcd.Etcd;
import dev.kuar.practice.etcd.Proto;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * Snapshots: {@code etcdctl snapshot save}, and their {@code status}.
 *
 * <p>The file is practice's own: a head, then each key as etcd's KeyValue message with its length before it. etcdutl of this
 * image reads it; a real one does not.
 */
final class Snapshots {
    private static final byte[] MAGIC = "kuar practice etcd snapshot 1\n".getBytes(StandardCharsets.US_ASCII);

    private Snapshots() {}

    static int run(Session run) throws IOException, Refusal {
        Line line = run.line();
        if (line.word(1).equals("status") && !run.modern()) {
            run.host().error("Deprecated: Use `etcdutl snapshot status` instead.\n\n");
            return status(run.host(), line);
        }
        if (!line.word(1).equals("save")) {
            return run.say(Usage.of(run.host().version(), "snapshot"));
        }
        String path = line.word(2);
        byte[] data = of(run.etcd());
        String refused = run.host().save(path, data);
        if (!refused.isEmpty()) {
            throw new Refusal(
                    Refusal.INTERRUPTED, "could not open " + path + ".part (open " + path + ".part: " + refused + ")");
        }
        String version = run.host().version().replaceFirst("\\.\\d+$", ".0");
        run.host()
                .error("{\"level\":\"info\",\"ts\":\"" + Connection.stamp(run.host())
                        + "\",\"caller\":\"snapshot/v3_snapshot.go:121\",\"msg\":\"saved\",\"path\":\"" + path
                        + "\"}\n");
        return run.say("Snapshot saved at " + path + "\n" + (run.modern() ? "Server version " + version + "\n" : ""));
    }

    private static byte[] of(Etcd etcd) {
        Answer.Range page = etcd.all();
        List<byte[]> messages =
                page.entries().stream().map(each -> Proto.keyValue(each)).toList();
        int size = MAGIC.length + 16;
        for (byte[] each : messages) {
            size += 4 + each.length;
        }
        ByteBuffer out = ByteBuffer.allocate(size);
        out.put(MAGIC).putLong(page.revision()).putLong(messages.size());
        messages.forEach(each -> out.putInt(each.length).put(each));
        return out.array();
    }

    /** {@code etcdutl snapshot status FILE}. */
    static int status(Host host, Line line) throws IOException, Refusal {
        String path = line.word(2);
        if (path.isEmpty()) {
            throw Refusal.arguments("snapshot status requires exactly one argument");
        }
        Optional<String> there = host.file(path);
        if (there.isEmpty()) {
            throw new Refusal(Refusal.ERROR, "stat " + path + ": " + host.refusal(path));
        }
        byte[] data = host.bytes(path);
        ByteBuffer in = ByteBuffer.wrap(data);
        byte[] magic = new byte[Math.min(MAGIC.length, data.length)];
        in.get(magic);
        if (!java.util.Arrays.equals(magic, MAGIC)) {
            throw new Refusal(Refusal.ERROR, "invalid database");
        }
        long revision = in.getLong();
        long keys = in.getLong();
        CRC32C crc = new CRC32C();
        crc.update(data);
        String hash = String.format(Locale.ROOT, "%x", crc.getValue());
        String version = host.version().replaceFirst("\\.\\d+$", ".0");
        List<String> cells =
                List.of(hash, Long.toString(revision), Long.toString(keys), Go.bytes(data.length), version);
        String text =
                switch (line.form()) {
                    case "table" ->
                        Grid.of(List.of("HASH", "REVISION", "TOTAL KEYS", "TOTAL SIZE", "VERSION"), List.of(cells));
                    case "json" -> {
                        Map<String, Object> tree = new java.util.LinkedHashMap<>();
                        tree.put("hash", crc.getValue());
                        tree.put("revision", revision);
                        tree.put("totalKey", keys);
                        tree.put("totalSize", (long) data.length);
                        tree.put("version", version);
                        yield dev.kuar.practice.object.JsonWriter.text(tree) + "\n";
                    }
                    case "fields" ->
                        "\"Hash\" : " + crc.getValue() + "\n\"Revision\" : " + revision + "\n\"Keys\" : " + keys
                                + "\n\"Size\" : " + data.length + "\n\"Version\" : \"" + version + "\"\n";
                    default -> Grid.lines(List.of(cells));
                };
        host.out().write(text.getBytes(StandardCharsets.UTF_8));
        return 0;
    }
}
