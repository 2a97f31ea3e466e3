package dev.kuar.practice.container;

import dev.kuar.practice.etcd.OwnEtcd;
import dev.kuar.practice.network.HttpHandler;
import dev.kuar.practice.network.PortService;
import dev.kuar.practice.network.Wire;
import org.jspecify.annotations.Nullable;

/**
 * The client port of an etcd that is not the cluster's: over HTTP it tells of its health, and programs of other containers find in it
 * the etcd itself.
 */
record EtcdPort(OwnEtcd etcd, PortService pages) implements PortService {
    /** An empty etcd, which ends with its process. */
    static EtcdPort start(Task task, PortService pages) {
        OwnEtcd etcd = OwnEtcd.start(task.container().clock());
        task.atEnd(etcd::close);
        return new EtcdPort(etcd, pages);
    }

    @Override
    public Wire accept(Wire back, String peer) {
        return pages.accept(back, peer);
    }

    @Override
    public @Nullable HttpHandler http() {
        return pages.http();
    }

    @Override
    public String health(String service) {
        return service.isEmpty() ? "SERVING" : "NOT_FOUND";
    }
}
