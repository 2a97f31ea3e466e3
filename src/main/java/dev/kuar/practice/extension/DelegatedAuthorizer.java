package dev.kuar.practice.extension;

import dev.kuar.practice.auth.Access;
import dev.kuar.practice.auth.Authorizer;
import dev.kuar.practice.auth.AuthorizerFailure;
import dev.kuar.practice.auth.UserInfo;
import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.object.KubeObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the clients of an extension API server may: the cluster's API server is asked in a SubjectAccessReview. Models delegated
 * authorization of Kubernetes 1.36; answers hold for ten seconds.
 */
final class DelegatedAuthorizer implements Authorizer {
    private static final Set<String> OPEN = Set.of("/healthz", "/readyz", "/livez");
    private static final Duration REMEMBERED = Duration.ofSeconds(10);

    private final ExtensionHost host;
    private final MainApi api;
    private final Remembered<Access, Optional<String>> answers;

    DelegatedAuthorizer(ExtensionHost host, MainApi api) {
        this.host = host;
        this.api = api;
        this.answers = new Remembered<>(host.clock(), REMEMBERED);
    }

    @Override
    public @Nullable String allows(Access access) {
        if (OPEN.contains(access.path()) || access.user().groups().contains("system:masters")) {
            return "";
        }
        return answers.get(access, this::review).orElse(null);
    }

    private Optional<String> review(Access access) {
        Map<String, Object> spec = new LinkedHashMap<>();
        Map<String, Object> wanted = new LinkedHashMap<>();
        if (access.isPath()) {
            put(wanted, "path", access.path());
            put(wanted, "verb", access.verb());
            spec.put("nonResourceAttributes", wanted);
        } else {
            put(wanted, "namespace", access.namespace());
            put(wanted, "verb", access.verb());
            put(wanted, "group", access.group());
            wanted.put("version", "*");
            put(wanted, "resource", access.resource());
            put(wanted, "subresource", access.subresource());
            put(wanted, "name", access.name());
            spec.put("resourceAttributes", wanted);
        }
        UserInfo user = access.user();
        put(spec, "user", user.name());
        put(spec, "uid", user.uid());
        spec.put("groups", new ArrayList<>(user.groups()));
        Map<String, Object> extra = new LinkedHashMap<>();
        user.extra().forEach((key, values) -> extra.put(key, List.copyOf(values)));
        if (!extra.isEmpty()) {
            spec.put("extra", extra);
        }
        Map<String, Object> review = new LinkedHashMap<>();
        review.put("kind", "SubjectAccessReview");
        review.put("apiVersion", "authorization.k8s.io/v1");
        review.put("spec", spec);
        try {
            KubeObject answer = api.post("/apis/authorization.k8s.io/v1/subjectaccessreviews", review);
            return answer.flag("status", "allowed") ? Optional.of(answer.text("status", "reason")) : Optional.empty();
        } catch (ApiException refused) {
            host.log('E', "webhook.go:224", "Failed to make webhook authorizer request: " + refused.getMessage());
            throw new AuthorizerFailure(String.valueOf(refused.getMessage()));
        }
    }

    private static void put(Map<String, Object> tree, String name, String value) {
        if (!value.isEmpty()) {
            tree.put(name, value);
        }
    }
}
