package dev.kuar.practice.api;

import dev.kuar.practice.auth.ServiceAccountTokens;
import dev.kuar.practice.object.ClusterReader;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.Statuses;
import dev.kuar.practice.patch.FieldManager;
import dev.kuar.practice.schema.Kind;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Answers TokenRequests: tokens of a service account, bound to a pod, secret or node where the request says so. */
final class TokenSpecial implements Special {
    private static final String GROUP = "authentication.k8s.io";
    private static final Set<String> BOUND_TO = Set.of("Pod", "Secret", "Node");
    private static final long SHORTEST = 600;
    private static final long LONGEST = 1L << 32;
    private static final long DEFAULT = 3600;

    private final Parts parts;
    private final Lists lists;
    private final ClusterReader reader;
    private final ServiceAccountTokens tokens;

    TokenSpecial(Parts parts, Lists lists, ClusterReader reader, ServiceAccountTokens tokens) {
        this.parts = parts;
        this.lists = lists;
        this.reader = reader;
        this.tokens = tokens;
    }

    @Override
    public Answer answer(Kind kind, ApiRequest request) {
        List<String> warnings = new ArrayList<>();
        KubeObject asked = asked(request, warnings);
        KubeObject account =
                lists.get(kind, request.namespace(), request.name()).object();
        settle(asked, account);
        long seconds = asked.number(DEFAULT, "spec", "expirationSeconds");
        check(seconds);
        KubeObject bound = bound(asked, account);
        String token = tokens.issue(account, asked.texts("spec", "audiences"), Duration.ofSeconds(seconds), bound);
        asked.set(token, "status", "token");
        asked.set(
                parts.now().plusSeconds(seconds).truncatedTo(ChronoUnit.SECONDS).toString(),
                "status",
                "expirationTimestamp");
        return new Answer.One(201, Stored.of("", 0, asked, true), warnings);
    }

    /** What a body asks for, with defaults and a note of who asks. */
    private KubeObject asked(ApiRequest request, List<String> warnings) {
        Kind kind = parts.catalog().ofObject(GROUP + "/v1", "TokenRequest").orElseThrow();
        KubeObject asked = Bodies.object(parts.catalog(), kind, request, warnings);
        KindRules.settleNamespace(kind, asked, request.namespace());
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("audiences", asked.at("spec", "audiences"));
        spec.put("expirationSeconds", asked.number(DEFAULT, "spec", "expirationSeconds"));
        spec.put("boundObjectRef", asked.at("spec", "boundObjectRef"));
        asked.set(spec, "spec");
        asked.set(null, "status");
        FieldManager.update(kind, null, asked, Bodies.manager(request), "token", parts.now());
        return asked;
    }

    private void settle(KubeObject asked, KubeObject account) {
        if (!asked.name().isEmpty() && !asked.name().equals(account.name())) {
            throw Statuses.invalid(
                    GROUP,
                    "TokenRequest",
                    account.name(),
                    List.of(Statuses.cause(
                            "FieldValueInvalid",
                            "Invalid value: \"" + asked.name() + "\": must match the service account name if specified",
                            "metadata.name")));
        }
        if (!asked.uid().isEmpty() && !asked.uid().equals(account.uid())) {
            throw Statuses.conflict(
                    new GroupResource(GROUP, "TokenRequest"),
                    account.name(),
                    "the UID in the token request (" + asked.uid() + ") does not match the UID of the service account ("
                            + account.uid() + ")");
        }
        asked.set(account.name(), "metadata", "name");
        asked.set(account.uid(), "metadata", "uid");
        asked.set(parts.now().truncatedTo(ChronoUnit.SECONDS).toString(), "metadata", "creationTimestamp");
        KindRules.orderMetadata(asked);
        if (asked.texts("spec", "audiences").isEmpty()) {
            asked.set(new ArrayList<>(tokens.defaultAudiences()), "spec", "audiences");
        }
    }

    private static void check(long seconds) {
        if (seconds < SHORTEST) {
            throw invalid(seconds, "may not specify a duration less than 10 minutes");
        }
        if (seconds > LONGEST) {
            throw invalid(seconds, "may not specify a duration larger than 2^32 seconds");
        }
    }

    private static RuntimeException invalid(long seconds, String why) {
        return Statuses.invalid(
                GROUP,
                "TokenRequest",
                "",
                List.of(Statuses.cause(
                        "FieldValueInvalid", "Invalid value: " + seconds + ": " + why, "spec.expirationSeconds")));
    }

    private @Nullable KubeObject bound(KubeObject asked, KubeObject account) {
        if (asked.at("spec", "boundObjectRef") == null) {
            return null;
        }
        String kind = asked.text("spec", "boundObjectRef", "kind");
        String version = asked.text("spec", "boundObjectRef", "apiVersion");
        if (!BOUND_TO.contains(kind) || version.contains("/")) {
            throw Statuses.badRequest("cannot bind token to object of type "
                    + (version.contains("/") ? version : "/" + version) + ", Kind=" + kind);
        }
        String resource = kind.toLowerCase(Locale.ROOT) + "s";
        String name = asked.text("spec", "boundObjectRef", "name");
        String uid = asked.text("spec", "boundObjectRef", "uid");
        KubeObject object = reader.find(
                        GroupResource.core(resource), kind.equals("Node") ? "" : account.namespace(), name)
                .orElseThrow(() -> Statuses.notFound(GroupResource.core(resource), name));
        if (kind.equals("Pod") && !object.text("spec", "serviceAccountName").equals(account.name())) {
            throw Statuses.badRequest("cannot bind token for serviceaccount \"" + account.name()
                    + "\" to pod running with different serviceaccount name.");
        }
        if (!uid.isEmpty() && !uid.equals(object.uid())) {
            throw Statuses.conflict(
                    GroupResource.core(kind),
                    name,
                    "the UID in the bound object reference (" + uid
                            + ") does not match the UID in record. The object might"
                            + " have been deleted and then recreated");
        }
        return object;
    }
}
