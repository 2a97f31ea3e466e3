package dev.kuar.practice.http;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.api.Informer;
import dev.kuar.practice.auth.UserInfo;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The two headers that name the flow schema and the priority level that a request falls under.
 *
 * <p>Models the matching of API Priority and Fairness: the schema with the lowest matchingPrecedence whose subjects and
 * rules cover the request, else the one that catches all. Nothing is queued: one learner is no crowd.
 */
final class FlowHeaders {
    private static final String GROUP = "flowcontrol.apiserver.k8s.io";
    private static final String CATCH_ALL = "catch-all";
    private static final long DEFAULT_PRECEDENCE = 1000;
    private static final UserInfo SERVER = UserInfo.of("system:apiserver", "system:masters");

    private final @Nullable Informer schemas;
    private final @Nullable Informer levels;
    private volatile List<Flow> flows = List.of();

    /** Follows the schemas there are from now on. */
    FlowHeaders(FrontParts parts) {
        if (!parts.site().cluster()) {
            schemas = null;
            levels = null;
            return;
        }
        ApiClient client = parts.api().client(SERVER, "kube-apiserver");
        schemas = client.informer(GroupResource.of(GROUP, "flowschemas"));
        levels = client.informer(GroupResource.of(GROUP, "prioritylevelconfigurations"));
        Informer followed = schemas;
        Informer ranked = levels;
        followed.onChange((old, now) -> read(followed, ranked));
        ranked.onChange((old, now) -> read(followed, ranked));
        read(followed, ranked);
    }

    /** A schema taken apart. */
    private record Flow(String name, String uid, String levelUid, List<FlowRule> rules) {}

    private synchronized void read(Informer schemas, Informer levels) {
        Map<String, String> uids =
                levels.all().stream().collect(Collectors.toMap(KubeObject::name, KubeObject::uid, (a, b) -> b));
        flows = schemas.all().stream()
                .sorted(Comparator.comparingLong(
                                (KubeObject schema) -> schema.number(DEFAULT_PRECEDENCE, "spec", "matchingPrecedence"))
                        .thenComparing(KubeObject::name))
                .map(schema -> new Flow(
                        schema.name(),
                        schema.uid(),
                        uids.getOrDefault(level(schema), ""),
                        schema.maps("spec", "rules").stream()
                                .map(KubeObject::of)
                                .map(FlowRule::of)
                                .toList()))
                .toList();
    }

    private static String level(KubeObject schema) {
        return schema.text("spec", "priorityLevelConfiguration", "name");
    }

    /** Of every request that is let through by impersonation, before it is authorised; streams have no flow. */
    void add(Call call, RequestPath path) {
        if (path.isLongRunning() && !path.verb().equals("watch")) {
            return;
        }
        UserInfo user = call.actingUser();
        Flow catchAll = null;
        for (Flow flow : flows) {
            if (flow.rules().stream().anyMatch(rule -> rule.covers(user, path, call.path()))) {
                show(call, flow);
                return;
            }
            catchAll = flow.name().equals(CATCH_ALL) ? flow : catchAll;
        }
        if (catchAll != null) {
            show(call, catchAll);
        }
    }

    private static void show(Call call, Flow flow) {
        call.setHeader("X-Kubernetes-Pf-Flowschema-Uid", flow.uid());
        if (!flow.levelUid().isEmpty()) {
            call.setHeader("X-Kubernetes-Pf-Prioritylevel-Uid", flow.levelUid());
        }
    }
}
