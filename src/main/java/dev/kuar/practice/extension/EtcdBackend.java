package dev.kuar.practice.extension;

import dev.kuar.practice.api.ApiServer;
import dev.kuar.practice.api.ApiServers;
import dev.kuar.practice.api.ExtensionConfig;
import dev.kuar.practice.etcd.OwnEtcd;
import dev.kuar.practice.http.PipedFront;
import dev.kuar.practice.schema.Catalog;
import dev.kuar.practice.store.Store;
import dev.kuar.practice.store.Stores;
import dev.kuar.practice.time.ClusterClock;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The server over the etcd that is there now. One that comes again is another: all that was open over the one before is cut off
 * as it ends. Thread-safe.
 */
final class EtcdBackend implements AutoCloseable {
    private final Supplier<Optional<OwnEtcd>> etcd;
    private final Catalog catalog;
    private final ClusterClock clock;
    private final ExtensionConfig config;
    private final FrontMaker fronts;
    private @Nullable Running running;
    private boolean ended;

    EtcdBackend(
            Supplier<Optional<OwnEtcd>> etcd,
            Catalog catalog,
            ClusterClock clock,
            ExtensionConfig config,
            FrontMaker fronts) {
        this.etcd = etcd;
        this.catalog = catalog;
        this.clock = clock;
        this.config = config;
        this.fronts = fronts;
    }

    /** Puts a front before a server. */
    interface FrontMaker {
        PipedFront make(ApiServer server) throws IOException;
    }

    /** @param etcd null where there is none, and {@code own} then an empty store in its place */
    private record Running(@Nullable OwnEtcd etcd, @Nullable Store own, ApiServer server, PipedFront front) {
        void end() {
            front.close();
            server.close();
            if (own != null) {
                own.close();
            }
        }
    }

    /** @throws IOException where the process has ended */
    synchronized PipedFront front() throws IOException {
        OwnEtcd now = etcd.get().orElse(null);
        Running known = running;
        if (known == null || known.etcd() != now) {
            leave();
            known = open(now);
            running = known;
            if (now != null) {
                now.atEnd(() -> lost(now));
            }
        }
        return known.front();
    }

    private Running open(@Nullable OwnEtcd now) throws IOException {
        if (ended) {
            throw new IOException("the server has ended");
        }
        Store own = now == null ? Stores.open(Optional.empty()) : null;
        Store store = now == null ? own : now.store();
        ApiServer server = ApiServers.extension(Objects.requireNonNull(store), catalog, clock, config);
        return new Running(now, own, server, fronts.make(server));
    }

    private synchronized void lost(OwnEtcd etcdGone) {
        if (running != null && running.etcd() == etcdGone) {
            leave();
        }
    }

    private synchronized void leave() {
        if (running != null) {
            running.end();
            running = null;
        }
    }

    @Override
    public synchronized void close() {
        ended = true;
        leave();
    }
}
