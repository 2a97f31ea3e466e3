package dev.kuar.practice.api;

import dev.kuar.practice.auth.ServiceAccountTokens;
import dev.kuar.practice.object.ClusterReader;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.Statuses;
import dev.kuar.practice.schema.Kind;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Answers TokenRequests: tokens of a service account, bound to a pod, secret or node where the request says so. */
final class TokenSpecial implements Special {
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
        KubeObject account =
                lists.get(kind, request.namespace(), request.name()).object();
        KubeObject asked = KubeObject.of(Bodies.plain(request.body()));
        long seconds = asked.number(DEFAULT, "spec", "expirationSeconds");
        check(seconds);
        KubeObject bound = bound(asked, request.namespace());
        List<String> audiences = asked.texts("spec", "audiences");
        List<String> granted = audiences.isEmpty() ? tokens.defaultAudiences() : audiences;
        String token = tokens.issue(account, granted, Duration.ofSeconds(seconds), bound);
        KubeObject answer =
                KubeObject.create("authentication.k8s.io/v1", "TokenRequest", account.namespace(), account.name());
        answer.set(parts.now().truncatedTo(ChronoUnit.SECONDS).toString(), "metadata", "creationTimestamp");
        answer.set(new ArrayList<>(granted), "spec", "audiences");
        answer.set(seconds, "spec", "expirationSeconds");
        answer.set(asked.at("spec", "boundObjectRef"), "spec", "boundObjectRef");
        answer.set(token, "status", "token");
        answer.set(
                parts.now().plusSeconds(seconds).truncatedTo(ChronoUnit.SECONDS).toString(),
                "status",
                "expirationTimestamp");
        return new Answer.One(201, Stored.of("", 0, answer, true), List.of());
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
                "authentication.k8s.io",
                "TokenRequest",
                "",
                List.of(Statuses.cause(
                        "FieldValueInvalid", "Invalid value: " + seconds + ": " + why, "spec.expirationSeconds")));
    }

    private @Nullable KubeObject bound(KubeObject asked, String namespace) {
        String kind = asked.text("spec", "boundObjectRef", "kind");
        if (kind.isEmpty()) {
            return null;
        }
        String resource = kind.toLowerCase(Locale.ROOT) + "s";
        String name = asked.text("spec", "boundObjectRef", "name");
        String uid = asked.text("spec", "boundObjectRef", "uid");
        KubeObject object = reader.find(GroupResource.core(resource), kind.equals("Node") ? "" : namespace, name)
                .orElseThrow(() -> Statuses.notFound(GroupResource.core(resource), name));
        if (!uid.isEmpty() && !uid.equals(object.uid())) {
            throw Statuses.conflict(
                    GroupResource.core(resource),
                    name,
                    "the UID in the bound object reference (" + uid
                            + ") does not match the UID in record. The object might"
                            + " have been deleted and then recreated");
        }
        return object;
    }
}
