package dev.kuar.kube;

import dev.kuar.kube.ReadException.Cause;
import io.fabric8.kubernetes.api.model.authentication.TokenReview;
import io.fabric8.kubernetes.api.model.authentication.TokenReviewBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.ContainerResource;
import io.fabric8.kubernetes.client.dsl.ExecWatch;
import io.fabric8.kubernetes.client.dsl.PodResource;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A {@link ClusterView} through fabric8. Only GET, LIST, WATCH, TokenReview and exec are ever sent.
 *
 * <p>The client takes a second to load, so it is made when it is first needed. A server that doesn't answer within five
 * seconds is unreachable, one on this machine within fifteen, because the machine may be busy; nothing is tried twice.
 */
public final class FabricClusterView implements ClusterView {
    private static final int CONNECT_MILLIS = 2_000;
    private static final int REQUEST_MILLIS = 5_000;
    private static final int LOCAL_MILLIS = 15_000;

    private final String context;
    private final Supplier<Config> configuration;
    private final int connectMillis;
    private final int requestMillis;
    private @Nullable KubernetesClient client;
    private @Nullable KindPaths paths;

    private FabricClusterView(String context, Supplier<Config> configuration, int connectMillis, int requestMillis) {
        this.context = context;
        this.configuration = configuration;
        this.connectMillis = connectMillis;
        this.requestMillis = requestMillis;
    }

    /** The cluster of a context of a kubeconfig file; nothing is read before the first question. */
    public static FabricClusterView of(Path kubeconfig, String context) {
        return new FabricClusterView(
                context, () -> Config.fromKubeconfig(context, kubeconfig.toFile()), CONNECT_MILLIS, REQUEST_MILLIS);
    }

    /** A cluster that kuar itself runs, with the administrator's PEM texts; no kubeconfig and no plugin is asked. */
    public static FabricClusterView at(
            String context, String server, String caPem, String certificatePem, String keyPem) {
        return new FabricClusterView(
                context,
                () -> FabricClients.configuration(server, caPem, certificatePem, keyPem),
                LOCAL_MILLIS,
                LOCAL_MILLIS);
    }

    @Override
    public String context() {
        return context;
    }

    @Override
    public List<Map<String, Object>> list(String apiVersion, String kind, String namespace) {
        Optional<KindPaths.Served> served = reading(() -> paths().find(apiVersion, kind));
        if (served.isEmpty()) {
            return List.of();
        }
        Object body = JsonTrees.read(raw(served.get().path(namespace, "")));
        List<Map<String, Object>> items = new ArrayList<>();
        if (body instanceof Map<?, ?> list && list.get("items") instanceof List<?> all) {
            for (Object item : all) {
                Map<String, Object> object = JsonTrees.object(item);
                object.putIfAbsent("apiVersion", apiVersion);
                object.putIfAbsent("kind", kind);
                items.add(object);
            }
        }
        items.sort(Comparator.comparing(FabricClusterView::sortKey));
        return items;
    }

    @Override
    public Map<String, Object> get(String apiVersion, String kind, String namespace, String name) {
        Optional<KindPaths.Served> served = reading(() -> paths().find(apiVersion, kind));
        if (served.isEmpty()) {
            return Map.of();
        }
        String body = reading(() -> fetch(served.get().path(namespace, name)));
        return body.isEmpty() ? Map.of() : JsonTrees.object(JsonTrees.read(body));
    }

    @Override
    public String raw(String path) {
        return reading(() -> fetch(path));
    }

