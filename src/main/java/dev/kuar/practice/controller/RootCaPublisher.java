package dev.kuar.practice.controller;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.api.Informer;
import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.object.KubeObject;
import java.util.Optional;

/**
 * Keeps the ConfigMap {@code kube-root-ca.crt} in every namespace.
 *
 * <p>The certificate is the one that the API server publishes in {@code extension-apiserver-authentication}.
 */
final class RootCaPublisher implements Reconciler {
    private static final String NAME = "kube-root-ca.crt";
    private static final String DESCRIPTION = "kubernetes.io/description";
    private static final String SOURCE = "extension-apiserver-authentication";

    private final ApiClient client;
    private final Informer namespaces;
    private final Informer configMaps;

    private RootCaPublisher(ControllerContext context) {
        this.client = context.clientFor("root-ca-cert-publisher");
        this.namespaces = context.informer(Kinds.NAMESPACES);
        this.configMaps = context.informer(Kinds.CONFIG_MAPS);
    }

    static void start(ControllerContext context) {
        RootCaPublisher controller = new RootCaPublisher(context);
        Loop loop = context.loop("root-ca-certificate-publisher", controller);
        context.watch(Kinds.NAMESPACES, loop);
        context.watch(
                Kinds.CONFIG_MAPS,
                map -> map.name().equals(NAME) ? Optional.of(new Key("", map.namespace())) : Optional.empty(),
                loop);
        context.listen(Kinds.CONFIG_MAPS, (old, now) -> {
            if (now != null && now.name().equals(SOURCE)) {
                controller.namespaces.all().forEach(namespace -> loop.add(Key.of(namespace)));
            }
        });
    }

    @Override
    public Next reconcile(Key key) {
        Optional<KubeObject> namespace = namespaces.find("", key.name());
        String certificate = configMaps
                .find("kube-system", SOURCE)
                .map(map -> map.text("data", "client-ca-file"))
                .orElse("");
        if (namespace.isEmpty() || namespace.get().isTerminating() || certificate.isEmpty()) {
            return Next.ON_CHANGE;
        }
        KubeObject wanted = KubeObject.create("v1", "ConfigMap", key.name(), NAME);
        wanted.set(
                "Contains a CA bundle that can be used to verify the kube-apiserver when using internal endpoints such as the"
                        + " internal service IP or kubernetes.default.svc. No other usage is guaranteed across distributions"
                        + " of Kubernetes clusters.",
                "metadata",
                "annotations",
                DESCRIPTION);
        wanted.set(certificate, "data", "ca.crt");
        Optional<KubeObject> there = configMaps.find(key.name(), NAME);
        try {
            if (there.isEmpty()) {
                client.create(Kinds.CONFIG_MAPS, key.name(), wanted);
            } else if (!there.get().map("data").equals(wanted.map("data"))
                    || there.get().annotations().getOrDefault(DESCRIPTION, "").isEmpty()) {
                KubeObject changed = there.get().copy();
                changed.set(wanted.map("data"), "data");
                changed.set(wanted.annotations().get(DESCRIPTION), "metadata", "annotations", DESCRIPTION);
                client.update(Kinds.CONFIG_MAPS, changed);
            }
        } catch (ApiException e) {
            if (e.code() != 403 && !(there.isEmpty() && e.isConflict())) {
                throw e;
            }
        }
        return Next.ON_CHANGE;
    }
}
