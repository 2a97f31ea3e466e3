package dev.kuar.practice.auth;

import dev.kuar.practice.object.ClusterReader;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.time.ClusterClock;
import java.security.KeyPair;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes and checks the tokens of service accounts, bound to an account and perhaps to a pod, secret or node. */
public final class ServiceAccountTokens {
    private static final GroupResource ACCOUNTS = GroupResource.core("serviceaccounts");
    private static final String CLAIM = "kubernetes.io";
    private static final long WARN_AFTER = 3607;

    private final Supplier<KeyPair> keys;
    private final String issuer;
    private final List<String> audiences;
    private final ClusterReader reader;
    private final ClusterClock clock;
    private volatile @Nullable Jwt jwt;

    public ServiceAccountTokens(
            Supplier<KeyPair> keys, String issuer, List<String> audiences, ClusterReader reader, ClusterClock clock) {
        this.keys = keys;
        this.issuer = issuer;
        this.audiences = List.copyOf(audiences);
        this.reader = reader;
        this.clock = clock;
    }

    private Jwt jwt() {
        Jwt made = jwt;
        if (made == null) {
            made = new Jwt(keys.get());
            jwt = made;
        }
        return made;
    }

    /** The audiences of a token that names none. */
    public List<String> defaultAudiences() {
        return audiences;
    }

    /**
     * A new token.
     *
     * @param bound the object that it dies with; null for none
     */
    public String issue(KubeObject account, List<String> wanted, Duration lifetime, @Nullable KubeObject bound) {
        long now = clock.now().getEpochSecond();
        Map<String, Object> cluster = new LinkedHashMap<>();
        cluster.put("namespace", account.namespace());
        if (bound != null) {
            cluster.put(bound.kind().toLowerCase(Locale.ROOT), reference(bound));
            addNode(cluster, bound);
        }
        cluster.put("serviceaccount", reference(account));
        if (lifetime.toSeconds() > WARN_AFTER) {
            cluster.put("warnafter", now + WARN_AFTER);
        }
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("aud", wanted.isEmpty() ? audiences : wanted);
        claims.put("exp", now + lifetime.toSeconds());
        claims.put("iat", now);
        claims.put("iss", issuer);
        claims.put("jti", UUID.randomUUID().toString());
        claims.put(CLAIM, cluster);
        claims.put("nbf", now);
        claims.put("sub", "system:serviceaccount:" + account.namespace() + ":" + account.name());
        return jwt().sign(claims);
    }

    private void addNode(Map<String, Object> cluster, KubeObject bound) {
        String node = bound.kind().equals("Pod") ? bound.text("spec", "nodeName") : "";
        if (!node.isEmpty()) {
            reader.find(GroupResource.core("nodes"), "", node).ifPresent(n -> cluster.put("node", reference(n)));
        }
    }

    private static Map<String, Object> reference(KubeObject object) {
        Map<String, Object> reference = new LinkedHashMap<>();
        reference.put("name", object.name());
        reference.put("uid", object.uid());
        return reference;
    }

    /** Whose token this is, if it is good for one of {@code wanted} now; empty for any other text. */
    public Optional<Verified> verify(String token, List<String> wanted) {
        return jwt().verify(token)
                .map(KubeObject::of)
                .flatMap(claims -> claims.text("iss").equals(LegacyTokens.ISSUER)
                        ? ofSecret(claims, token, wanted)
                        : verify(claims, wanted));
    }

    /** A good token: whose it is, and for which of the wanted audiences. */
    public record Verified(UserInfo user, List<String> audiences) {}

    /** Such a token names no audience, and so is for the API server. */
    private Optional<Verified> ofSecret(KubeObject claims, String token, List<String> wanted) {
        List<String> good = wanted.isEmpty()
                ? audiences
                : audiences.stream().filter(wanted::contains).toList();
        return good.isEmpty()
                ? Optional.empty()
                : LegacyTokens.account(reader, claims, token).map(account -> new Verified(user(claims, account), good));
    }

    private Optional<Verified> verify(KubeObject claims, List<String> wanted) {
        long now = clock.now().getEpochSecond();
        if (!claims.text("iss").equals(issuer)
                || claims.number(0, "exp") <= now
                || claims.number(Long.MAX_VALUE, "nbf") > now + 10) {
            return Optional.empty();
        }
        List<String> good = claims.texts("aud").stream()
                .filter((wanted.isEmpty() ? audiences : wanted)::contains)
                .toList();
        String namespace = claims.text(CLAIM, "namespace");
        Optional<KubeObject> account = reader.find(ACCOUNTS, namespace, claims.text(CLAIM, "serviceaccount", "name"));
        if (good.isEmpty()
                || account.isEmpty()
                || !account.get().uid().equals(claims.text(CLAIM, "serviceaccount", "uid"))
                || !isBoundObjectThere(claims, "pod", "pods", namespace)
                || !isBoundObjectThere(claims, "secret", "secrets", namespace)) {
            return Optional.empty();
        }
        return Optional.of(new Verified(user(claims, account.get()), good));
    }

    private boolean isBoundObjectThere(KubeObject claims, String claim, String resource, String namespace) {
        String name = claims.text(CLAIM, claim, "name");
        return name.isEmpty()
                || reader.find(GroupResource.core(resource), namespace, name)
                        .filter(object -> object.uid().equals(claims.text(CLAIM, claim, "uid")))
                        .isPresent();
    }

    private static UserInfo user(KubeObject claims, KubeObject account) {
        Map<String, List<String>> extra = new LinkedHashMap<>();
        put(
                extra,
                "authentication.kubernetes.io/credential-id",
                claims.text("jti").isEmpty() ? "" : "JTI=" + claims.text("jti"));
        put(extra, "authentication.kubernetes.io/node-name", claims.text(CLAIM, "node", "name"));
        put(extra, "authentication.kubernetes.io/node-uid", claims.text(CLAIM, "node", "uid"));
        put(extra, "authentication.kubernetes.io/pod-name", claims.text(CLAIM, "pod", "name"));
        put(extra, "authentication.kubernetes.io/pod-uid", claims.text(CLAIM, "pod", "uid"));
        return new UserInfo(
                "system:serviceaccount:" + account.namespace() + ":" + account.name(),
                account.uid(),
                List.of(
                        "system:serviceaccounts",
                        "system:serviceaccounts:" + account.namespace(),
                        "system:authenticated"),
                extra);
    }

    private static void put(Map<String, List<String>> extra, String key, String value) {
        if (!value.isEmpty()) {
            extra.put(key, List.of(value));
        }
    }
}
