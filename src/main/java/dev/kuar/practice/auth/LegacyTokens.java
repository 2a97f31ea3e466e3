package dev.kuar.practice.auth;

import dev.kuar.practice.object.ClusterReader;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The tokens that Secrets of type {@code kubernetes.io/service-account-token} hold: they are good as long as the Secret is there. */
public final class LegacyTokens {
    static final String ISSUER = "kubernetes/serviceaccount";
    private static final String CLAIM = "kubernetes.io/serviceaccount/";

    private final Supplier<KeyPair> keys;

    public LegacyTokens(Supplier<KeyPair> keys) {
        this.keys = keys;
    }

    /** A token of the account that is good while the Secret holds it. */
    public String issue(KubeObject account, KubeObject secret) {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", ISSUER);
        claims.put(CLAIM + "namespace", secret.namespace());
        claims.put(CLAIM + "secret.name", secret.name());
        claims.put(CLAIM + "service-account.name", account.name());
        claims.put(CLAIM + "service-account.uid", account.uid());
        claims.put("sub", "system:serviceaccount:" + account.namespace() + ":" + account.name());
        return new Jwt(keys.get()).sign(claims);
    }

    /** The account of a token whose signature is right, if its Secret holds it still. */
    static Optional<KubeObject> account(ClusterReader reader, KubeObject claims, String token) {
        String namespace = claims.text(CLAIM + "namespace");
        String name = claims.text(CLAIM + "service-account.name");
        boolean held = reader.find(GroupResource.core("secrets"), namespace, claims.text(CLAIM + "secret.name"))
                .filter(secret -> !secret.isTerminating()
                        && !secret.labels().containsKey("kubernetes.io/legacy-token-invalid-since")
                        && holds(secret, token))
                .isPresent();
        return Optional.of(claims.text("sub"))
                .filter(subject -> held && subject.equals("system:serviceaccount:" + namespace + ":" + name))
                .flatMap(subject -> reader.find(GroupResource.core("serviceaccounts"), namespace, name))
                .filter(account ->
                        !account.isTerminating() && account.uid().equals(claims.text(CLAIM + "service-account.uid")));
    }

    private static boolean holds(KubeObject secret, String token) {
        String kept = secret.text("data", "token");
        return kept.equals(Base64.getEncoder().encodeToString(token.getBytes(StandardCharsets.US_ASCII)));
    }
}
