package dev.kuar.check;

import dev.kuar.kube.ClusterView;
import dev.kuar.kube.ReadException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The live reads of one evaluation: each is made when it is first asked for, and once.
 *
 * <p>A read that failed fails again at once, with the same words. Used by one thread.
 */
final class Reading {
    static final Duration EXEC_TIMEOUT = Duration.ofSeconds(5);
    static final int EXEC_LIMIT = 1 << 20;

    private final Situation situation;
    private final Map<List<String>, Object> kept = new HashMap<>();

    Reading(Situation situation) {
        this.situation = situation;
    }

    Situation situation() {
        return situation;
    }

    @SuppressWarnings("unchecked")
    List<Map<String, Object>> list(String apiVersion, String kind, String namespace) {
        return (List<Map<String, Object>>)
                once(List.of("list", apiVersion, kind, namespace), () -> view().list(apiVersion, kind, namespace));
    }

    @SuppressWarnings("unchecked")
    Map<String, Object> get(String apiVersion, String kind, String namespace, String name) {
        return (Map<String, Object>) once(
                List.of("get", apiVersion, kind, namespace, name), () -> view().get(apiVersion, kind, namespace, name));
    }

    String raw(String path) {
        return (String) once(List.of("raw", path), () -> view().raw(path));
    }

    String whoIs(String token) {
        return (String) once(List.of("whoIs", token), () -> view().whoIs(token));
    }

    String exec(String namespace, String pod, String container, List<String> command) {
        ExecAllowList.require(command);
        return (String) once(List.of("exec", namespace, pod, container, String.join("\0", command)), () -> view().exec(
                        namespace, pod, container, command, EXEC_TIMEOUT, EXEC_LIMIT));
    }

    /** Keys that exist now and, where somebody looked, existed when the step began. */
    @SuppressWarnings("unchecked")
    List<String> etcdKeys(String prefix) {
        return (List<String>) once(List.of("etcd", prefix), () -> {
            TreeSet<String> keys = new TreeSet<>(EtcdKeys.read(this, prefix));
            if (situation.etcdBaseline() != null) {
                keys.retainAll(situation.etcdBaseline());
            }
            return List.copyOf(keys);
        });
    }

    boolean reachable() {
        try {
            raw("/version");
            return true;
        } catch (ReadException e) {
            return e.why() == ReadException.Cause.REFUSED;
        }
    }

    private ClusterView view() {
        ClusterView view = situation.view();
        if (view == null) {
            throw new ReadException(ReadException.Cause.UNREACHABLE, "there is no current cluster", null);
        }
        return view;
    }

    private Object once(List<String> key, Supplier<?> read) {
        @Nullable Object known = kept.get(key);
        if (known == null) {
            try {
                known = read.get();
            } catch (ReadException e) {
                known = e;
            }
            kept.put(key, known);
        }
        if (known instanceof ReadException failure) {
            throw failure;
        }
        return known;
    }
}
