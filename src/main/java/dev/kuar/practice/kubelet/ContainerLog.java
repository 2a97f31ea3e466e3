package dev.kuar.practice.kubelet;

import dev.kuar.practice.api.NodeConnector.LogRequest;
import dev.kuar.practice.container.LogSink;
import dev.kuar.practice.time.ClusterClock;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** What one container has printed, line by line with its time; bounded: the oldest lines go first. */
final class ContainerLog implements LogSink {
    private static final int MOST_BYTES = 1 << 20;

    /** {@code 2026-01-01T00:00:00.000000000Z stdout F }. */
    private static final int STAMP = 40;

    private static final int BLOCK = 4096;

    private final ClusterClock clock;
    private final Deque<Line> lines = new ArrayDeque<>();
    private final Map<String, ByteArrayOutputStream> partial = new HashMap<>();
    private long first;
    private int bytes;
    private boolean closed;

    ContainerLog(ClusterClock clock) {
        this.clock = clock;
    }

    /** A line with its end, where it has one. */
    private record Line(Instant at, byte[] text) {}

    @Override
    public synchronized void write(String stream, byte[] data, int offset, int count) {
        ByteArrayOutputStream pending = partial.computeIfAbsent(stream, s -> new ByteArrayOutputStream());
        for (int i = offset; i < offset + count; i++) {
            pending.write(data[i]);
            if (data[i] == '\n' || pending.size() >= 16 * 1024) {
                add(pending.toByteArray());
                pending.reset();
            }
        }
        notifyAll();
    }

    private void add(byte[] text) {
        lines.add(new Line(clock.now(), text));
        bytes += text.length;
        while (bytes > MOST_BYTES && lines.size() > 1) {
            bytes -= lines.remove().text().length;
            first++;
        }
    }

    /** What its file takes of the node's disk, in bytes: each line with its time and stream. */
    synchronized long disk() {
        return (bytes + (long) lines.size() * STAMP + BLOCK - 1) / BLOCK * BLOCK;
    }

    /** The container has ended. */
    synchronized void close() {
        partial.values().forEach(pending -> {
            if (pending.size() > 0) {
                add(pending.toByteArray());
                pending.reset();
            }
        });
        closed = true;
        notifyAll();
    }

    /** The last lines, for termination messages. */
    synchronized String tail(int most, int mostBytes) {
        List<Line> all = new ArrayList<>(lines);
        StringBuilder text = new StringBuilder();
        for (Line line : all.subList(Math.max(0, all.size() - most), all.size())) {
            text.append(new String(line.text(), StandardCharsets.UTF_8));
        }
        partial.values().forEach(pending -> text.append(pending.toString(StandardCharsets.UTF_8)));
        return text.length() > mostBytes ? text.substring(text.length() - mostBytes) : text.toString();
    }

    InputStream read(LogRequest request) {
        List<Line> chosen = new ArrayList<>();
        long next;
        synchronized (this) {
            for (Line line : lines) {
                Instant since = request.since();
                if (since == null || !line.at().isBefore(since)) {
                    chosen.add(line);
                }
            }
            next = first + lines.size();
        }
        if (request.tailLines() >= 0 && chosen.size() > request.tailLines()) {
            chosen = chosen.subList(chosen.size() - (int) request.tailLines(), chosen.size());
        }
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        chosen.forEach(line -> text.writeBytes(format(line, request.timestamps())));
        byte[] head = text.toByteArray();
        if (request.limitBytes() >= 0 && head.length > request.limitBytes()) {
            head = java.util.Arrays.copyOf(head, (int) request.limitBytes());
        }
        return request.follow() ? new Following(head, next, request) : new ByteArrayInputStream(head);
    }

    private static byte[] format(Line line, boolean timestamps) {
        if (!timestamps) {
            return line.text();
        }
        byte[] stamp = (Times.nanos(line.at()) + " ").getBytes(StandardCharsets.UTF_8);
        byte[] joined = new byte[stamp.length + line.text().length];
        System.arraycopy(stamp, 0, joined, 0, stamp.length);
        System.arraycopy(line.text(), 0, joined, stamp.length, line.text().length);
        return joined;
    }

    /** Goes on until the container ends or the reader closes it. */
    private final class Following extends InputStream {
        private final LogRequest request;
        private byte[] now;
        private int at;
        private long next;
        private long left;
        private boolean abandoned;

        Following(byte[] head, long next, LogRequest request) {
            this.now = head;
            this.next = next;
            this.request = request;
            this.left = request.limitBytes() < 0 ? Long.MAX_VALUE : request.limitBytes();
        }

        @Override
        public int read() throws InterruptedIOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int count) throws InterruptedIOException {
            synchronized (ContainerLog.this) {
                while (at == now.length) {
                    if (left <= 0 || abandoned) {
                        return -1;
                    }
                    List<Line> fresh = after();
                    if (!fresh.isEmpty()) {
                        ByteArrayOutputStream text = new ByteArrayOutputStream();
                        fresh.forEach(line -> text.writeBytes(format(line, request.timestamps())));
                        now = text.toByteArray();
                        at = 0;
                    } else if (closed) {
                        return -1;
                    } else {
                        pause();
                    }
                }
                int got = (int) Math.min(Math.min(count, now.length - at), left);
                System.arraycopy(now, at, target, offset, got);
                at += got;
                left -= got;
                return got == 0 && count > 0 ? -1 : got;
            }
        }

        private List<Line> after() {
            List<Line> fresh = new ArrayList<>();
            long index = first;
            for (Iterator<Line> all = lines.iterator(); all.hasNext(); index++) {
                Line line = all.next();
                if (index >= next) {
                    fresh.add(line);
                }
            }
            next = first + lines.size();
            return fresh;
        }

        private void pause() throws InterruptedIOException {
            try {
                ContainerLog.this.wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException();
            }
        }

        @Override
        public int available() {
            synchronized (ContainerLog.this) {
                return now.length - at;
            }
        }

        @Override
        public void close() {
            synchronized (ContainerLog.this) {
                abandoned = true;
                ContainerLog.this.notifyAll();
            }
        }
    }
}
