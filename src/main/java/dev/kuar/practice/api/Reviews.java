package dev.kuar.practice.api;

import dev.kuar.practice.auth.Access;
import dev.kuar.practice.auth.Authenticator;
import dev.kuar.practice.auth.Authorizer;
import dev.kuar.practice.auth.RbacAuthorizer;
import dev.kuar.practice.auth.UserInfo;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.Statuses;
import dev.kuar.practice.patch.FieldManager;
import dev.kuar.practice.schema.Kind;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Answers the kinds that are questions: who am I, may I, whose token is this. */
final class Reviews {
    private final Parts parts;
    private final Authorizer authorizer;
    private final RbacAuthorizer rbac;
    private final Authenticator authenticator;

    Reviews(Parts parts, Authorizer authorizer, RbacAuthorizer rbac, Authenticator authenticator) {
        this.parts = parts;
        this.authorizer = authorizer;
        this.rbac = rbac;
        this.authenticator = authenticator;
    }

    Answer self(Kind kind, ApiRequest request) {
        KubeObject review = review(kind, request);
        review.set(null, "spec");
        review.set(parts.now().truncatedTo(ChronoUnit.SECONDS).toString(), "metadata", "creationTimestamp");
        review.set(tree(request.user()), "status", "userInfo");
        return created(review);
    }

    Answer mayI(Kind kind, ApiRequest request) {
        KubeObject review = review(kind, request);
        ReviewRules.check(kind, review, request.namespace());
        return judged(review, request.user());
    }

    Answer mayThey(Kind kind, ApiRequest request) {
        KubeObject review = review(kind, request);
        ReviewRules.check(kind, review, request.namespace());
        String user = review.text("spec", "user");
        List<String> groups = review.texts("spec", "groups");
        Map<String, List<String>> extra = new LinkedHashMap<>();
        review.map("spec", "extra").forEach((key, value) -> extra.put(key, texts(value)));
        return judged(review, new UserInfo(user, review.text("spec", "uid"), groups, extra));
    }

    private Answer judged(KubeObject review, UserInfo user) {
        KubeObject attributes = KubeObject.of(review.map("spec", "resourceAttributes"));
        KubeObject path = KubeObject.of(review.map("spec", "nonResourceAttributes"));
        Access access = review.at("spec", "nonResourceAttributes") == null
                ? new Access(
                        user,
                        attributes.text("verb"),
                        attributes.text("group"),
                        attributes.text("resource"),
                        attributes.text("subresource"),
                        attributes.text("namespace"),
                        attributes.text("name"),
                        "")
                : Access.toPath(user, path.text("verb"), path.text("path"));
        String reason = authorizer.allows(access);
        review.set(reason != null, "status", "allowed");
        if (reason != null && !reason.isEmpty()) {
            review.set(reason, "status", "reason");
        }
        return created(review);
    }

    Answer rules(Kind kind, ApiRequest request) {
        KubeObject review = review(kind, request);
        String namespace = review.text("spec", "namespace");
        if (namespace.isEmpty()) {
            throw Statuses.badRequest("no namespace on request");
        }
        List<Object> resources = new ArrayList<>();
        List<Object> paths = new ArrayList<>();
        boolean master = request.user().groups().contains("system:masters");
        List<Map<String, Object>> all = new ArrayList<>(rbac.rulesOf(request.user(), namespace));
        if (master) {
            all.add(Map.of("verbs", List.of("*"), "apiGroups", List.of("*"), "resources", List.of("*")));
            all.add(Map.of("verbs", List.of("*"), "nonResourceURLs", List.of("*")));
        }
        for (Map<String, Object> rule : all) {
            (rule.containsKey("nonResourceURLs") ? paths : resources).add(ordered(rule));
        }
        review.set(new LinkedHashMap<String, Object>(), "spec");
        review.set(null, "metadata", "managedFields");
        review.set(resources, "status", "resourceRules");
        review.set(paths, "status", "nonResourceRules");
        review.set(false, "status", "incomplete");
        return created(review);
    }

    private static Map<String, Object> ordered(Map<String, Object> rule) {
        Map<String, Object> ordered = new LinkedHashMap<>();
        for (String part : List.of("verbs", "apiGroups", "resources", "resourceNames", "nonResourceURLs")) {
            if (rule.containsKey(part)) {
                ordered.put(part, rule.get(part));
            }
        }
        return ordered;
    }

    Answer token(Kind kind, ApiRequest request) {
        KubeObject review = review(kind, request);
        String token = review.text("spec", "token");
        if (token.isEmpty()) {
            throw Statuses.badRequest("token is required for TokenReview in authentication");
        }
        Optional<UserInfo> user = authenticator.ofToken(token);
        if (user.isPresent()) {
            review.set(true, "status", "authenticated");
            review.set(tree(user.get()), "status", "user");
            List<String> audiences = review.texts("spec", "audiences");
            review.set(
                    audiences.isEmpty() ? authenticator.audiences() : new ArrayList<>(audiences),
                    "status",
                    "audiences");
        } else {
            review.set(new LinkedHashMap<String, Object>(), "status", "user");
            review.set("invalid bearer token", "status", "error");
        }
        return created(review);
    }

    private KubeObject review(Kind kind, ApiRequest request) {
        if (request.verb() != Verb.CREATE) {
            throw Statuses.methodNotAllowed();
        }
        KubeObject review = Bodies.object(parts.catalog(), kind, request, new ArrayList<>());
        if (review.at("metadata") == null) {
            review.set(new LinkedHashMap<String, Object>(), "metadata");
        }
        review.set(null, "status");
        FieldManager.update(kind, null, review, Bodies.manager(request), "", parts.now());
        return review;
    }

    private static Answer created(KubeObject review) {
        KindRules.orderMetadata(review);
        return new Answer.One(201, Stored.of("", 0, review, true), List.of());
    }

    private static Map<String, Object> tree(UserInfo user) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("username", user.name());
        if (!user.uid().isEmpty()) {
            tree.put("uid", user.uid());
        }
        if (!user.groups().isEmpty()) {
            tree.put("groups", new ArrayList<>(user.groups()));
        }
        if (!user.extra().isEmpty()) {
            tree.put("extra", new LinkedHashMap<>(user.extra()));
        }
        return tree;
    }

    private static List<String> texts(Object value) {
        List<String> texts = new ArrayList<>();
        if (value instanceof List<?> list) {
            list.forEach(each -> texts.add(String.valueOf(each)));
        }
        return texts;
    }
}
