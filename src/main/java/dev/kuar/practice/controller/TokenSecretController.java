package dev.kuar.practice.controller;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.api.Informer;
import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.object.KubeObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Fills Secrets of type {@code kubernetes.io/service-account-token} with a token, the CA and the namespace, and deletes those
 * whose service account is not there.
 *
 * <p>Models the tokens controller of Kubernetes 1.36.
 */
final class TokenSecretController implements Reconciler {
    private static final String TYPE = "kubernetes.io/service-account-token";
    private static final String NAME = "kubernetes.io/service-account.name";
    private static final String UID = "kubernetes.io/service-account.uid";

    private final ApiClient client;
    private final Informer secrets;
    private final Informer accounts;
    private final Informer configMaps;
    private final TokenMaker maker;

    private TokenSecretController(ControllerContext context, TokenMaker maker) {
        this.client = context.client();
        this.secrets = context.informer(Kinds.SECRETS);
        this.accounts = context.informer(Kinds.SERVICE_ACCOUNTS);
        this.configMaps = context.informer(Kinds.CONFIG_MAPS);
        this.maker = maker;
    }

    static void start(ControllerContext context, TokenMaker maker) {
        TokenSecretController controller = new TokenSecretController(context, maker);
        Loop loop = context.loop("serviceaccount-token-controller", controller);
        context.listen(Kinds.SECRETS, (old, now) -> {
            if (now != null && isToken(now)) {
                loop.add(Key.of(now));
            }
        });
        context.listen(Kinds.SERVICE_ACCOUNTS, (old, now) -> {
            if (now == null && old != null) {
                controller.secrets.inNamespace(old.namespace()).stream()
                        .filter(secret -> isToken(secret)
                                && old.name().equals(secret.annotations().get(NAME)))
                        .forEach(secret -> loop.add(Key.of(secret)));
            }
        });
    }

    private static boolean isToken(KubeObject secret) {
        return secret.text("type").equals(TYPE);
    }

    @Override
    public Next reconcile(Key key) {
        KubeObject secret = secrets.find(key.namespace(), key.name()).orElse(null);
        if (secret == null || !isToken(secret)) {
            return Next.ON_CHANGE;
        }
        String name = secret.annotations().getOrDefault(NAME, "");
        String uid = secret.annotations().getOrDefault(UID, "");
        KubeObject account = accounts.find(key.namespace(), name)
                .or(() -> client.find(Kinds.SERVICE_ACCOUNTS, key.namespace(), name))
                .filter(found -> uid.isEmpty() || uid.equals(found.uid()))
                .orElse(null);
        try {
            if (account == null) {
                client.delete(Kinds.SECRETS, key.namespace(), key.name(), ApiClient.DeleteOptions.ofUid(secret.uid()));
            } else {
                fill(secret, account);
            }
        } catch (ApiException e) {
            if (!e.isNotFound() && !e.isConflict()) {
                throw e;
            }
        }
        return Next.ON_CHANGE;
    }

    private void fill(KubeObject secret, KubeObject account) {
        KubeObject changed = secret.copy();
        String certificate = encoded(configMaps
                .find("kube-system", "extension-apiserver-authentication")
                .map(map -> map.text("data", "client-ca-file"))
                .orElse(""));
        if (!certificate.isEmpty()) {
            changed.set(certificate, "data", "ca.crt");
        }
        if (secret.text("data", "namespace").isEmpty()) {
            changed.set(encoded(secret.namespace()), "data", "namespace");
        }
        if (secret.text("data", "token").isEmpty()) {
            changed.set(encoded(maker.token(account, secret)), "data", "token");
        }
        if (!changed.map("data").equals(secret.map("data"))) {
            changed.set(account.name(), "metadata", "annotations", NAME);
            changed.set(account.uid(), "metadata", "annotations", UID);
            client.update(Kinds.SECRETS, changed);
        }
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
