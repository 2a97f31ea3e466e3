package dev.kuar.practice.api;

import dev.kuar.practice.object.JsonWriter;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.store.Store;
import java.util.LinkedHashMap;

/** The RangeAllocation that a real API server keeps in etcd beside its objects; nothing but {@code etcdctl} sees it. */
final class Ranges {
    private static final String PREFIX = "/registry/ranges/";
    private static final String NODE_PORTS = "30000-32767";

    private Ranges() {}

    static void write(Store store) {
        write(store, "servicenodeports", NODE_PORTS);
    }

    private static void write(Store store, String name, String range) {
        if (store.get(PREFIX + name).isEmpty()) {
            KubeObject allocation = KubeObject.of(new LinkedHashMap<>());
            allocation.set("RangeAllocation", "kind");
            allocation.set("v1", "apiVersion");
            allocation.set(new LinkedHashMap<String, Object>(), "metadata");
            allocation.set(range, "range");
            allocation.set("", "data");
            byte[] json = JsonWriter.write(allocation.tree());
            store.put(PREFIX + name, 0, revision -> json);
        }
    }
}
