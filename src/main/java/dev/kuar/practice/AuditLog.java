package dev.kuar.practice;

import dev.kuar.practice.http.AuditListener;
import dev.kuar.practice.http.AuditPolicy;
import dev.kuar.practice.object.AuditNotes;
import dev.kuar.practice.object.JsonWriter;
import dev.kuar.practice.object.KubeObject;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Who hears of requests: listeners in this process, and a file of one JSON event a line, written behind the requests' backs.
 *
 * <p>Where the disk does not keep up with ten thousand events, further ones are dropped and counted: a log must not slow
 * what it logs.
 */
final class AuditLog implements AuditListener, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(AuditLog.class.getName());
    private static final int WAITING = 10_000;

    private final List<AuditListener> listeners = new CopyOnWriteArrayList<>();
    private final LinkedBlockingQueue<KubeObject> queue = new LinkedBlockingQueue<>(WAITING);
    private final Optional<AuditPolicy> policy;
    private final @Nullable OutputStream file;
    private final @Nullable Thread writer;

    /**
     * @param policy of which requests how much is written; of all of them the metadata without
     * @throws IOException when the file cannot be opened for appending
     */
    AuditLog(Optional<Path> path, Optional<AuditPolicy> policy) throws IOException {
        this.policy = path.isEmpty() ? Optional.empty() : policy;
        if (path.isEmpty()) {
            file = null;
            writer = null;
            return;
        }
        OutputStream out = new BufferedOutputStream(
                Files.newOutputStream(path.get(), StandardOpenOption.CREATE, StandardOpenOption.APPEND));
        file = out;
        writer = new Thread(() -> write(out), "audit-log");
        writer.setDaemon(true);
        writer.start();
    }

    /** Tells {@code listener} too, until the result is closed. */
    AutoCloseable add(AuditListener listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    @Override
    public void heard(KubeObject event) {
        boolean detailed = event.tree().get("level") instanceof String level && level.equals("RequestResponse");
        boolean received = "RequestReceived".equals(event.tree().get("stage"));
        KubeObject brief = detailed && !received ? brief(event) : event;
        for (AuditListener listener : listeners) {
            if (listener.wantsResponses()) {
                listener.heard(event);
            } else if (!received) {
                listener.heard(brief);
            }
        }
        if (policy.isEmpty() && !received) {
            written(brief);
        }
    }

    @Override
    public void written(KubeObject event) {
        if (file != null && !queue.offer(event)) {
            LOG.warning("the audit log does not keep up: an event is dropped");
        }
    }

    @Override
    public Optional<AuditPolicy> policy() {
        return policy;
    }

    @Override
    public boolean isListening() {
        return (file != null && policy.isEmpty()) || !listeners.isEmpty();
    }

    @Override
    public boolean wantsResponses() {
        return listeners.stream().anyMatch(AuditListener::wantsResponses);
    }

    /** The event at level Metadata. */
    private static KubeObject brief(KubeObject event) {
        Map<String, Object> tree = new LinkedHashMap<>(event.tree());
        tree.put("level", "Metadata");
        tree.remove("responseObject");
        tree.computeIfPresent("annotations", (key, all) -> {
            Map<String, Object> kept = new LinkedHashMap<>();
            ((Map<?, ?>) all).forEach((name, value) -> {
                boolean detailed = String.valueOf(name).startsWith(AuditNotes.DETAILED);
                if (!detailed && !String.valueOf(name).startsWith(AuditListener.PREFIX)) {
                    kept.put(String.valueOf(name), value);
                }
            });
            return kept;
        });
        return KubeObject.of(tree);
    }

    private void write(OutputStream out) {
        try {
            while (true) {
                KubeObject event = queue.take();
                out.write(JsonWriter.write(event.tree()));
                out.write('\n');
                if (queue.isEmpty()) {
                    out.flush();
                }
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        } catch (IOException full) {
            LOG.log(Level.WARNING, "the audit log cannot be written", full);
        }
    }

    @Override
    public void close() {
        Thread thread = writer;
        OutputStream out = file;
        if (thread == null || out == null) {
            return;
        }
        thread.interrupt();
        try {
            thread.join(500);
            for (KubeObject event = queue.poll(); event != null; event = queue.poll()) {
                out.write(JsonWriter.write(event.tree()));
                out.write('\n');
            }
            out.close();
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        } catch (IOException full) {
            LOG.log(Level.WARNING, "the audit log cannot be written", full);
        }
    }
}
