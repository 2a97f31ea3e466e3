package dev.kuar.practice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.practice.EtcdctlSession.Ran;
import dev.kuar.practice.EtcdctlSession.Running;
import dev.kuar.practice.EtcdctlSession.Said;
import dev.kuar.practice.etcd.Etcd;
import dev.kuar.practice.etcd.StoredForm;
import dev.kuar.practice.etcdctl.Etcdctl;
import dev.kuar.practice.store.Store;
import dev.kuar.practice.store.Stores;
import dev.kuar.practice.time.ManualClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Our etcdctl over our store says what etcdctl and etcd of the same version were recorded saying, line by line. */
final class EtcdctlSessionTest {
    @ParameterizedTest
    @ValueSource(strings = {"3.6.8", "3.5.21"})
    void says_what_etcdctl_says(String version) throws Exception {
        try (Ours ours = new Ours(version)) {
            List<Said> said = EtcdctlSession.play(EtcdctlSession.lines(), ours);
            assertThat(EtcdctlSession.differences(EtcdctlSession.recorded(version), said))
                    .isEmpty();
        }
    }

    /** Our etcdctl in this process, over an empty store. */
    static final class Ours implements EtcdctlSession.Runner, AutoCloseable {
        private final String version;
        private final Store store = Stores.open(Optional.empty());
        private final ManualClock clock = new ManualClock();
        private final Etcd etcd = Etcd.over(store, StoredForm.PLAIN, clock);
        private final ExecutorService threads = Executors.newCachedThreadPool();

        Ours(String version) {
            this.version = version;
        }

        @Override
        public Ran run(List<String> words, byte[] input) throws Exception {
            CompletableFuture<Void> told = new CompletableFuture<>();
            told.complete(null);
            return run(words, new EtcdctlHost(version, clock, input, new CompletableFuture<>(), told));
        }

        private Ran run(List<String> words, EtcdctlHost host) throws Exception {
            List<String> line = new ArrayList<>(EtcdctlHost.KEYS);
            line.addAll(words);
            int code = Etcdctl.run(line, host, etcd);
            return new Ran(host.printed(), host.errors(), code);
        }

        @Override
        public Running begin(List<String> words) throws Exception {
            CompletableFuture<Void> follows = new CompletableFuture<>();
            CompletableFuture<Void> told = new CompletableFuture<>();
            EtcdctlHost host = new EtcdctlHost(version, clock, new byte[0], follows, told);
            Future<Ran> ran = threads.submit(() -> {
                try {
                    return run(words, host);
                } finally {
                    follows.complete(null);
                }
            });
            follows.get(5, TimeUnit.MINUTES);
            return lines -> {
                host.await(lines);
                told.complete(null);
                return ran.get(5, TimeUnit.MINUTES);
            };
        }

        @Override
        public void close() {
            threads.shutdownNow();
            store.close();
        }
    }
}