    @Override
    public String exec(
            String namespace, String pod, String container, List<String> command, Duration timeout, int maxBytes) {
        return reading(() -> {
            PodResource resource = client().pods().inNamespace(namespace).withName(pod);
            ContainerResource target = container.isEmpty() ? resource : resource.inContainer(container);
            Limited output = new Limited(maxBytes);
            Limited error = new Limited(maxBytes);
            try (ExecWatch watch =
                    target.writingOutput(output).writingError(error).exec(command.toArray(String[]::new))) {
                Integer exit = watch.exitCode().get(timeout.toMillis(), TimeUnit.MILLISECONDS);
                if (output.full) {
                    throw new ReadException(
                            Cause.EXEC_FAILED, command.get(0) + " printed more than " + maxBytes + " bytes", null);
                }
                if (exit == null || exit != 0) {
                    throw new ReadException(
                            Cause.EXEC_FAILED,
                            command.get(0) + " ended with exit code " + exit + " " + error.text(),
                            null);
                }
                return output.text();
            } catch (TimeoutException e) {
                throw new ReadException(
                        Cause.EXEC_FAILED, command.get(0) + " took longer than " + timeout.toSeconds() + " s", e);
            } catch (ExecutionException e) {
                throw new ReadException(Cause.EXEC_FAILED, String.valueOf(e.getMessage()), e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new ReadException(Cause.EXEC_FAILED, "interrupted", e);
            }
        });
    }

    @Override
    public String whoIs(String token) {
        return reading(() -> {
            TokenReview review = client().tokenReviews()
                    .create(new TokenReviewBuilder()
                            .withNewSpec()
                            .withToken(token)
                            .endSpec()
                            .build());
            boolean known = review.getStatus() != null
                    && Boolean.TRUE.equals(review.getStatus().getAuthenticated());
            return known ? review.getStatus().getUser().getUsername() : "";
        });
    }

    @Override
    public AutoCloseable watch(Set<KindName> kinds, Runnable listener) {
        List<KindWatch> watches = new ArrayList<>();
        for (KindName kind : kinds) {
            watches.add(new KindWatch(
                    () -> paths().find(kind.apiVersion(), kind.kind()),
                    served -> client().genericKubernetesResources(served.definition())
                            .inAnyNamespace(),
                    listener));
        }
        watches.forEach(KindWatch::start);
        return () -> watches.forEach(KindWatch::close);
    }

    @Override
    public synchronized void close() {
        if (client != null) {
            client.close();
        }
    }

    private String fetch(String path) {
        try {
            String body = client().raw(path);
            return body == null ? "" : body;
        } catch (KubernetesClientException e) {
            if (e.getCode() == 404) {
                return "";
            }
            throw e;
        }
    }

    private static <T> T reading(Supplier<T> read) {
        try {
            return read.get();
        } catch (KubernetesClientException e) {
            boolean answered = e.getCode() >= 400;
            throw new ReadException(
                    answered ? Cause.REFUSED : Cause.UNREACHABLE,
                    answered && e.getStatus() != null
                            ? String.valueOf(e.getStatus().getMessage())
                            : reason(e),
                    e);
        }
    }

    private static String reason(Throwable failure) {
        Throwable last = failure;
        while (last.getCause() != null && last.getCause() != last) {
            last = last.getCause();
        }
        return last.getMessage() == null ? last.getClass().getSimpleName() : last.getMessage();
    }

    private synchronized KindPaths paths() {
        KindPaths known = paths;
        if (known == null) {
            known = new KindPaths(this::fetch);
            paths = known;
        }
        return known;
    }

    private synchronized KubernetesClient client() {
        KubernetesClient existing = client;
        if (existing == null) {
            Config config = configuration.get();
            config.setConnectionTimeout(connectMillis);
            config.setRequestTimeout(requestMillis);
            config.setRequestRetryBackoffLimit(0);
            existing = FabricClients.of(config);
            client = existing;
        }
        return existing;
    }

    private static String sortKey(Map<String, Object> object) {
        return object.get("metadata") instanceof Map<?, ?> m ? m.get("namespace") + "/" + m.get("name") : "";
    }

    /** Output up to a limit; what comes after is dropped and told. */
    private static final class Limited extends OutputStream {
        private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
        private final int limit;
        private volatile boolean full;

        Limited(int limit) {
            this.limit = limit;
        }

        @Override
        public synchronized void write(int b) {
            if (kept.size() < limit) {
                kept.write(b);
            } else {
                full = true;
            }
        }

        @Override
        public synchronized void write(byte[] bytes, int offset, int length) {
            int room = Math.min(length, limit - kept.size());
            kept.write(bytes, offset, room);
            full |= room < length;
        }

        synchronized String text() {
            return kept.toString(StandardCharsets.UTF_8);
        }
    }
}
