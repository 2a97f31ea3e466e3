package dev.kuar.practice.controller;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.api.Informer;
import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.object.KubeObject;
import java.util.Optional;

/** Gives every namespace the service account {@code default}, and makes it anew when it is deleted. */
final class ServiceAccountController implements Reconciler {
    private final ApiClient client;
    private final Informer namespaces;
    private final Informer accounts;

    private ServiceAccountController(ControllerContext context) {
        this.client = context.clientFor("service-account-controller");
        this.namespaces = context.informer(Kinds.NAMESPACES);
        this.accounts = context.informer(Kinds.SERVICE_ACCOUNTS);
    }

    static void start(ControllerContext context) {
        Loop loop = context.loop("service-account-controller", new ServiceAccountController(context));
        context.watch(Kinds.NAMESPACES, loop);
        context.watch(
                Kinds.SERVICE_ACCOUNTS,
                account -> account.name().equals("default")
                        ? Optional.of(new Key("", account.namespace()))
                        : Optional.empty(),
                loop);
    }

    @Override
    public Next reconcile(Key key) {
        Optional<KubeObject> namespace = namespaces.find("", key.name());
        if (namespace.isEmpty()
                || namespace.get().isTerminating()
                || accounts.find(key.name(), "default").isPresent()) {
            return Next.ON_CHANGE;
        }
        try {
            client.create(
                    Kinds.SERVICE_ACCOUNTS,
                    key.name(),
                    KubeObject.create("v1", "ServiceAccount", key.name(), "default"));
        } catch (ApiException e) {
            if (!e.isConflict() && e.code() != 403) {
                throw e;
            }
        }
        return Next.ON_CHANGE;
    }
}
