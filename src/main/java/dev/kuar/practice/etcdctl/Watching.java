package dev.kuar.practice.etcdctl;

import dev.kuar.practice.etcd.EtcdException;
import dev.kuar.practice.etcd.Event;
import dev.kuar.practice.etcd.Follower;
import dev.kuar.practice.etcd.Messages;
import dev.kuar.practice.etcd.Proto;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code etcdctl watch}: until it is interrupted. */
final class Watching {
    private final Session run;
    private final Line line;
    private volatile @Nullable EtcdException cancel;

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
        Thread waiting = Thread.currentThread();
        try (Follower follower = run.etcd().follow(KeyLines.key(line), KeyLines.end(line), after)) {
            Thread printer = new Thread(() -> print(follower, waiting), "etcdctl-watch");
            printer.setDaemon(true);
            printer.start();
            return run.host().stay();
        } catch (EtcdException gone) {
            throw canceled(gone);
        } catch (InterruptedException interrupted) {
            EtcdException gone = cancel;
            if (gone != null) {
                throw canceled(gone);
            }
            throw interrupted;
        }
    }

    private Refusal canceled(EtcdException gone) throws IOException {
        run.host().error("watch was canceled (" + gone.getMessage() + ")\n");
        return new Refusal(Refusal.INTERRUPTED, "watch is canceled by the server");
    }

    /** Prints until the follower is closed, or nobody reads any more: then the process ends by its own signal. */
    private void print(Follower follower, Thread waiting) {
        try {
            for (Follower.Batch next = follower.next(); !next.events().isEmpty(); next = follower.next()) {
                run.say(text(next.events(), run.header(next.revision())));
            }
        } catch (EtcdException gone) {
            cancel = gone;
            waiting.interrupt();
        } catch (IOException | InterruptedException ended) {
            return;
        }
    }

    private byte[] text(List<Event> events, Header header) {
        boolean before = line.has("prev-kv");
        return switch (line.form()) {
            case "json" -> json(events, header, before);
            case "fields" -> fields(events, header, before).getBytes(StandardCharsets.UTF_8);
            case "protobuf" -> {
                Proto message = new Proto().message(1, header.proto());
                events.forEach(each -> message.message(11, Messages.event(each, before)));
                yield message.toBytes();
            }
            default -> simple(events, before);
        };
    }

    private byte[] json(List<Event> events, Header header, boolean before) {
        List<Object> shown = new ArrayList<>();
        for (Event event : events) {
            Map<String, Object> one = new LinkedHashMap<>();
            if (!event.put()) {
                one.put("type", 1L);
            }
            one.put("kv", Answers.json(event.entry()));
            if (before) {
                event.previous().ifPresent(each -> one.put("prev_kv", Answers.json(each)));
            }
            shown.add(one);
        }
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("Header", header.json(false));
        tree.put("Events", shown);
        tree.put("CompactRevision", 0L);
        tree.put("Canceled", false);
        tree.put("Created", false);
        return (dev.kuar.practice.object.JsonWriter.text(tree) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static String fields(List<Event> events, Header header, boolean before) {
        StringBuilder text = new StringBuilder(header.fields());
        for (Event event : events) {
            text.append("\"Type\" : ").append(event.put() ? "PUT" : "DELETE").append('\n');
            if (before) {
                event.previous().ifPresent(each -> text.append(Answers.fields("Prev", each)));
            }
            text.append(Answers.fields("", event.entry()));
        }
        return text.toString();
    }

    private byte[] simple(List<Event> events, boolean before) {
        Answers form = Answers.of(line);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Event event : events) {
            out.writeBytes((event.put() ? "PUT\n" : "DELETE\n").getBytes(StandardCharsets.US_ASCII));
            if (before) {
                event.previous().ifPresent(each -> form.simple(out, each));
            }
            form.simple(out, event.entry());
        }
        return out.toByteArray();
    }
}
