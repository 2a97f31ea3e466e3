package dev.kuar.practice.etcd.grpc;

import dev.kuar.practice.etcd.EtcdException;
import dev.kuar.practice.etcd.Follower;
import dev.kuar.practice.etcd.Proto;
import dev.kuar.practice.time.ClusterClock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * {@code etcdserverpb.Watch}: the watches of one stream.
 *
 * <p>Changes stay in the store's history until there is room for them on the way to the client: one who does not read costs
 * nothing, and loses its watch once what it has not read is compacted.
 */
final class WatchService implements Handler {
    private static final long NONE = -1;
    /** As kubeadm's flag has it. */
    private static final Duration PROGRESS = Duration.ofSeconds(5);

    private final Heads heads;
    private final ClusterClock clock;
    private final GrpcCall call;
    private final Map<Long, Watched> watches = new TreeMap<>();
    private final Queue<Watched> news = new ConcurrentLinkedQueue<>();
    private long next;
    private boolean asked;
    private ClusterClock.@Nullable Timeout progress;

    private WatchService(Heads heads, ClusterClock clock, GrpcCall call) {
        this.heads = heads;
        this.clock = clock;
        this.call = call;
    }

    static Map<String, Method> of(Heads heads, ClusterClock clock) {
        return Map.of("Watch", new Method.Streaming(call -> new WatchService(heads, clock, call)));
    }

    @Override
    public void message(byte[] message) {
        Fields request = Fields.of(message);
        if (request.has(1)) {
            create(request.message(1));
        } else if (request.has(2)) {
            cancel(request.message(2).number(1));
        } else if (request.has(3)) {
            asked = true;
            pump();
        }
    }

    private void create(Fields request) {
        long id = request.number(7);
        if (request.number(3) < 0) {
            refuse("etcdserver: mvcc: required revision has been compacted");
            return;
        }
        if (id != 0 && watches.containsKey(id)) {
            refuse("mvcc: duplicate watch ID provided on the WatchStream");
            return;
        }
        String from = request.bytes(1).length == 0 ? "\0" : request.key(1);
        String to = request.bytes(1).length == 0 && request.bytes(2).length == 0 ? "\0\0" : Requests.end(request, 1, 2);
        if (request.bytes(2).length > 0 && isEmpty(request)) {
            refuse("mvcc: watcher range is empty");
            return;
        }
        if (id == 0) {
            while (watches.containsKey(next)) {
                next++;
            }
            id = next++;
        }
        open(id, from, to, request);
    }

    private static boolean isEmpty(Fields request) {
        byte[] end = request.bytes(2);
        boolean open = end.length == 1 && end[0] == 0;
        return !open && java.util.Arrays.compareUnsigned(request.bytes(1), end) >= 0;
    }

    private void open(long id, String from, String to, Fields request) {
        long revision = heads.etcd().revision();
        long after = request.number(3) == 0 ? revision : request.number(3) - 1;
        Proto created =
                new Proto().message(1, heads.head(revision)).number(2, id).number(3, 1);
        Watched[] made = new Watched[1];
        try {
            Follower follower = heads.etcd().follow(from, to, after, () -> told(made[0]));
            Watched watched = new Watched(id, follower, request);
            made[0] = watched;
            watches.put(id, watched);
            call.send(created.toBytes());
            told(watched);
        } catch (EtcdException compacted) {
            call.send(created.toBytes());
            call.send(canceled(id).toBytes());
        }
        if (request.flag(4) && progress == null) {
            progress = clock.after(PROGRESS, this::tick);
        }
    }

    /** There may be something for a watch; by any thread. */
    private void told(@Nullable Watched watched) {
        if (watched != null && watched.isQueued().compareAndSet(false, true)) {
            news.add(watched);
            call.inTurn(this::pump);
        }
    }

    private void refuse(String why) {
        call.send(new Proto()
                .message(1, heads.now())
                .number(2, NONE)
                .number(3, 1)
                .number(4, 1)
                .text(6, why)
                .toBytes());
    }

    /** For a watch whose past is gone. */
    private Proto canceled(long id) {
        return new Proto()
                .message(1, heads.now())
                .number(2, id)
                .number(4, 1)
                .number(5, heads.etcd().compactedRevision());
    }

    private void cancel(long id) {
        Watched gone = watches.remove(id);
        if (gone != null) {
            gone.follower().close();
            call.send(new Proto()
                    .message(1, heads.now())
                    .number(2, id)
                    .number(4, 1)
                    .toBytes());
        }
    }

    /** Sends what there is room for, each watch in its turn; what is asked about progress is said once there is nothing else. */
    private void pump() {
        while (!call.isOver() && call.hasRoom()) {
            Watched watched = news.poll();
            if (watched == null) {
                break;
            }
            watched.isQueued().set(false);
            if (watches.get(watched.id()) == watched) {
                send(watched);
            }
        }
        if (asked && news.isEmpty()) {
            asked = false;
            long revision = heads.etcd().revision();
            if (!watches.isEmpty() && watches.values().stream().noneMatch(each -> each.isAhead(revision))) {
                progress(NONE, revision);
            }
        }
    }

    private void send(Watched watched) {
        try {
            Optional<Follower.Batch> batch = watched.follower().poll();
            if (batch.isPresent()) {
                byte[] head = heads.head(batch.get().revision());
                watched.answers(head, batch.get().events()).forEach(call::send);
                told(watched);
            }
        } catch (EtcdException compacted) {
            watches.remove(watched.id());
            watched.follower().close();
            call.send(canceled(watched.id()).toBytes());
        }
    }

    private void progress(long id, long revision) {
        call.send(new Proto().message(1, heads.head(revision)).number(2, id).toBytes());
    }

    private void tick() {
        call.inTurn(() -> {
            if (call.isOver()) {
                return;
            }
            progress = clock.after(PROGRESS, this::tick);
            long revision = heads.etcd().revision();
            for (Watched each : watches.values()) {
                if (each.isDue() && !each.isQueued().get() && !each.isAhead(revision) && call.hasRoom()) {
                    progress(each.id(), revision);
                }
            }
        });
    }

    @Override
    public void end() {}

    @Override
    public void room() {
        pump();
    }

    @Override
    public void gone() {
        watches.values().forEach(each -> each.follower().close());
        watches.clear();
        ClusterClock.Timeout planned = progress;
        if (planned != null) {
            planned.cancel();
        }
    }
}
