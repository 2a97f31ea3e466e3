package dev.kuar.practice.controller;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.api.Informer;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.LabelSelector;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Gathers the rules of the ClusterRoles that an aggregation rule selects. */
final class ClusterRoleAggregationController implements Reconciler {
    private final ApiClient client;
    private final Informer roles;

    private ClusterRoleAggregationController(ControllerContext context) {
        this.client = context.clientFor("clusterrole-aggregation-controller");
        this.roles = context.informer(Kinds.CLUSTER_ROLES);
    }

    static void start(ControllerContext context) {
        ClusterRoleAggregationController controller = new ClusterRoleAggregationController(context);
        Loop loop = context.loop("clusterrole-aggregation-controller", controller);
        context.listen(Kinds.CLUSTER_ROLES, (old, now) -> {
            for (KubeObject role : controller.roles.all()) {
                boolean selects = (now != null && selects(role, now)) || (old != null && selects(role, old));
                if (selects || (now != null && now.name().equals(role.name()))) {
                    loop.add(Key.of(role));
                }
            }
        });
    }

    private static boolean selects(KubeObject role, KubeObject candidate) {
        return role.maps("aggregationRule", "clusterRoleSelectors").stream()
                .anyMatch(selector -> LabelSelector.ofObject(selector).matches(candidate.labels()));
    }

    @Override
    public Next reconcile(Key key) {
        KubeObject role = roles.find("", key.name()).orElse(null);
        if (role == null || role.at("aggregationRule") == null) {
            return Next.ON_CHANGE;
        }
        List<Object> rules = new ArrayList<>();
        for (Map<String, Object> selector : role.maps("aggregationRule", "clusterRoleSelectors")) {
            LabelSelector wanted = LabelSelector.ofObject(selector);
            roles.all().stream()
                    .filter(other -> !other.name().equals(role.name()) && wanted.matches(other.labels()))
                    .sorted(Comparator.comparing(KubeObject::name))
                    .flatMap(other -> other.maps("rules").stream())
                    .filter(rule -> !rules.contains(rule))
                    .forEach(rules::add);
        }
        if (!rules.equals(role.maps("rules"))) {
            KubeObject changed = role.copy();
            changed.set(rules, "rules");
            client.update(Kinds.CLUSTER_ROLES, changed);
        }
        return Next.ON_CHANGE;
    }
}
