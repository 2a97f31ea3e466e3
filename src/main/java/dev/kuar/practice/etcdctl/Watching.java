package dev.kuar.practice.etcdctl;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code etcdctl watch}: until it is interrupted. */
final class Watching {
    private final Session run;
    private final Line line;

    Watching(Session run) {
        this.run = run;
        this.line = run.line();
    }

    int run() throws IOException, InterruptedException, Refusal {
        if (line.form().equals("table")) {
            throw run.unsupported();
        }
        long after =
                line.number("rev") > 0 ? line.number("rev") - 1 : run.etcd().revision();
        if (after < run.etcd().compactedRevision()) {
            run.host().error("watch was canceled (etcdserver: mvcc: required revision has been compacted)\n");
            throw new Refusal(Refusal.INTERRUPTED, "watch is canceled by the server");
        }
        try (AutoCloseable watch = run.etcd().watch(line.word(1), Keys.end(line), after, this::show)) {
            return run.host().stay();
        } catch (IOException | InterruptedException | RuntimeException | Refusal known) {
            throw known;
        } catch (Exception other) {
            throw new IOException(other);
        }
    }

    private void show(EtcdView.Event event) {
        try {
            run.say(text(event));
        } catch (IOException gone) {
            // Nobody reads any more; the process ends by its own signal.
            return;
        }
    }

    private byte[] text(EtcdView.Event event) {
        EtcdView.Entry now = event.entry();
        boolean before = line.has("prev-kv") && event.previous().isPresent();
        Header header = run.header(now.modRevision());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        switch (line.form()) {
            case "json" -> {
                Map<String, Object> one = new LinkedHashMap<>();
                if (!event.put()) {
                    one.put("type", 1L);
                }
                one.put("kv", Keys.json(now, false));
                if (before) {
                    one.put("prev_kv", Keys.json(event.previous().orElseThrow(), false));
                }
                Map<String, Object> tree = new LinkedHashMap<>();
                tree.put("Header", header.json(line.hex()));
                tree.put("Events", List.of(one));
                tree.put("CompactRevision", 0L);
                tree.put("Canceled", false);
                tree.put("Created", false);
                out.writeBytes(dev.kuar.practice.object.JsonWriter.write(tree));
                out.write('\n');
            }
            case "fields" -> {
                StringBuilder text = new StringBuilder(header.fields())
                        .append("\"Type\" : ")
                        .append(event.put() ? "PUT" : "DELETE")
                        .append('\n');
                if (before) {
                    text.append(Keys.fields("Prev", event.previous().orElseThrow(), false));
                }
                out.writeBytes(
                        text.append(Keys.fields("", now, false)).toString().getBytes(StandardCharsets.UTF_8));
            }
            case "protobuf" -> {
                Proto one = new Proto().number(1, event.put() ? 0 : 1).message(2, Proto.keyValue(now, false));
                out.writeBytes(new Proto()
                        .message(1, header.proto())
                        .message(11, one.toBytes())
                        .toBytes());
            }
            default -> {
                out.writeBytes((event.put() ? "PUT\n" : "DELETE\n").getBytes(StandardCharsets.US_ASCII));
                if (before) {
                    Keys.simple(out, event.previous().orElseThrow(), line, false);
                }
                Keys.simple(out, now, line, false);
            }
        }
        return out.toByteArray();
    }
}
