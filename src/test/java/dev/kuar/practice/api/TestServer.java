package dev.kuar.practice.api;

import dev.kuar.practice.auth.UserInfo;
import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.JsonReader;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.schema.Catalog;
import dev.kuar.practice.store.Store;
import dev.kuar.practice.store.Stores;
import dev.kuar.practice.time.ClusterClock;
import dev.kuar.practice.time.ManualClock;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** An API server in memory with the namespaces that every cluster has, for tests. */
public final class TestServer implements AutoCloseable {
    public static final GroupResource CONFIG_MAPS = GroupResource.core("configmaps");
    public static final GroupResource NAMESPACES = GroupResource.core("namespaces");
    public static final GroupResource PODS = GroupResource.core("pods");
    public static final UserInfo ADMIN = UserInfo.of("kubernetes-admin", "system:masters", "system:authenticated");

    private static final KeyPair KEYS = keys();

    private final Store store = Stores.open(Optional.empty());
    private final ApiServer server;
    private final ApiClient client;

    public TestServer() {
        this(new ManualClock());
    }

    public TestServer(ClusterClock clock) {
        server = ApiServers.open(store, Catalog.builtIn(), clock, ApiServerConfig.defaults(KEYS));
        client = server.client(ADMIN, "test");
        for (String name : new String[] {"default", "kube-system", "kube-public", "kube-node-lease"}) {
            client.create(NAMESPACES, "", KubeObject.create("v1", "Namespace", "", name));
            KubeObject account = KubeObject.create("v1", "ServiceAccount", name, "default");
            client.create(GroupResource.core("serviceaccounts"), name, account);
        }
    }

    /** As etcdctl does it with a transaction. */
    void removeAtOnce(String... keys) {
        store.transact(() -> java.util.Arrays.stream(keys)
                .map(key -> new Store.Op(key, null))
                .toList());
    }

    /** Asks again until it holds, for two minutes at most. */
    public static void eventually(Runnable check) {
        long end = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        while (true) {
            try {
                check.run();
                return;
            } catch (AssertionError | ApiException notYet) {
                if (System.nanoTime() > end) {
                    throw notYet;
                }
                LockSupport.parkNanos(1_000_000);
            }
        }
    }

    /** Forgets all history. */
    void compact() {
        store.compact(store.revision());
    }

    public ApiServer server() {
        return server;
    }

    /** As the administrator. */
    public ApiClient client() {
        return client;
    }

    public static KubeObject json(String json) {
        return KubeObject.of(JsonReader.readMap(json.getBytes(StandardCharsets.UTF_8)));
    }

    /** A pod of one container with these {@code resources}, whose name the server makes. */
    static KubeObject pod(String resources) {
        KubeObject pod =
                json("{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"generateName\":\"p-\"},\"spec\":{"
                        + "\"containers\":[{\"name\":\"c\",\"image\":\"busybox\"}]}}");
        pod.maps("spec", "containers").get(0).put("resources", json(resources).tree());
        return pod;
    }

    public static KubeObject configMap(String name) {
        KubeObject map = KubeObject.create("v1", "ConfigMap", "default", name);
        map.set("1", "data", "k");
        return map;
    }

    /** A request of the administrator on the version that is served first. */
    public ApiRequest request(Verb verb, GroupResource resource, String namespace, String name) {
        String version = server.catalog()
                .find(resource.group(), resource.resource())
                .orElseThrow()
                .version();
        return ApiRequest.of(ADMIN, "test", verb, resource, version, namespace, name, "");
    }

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public void close() {
        server.close();
        store.close();
    }
}
