package dev.kuar.practice.controller;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.api.ApiClient.PatchType;
import dev.kuar.practice.api.Informer;
import dev.kuar.practice.auth.UserInfo;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;

/** Writes into the status of each ValidatingAdmissionPolicy what is wrong with the types in its expressions. */
final class PolicyTypeController implements Reconciler {
    private static final String NAME = "validatingadmissionpolicy-status";
    private static final GroupResource POLICIES =
            GroupResource.of("admissionregistration.k8s.io", "validatingadmissionpolicies");

    private final ApiClient client;
    private final Informer policies;
    private final PolicyTypes types;

    private PolicyTypeController(ControllerContext context, PolicyTypes types) {
        // Who applies is named so.
        this.client = context.clientFor(NAME + "-controller")
                .as(
                        UserInfo.of(
                                "system:serviceaccount:kube-system:" + NAME + "-controller",
                                "system:serviceaccounts",
                                "system:serviceaccounts:kube-system",
                                "system:authenticated"),
                        NAME);
        this.policies = context.informer(POLICIES);
        this.types = types;
    }

    static void start(ControllerContext context, PolicyTypes types) {
        Loop loop = context.loop(NAME, new PolicyTypeController(context, types));
        context.listen(POLICIES, (old, now) -> {
            if (now != null) {
                loop.add(Key.of(now));
            }
        });
    }

    @Override
    public Next reconcile(Key key) {
        KubeObject policy = policies.find("", key.name()).orElse(null);
        if (policy == null || policy.generation() <= policy.number(0, "status", "observedGeneration")) {
            return Next.ON_CHANGE;
        }
        KubeObject said = KubeObject.of(new LinkedHashMap<>());
        said.set(policy.apiVersion(), "apiVersion");
        said.set(policy.kind(), "kind");
        said.set(policy.name(), "metadata", "name");
        said.set(policy.generation(), "status", "observedGeneration");
        said.set(new LinkedHashMap<>(), "status", "typeChecking");
        ArrayList<Object> warnings = new ArrayList<>(types.warnings(policy));
        if (!warnings.isEmpty()) {
            said.set(warnings, "status", "typeChecking", "expressionWarnings");
        }
        client.patch(POLICIES, "", policy.name(), "status", PatchType.APPLY, said.tree());
        return Next.ON_CHANGE;
    }
}
