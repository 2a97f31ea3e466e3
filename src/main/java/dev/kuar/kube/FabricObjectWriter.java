package dev.kuar.kube;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.NonDeletingOperation;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * Writes objects of one cluster: what lessons set up, and how their broken clusters are broken.
 *
 * <p>Whether a cluster may be written to is the caller's business. Failures are {@link ReadException}s, in the words of
 * Kubernetes.
 */
public final class FabricObjectWriter implements AutoCloseable {
    private final KubernetesClient client;
    private final KindPaths paths;

    private FabricObjectWriter(KubernetesClient client) {
        this.client = client;
        this.paths = new KindPaths(path -> {
            String body = client.raw(path);
            return body == null ? "" : body;
        });
    }

    /** A cluster that kuar itself runs, with the administrator's PEM texts. */
    public static FabricObjectWriter at(String server, String caPem, String certificatePem, String keyPem) {
        return new FabricObjectWriter(
                FabricClients.of(FabricClients.configuration(server, caPem, certificatePem, keyPem)));
    }

    /** Makes each object of a manifest in a namespace, or updates it; {@code labels} are added. */
    public void apply(String manifest, String namespace, Map<String, String> labels) {
        writing(() -> {
            byte[] bytes = manifest.getBytes(StandardCharsets.UTF_8);
            for (HasMetadata object :
                    client.load(new ByteArrayInputStream(bytes)).items()) {
                Map<String, String> all = new HashMap<>(labels);
                if (object.getMetadata().getLabels() != null) {
                    all.putAll(object.getMetadata().getLabels());
                }
                object.getMetadata().setLabels(all);
                object.getMetadata().setNamespace(namespace);
                client.resource(object).inNamespace(namespace).createOr(NonDeletingOperation::update);
            }
        });
    }

    /** A merge patch, as JSON. */
    public void patch(String apiVersion, String kind, String namespace, String name, String json) {
        writing(() -> {
            var resources = client.genericKubernetesResources(definition(apiVersion, kind));
            PatchContext merge = PatchContext.of(PatchType.JSON_MERGE);
            if (namespace.isEmpty()) {
                resources.withName(name).patch(merge, json);
            } else {
                resources.inNamespace(namespace).withName(name).patch(merge, json);
            }
        });
    }

    public void delete(String apiVersion, String kind, String namespace, String name) {
        writing(() -> {
            var resources = client.genericKubernetesResources(definition(apiVersion, kind));
            if (namespace.isEmpty()) {
                resources.withName(name).delete();
            } else {
                resources.inNamespace(namespace).withName(name).delete();
            }
        });
    }

    /**
     * Deletes the object if it still is the one with this uid; what depends on it goes in the background, and a pod gets a
     * second to end.
     */
    public void deleteExactly(String apiVersion, String kind, String namespace, String name, String uid) {
        writing(() -> {
            Map<String, Object> options = new HashMap<>();
            options.put("apiVersion", "v1");
            options.put("kind", "DeleteOptions");
            options.put("propagationPolicy", "Background");
            options.put("preconditions", Map.of("uid", uid));
            if (kind.equals("Pod")) {
                options.put("gracePeriodSeconds", 1);
            }
            client.raw(served(apiVersion, kind).path(namespace, name), "DELETE", options);
        });
    }

    @Override
    public void close() {
        client.close();
    }

    private ResourceDefinitionContext definition(String apiVersion, String kind) {
        return served(apiVersion, kind).definition();
    }

    private KindPaths.Served served(String apiVersion, String kind) {
        return paths.find(apiVersion, kind)
                .orElseThrow(() -> new ReadException(
                        ReadException.Cause.REFUSED,
                        "no matches for kind \"" + kind + "\" in version \"" + apiVersion + "\"",
                        null));
    }

    private static void writing(Runnable write) {
        try {
            write.run();
        } catch (KubernetesClientException e) {
            throw new ReadException(
                    e.getCode() >= 400 ? ReadException.Cause.REFUSED : ReadException.Cause.UNREACHABLE,
                    String.valueOf(e.getMessage()),
                    e);
        }
    }
}
