package dev.kuar.check;

import dev.kuar.kube.ClusterView;
import dev.kuar.kube.ReadException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** A cluster made of YAML documents; can be stopped, counts its reads, and tells watchers when it is changed. */
public final class FakeCluster implements ClusterView {
    private final List<Map<String, Object>> objects = new ArrayList<>();
    private final Map<String, String> paths = new HashMap<>();
    private final List<Runnable> watchers = new CopyOnWriteArrayList<>();
    public final List<String> reads = new CopyOnWriteArrayList<>();
    private boolean stopped;
    private int unanswered;
    private String execOutput = "";

    public static FakeCluster of(String yaml) {
        FakeCluster cluster = new FakeCluster();
        cluster.paths.put("/version", "{\"gitVersion\": \"v1.36.2\"}");
        return cluster.add(yaml);
    }

    public static FakeCluster withNodes(String... names) {
        FakeCluster cluster = of("");
        for (String name : names) {
            cluster.add(node(name, "True"));
        }
        return cluster;
    }

    public static String node(String name, String ready) {
        String label = name.endsWith("control-plane") ? "node-role.kubernetes.io/control-plane: \"\"" : "x: \"y\"";
        return "{apiVersion: v1, kind: Node, metadata: {name: " + name + ", labels: {" + label
                + "}}, status: {conditions: [{type: Ready, status: '" + ready + "'}]}}";
    }

    @SuppressWarnings("unchecked")
    public synchronized FakeCluster add(String yaml) {
        for (Object document : new Load(LoadSettings.builder().build()).loadAllFromString(yaml)) {
            if (document instanceof Map<?, ?> map) {
                Map<String, Object> object = (Map<String, Object>) longs(map);
                objects.removeIf(o -> o.get("kind").equals(object.get("kind")) && name(o).equals(name(object)));
                objects.add(object);
            }
        }
        objects.sort(Comparator.comparing(FakeCluster::name));
        watchers.forEach(Runnable::run);
        return this;
    }

    public synchronized void remove(String kind, String name) {
        objects.removeIf(o -> o.get("kind").equals(kind) && name(o).endsWith("/" + name));
        watchers.forEach(Runnable::run);
    }

    public FakeCluster path(String path, String body) {
        paths.put(path, body);
        return this;
    }

    public FakeCluster execPrints(String output) {
        execOutput = output;
        return this;
    }

    public void stop() {
        stopped = true;
    }

    /** Gives no answer to so many reads. */
    public void ignore(int times) {
        unanswered = times;
    }

    public void start() {
        stopped = false;
    }

    @Override
    public String context() {
        return "fake";
    }

    @Override
    public synchronized List<Map<String, Object>> list(String apiVersion, String kind, String namespace) {
        read("list " + kind);
        return objects.stream()
                .filter(o -> o.get("kind").equals(kind) && o.get("apiVersion").equals(apiVersion))
                .filter(o -> namespace.isEmpty() || namespace.equals(Trees.text(o, "metadata", "namespace")))
                .toList();
    }

    @Override
    public Map<String, Object> get(String apiVersion, String kind, String namespace, String name) {
        return list(apiVersion, kind, namespace).stream()
                .filter(o -> Trees.text(o, "metadata", "name").equals(name))
                .findFirst()
                .orElse(Map.of());
    }

    @Override
    public String raw(String path) {
        read("raw " + path);
        return paths.getOrDefault(path, "");
    }

    @Override
    public String exec(String ns, String pod, String container, List<String> command, Duration timeout, int max) {
        read("exec " + pod);
        return execOutput;
    }

    @Override
    public String whoIs(String token) {
        return token.equals("good") ? "system:serviceaccount:default:admin-user" : "";
    }

    @Override
    public AutoCloseable watch(Set<KindName> kinds, Runnable listener) {
        watchers.add(listener);
        return () -> watchers.remove(listener);
    }

    @Override
    public void close() {}

    private void read(String what) {
        reads.add(what);
        if (unanswered > 0) {
            unanswered--;
            throw new ReadException(ReadException.Cause.UNREACHABLE, "timed out", null);
        }
        if (stopped) {
            throw new ReadException(ReadException.Cause.UNREACHABLE, "connection refused", null);
        }
    }

    private static String name(Map<String, Object> object) {
        return Trees.text(object, "metadata", "namespace") + "/" + Trees.text(object, "metadata", "name");
    }

    private static Object longs(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> copy = new LinkedHashMap<>();
            map.forEach((k, v) -> copy.put(String.valueOf(k), longs(v)));
            return copy;
        }
        if (value instanceof List<?> list) {
            return list.stream().map(FakeCluster::longs).toList();
        }
        return value instanceof Integer i ? Long.valueOf(i) : value;
    }
}
