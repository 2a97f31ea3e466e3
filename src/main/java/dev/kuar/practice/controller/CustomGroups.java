package dev.kuar.practice.controller;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.api.Informer;
import dev.kuar.practice.auth.UserInfo;
import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps an APIService for each group version that definitions of custom resources serve. Models the registration of definitions and
 * the auto-registration of kube-aggregator of Kubernetes 1.36: what somebody else has put there is left alone.
 */
final class CustomGroups implements Reconciler {
    private static final GroupResource API_SERVICES = GroupResource.of("apiregistration.k8s.io", "apiservices");
    private static final String MANAGED = "kube-aggregator.kubernetes.io/automanaged";

    private final ApiClient client;
    private final Informer definitions;
    private final Informer services;

    private CustomGroups(ControllerContext context) {
        this.client = context.client().as(UserInfo.of("system:apiserver", "system:masters"), "kube-apiserver");
        this.definitions = context.informer(Kinds.CUSTOM_KINDS);
        this.services = context.informer(API_SERVICES);
    }

    static void start(ControllerContext context) {
        CustomGroups groups = new CustomGroups(context);
        Loop loop = context.loop("autoregister", groups);
        context.listen(Kinds.CUSTOM_KINDS, (old, now) -> {
            add(loop, old);
            add(loop, now);
        });
        context.watch(API_SERVICES, loop);
    }

    private static void add(Loop loop, @Nullable KubeObject definition) {
        if (definition != null) {
            String group = definition.text("spec", "group");
            definition
                    .maps("spec", "versions")
                    .forEach(version -> loop.add(new Key("", Trees.text(version, "name") + "." + group)));
        }
    }

    @Override
    public Next reconcile(Key key) {
        int dot = key.name().indexOf('.');
        String version = dot < 0 ? key.name() : key.name().substring(0, dot);
        String group = key.name().substring(dot + 1);
        boolean wanted = definitions.all().stream()
                .filter(each -> each.text("spec", "group").equals(group))
                .flatMap(each -> each.maps("spec", "versions").stream())
                .anyMatch(each -> version.equals(each.get("name")) && Boolean.TRUE.equals(each.get("served")));
        KubeObject there = services.find("", key.name()).orElse(null);
        if (there == null) {
            if (wanted) {
                create(key.name(), group, version);
            }
            return Next.ON_CHANGE;
        }
        if (!"true".equals(there.labels().get(MANAGED))) {
            return Next.ON_CHANGE;
        }
        if (!wanted) {
            client.delete(API_SERVICES, "", key.name(), ApiClient.DeleteOptions.ofUid(there.uid()));
        } else if (!there.map("spec").equals(spec(group, version))) {
            KubeObject changed = there.copy();
            changed.set(spec(group, version), "spec");
            client.update(API_SERVICES, changed);
        }
        return Next.ON_CHANGE;
    }

    private void create(String name, String group, String version) {
        KubeObject service = KubeObject.create("apiregistration.k8s.io/v1", "APIService", "", name);
        service.set("true", "metadata", "labels", MANAGED);
        service.set(spec(group, version), "spec");
        try {
            client.create(API_SERVICES, "", service);
        } catch (ApiException e) {
            if (!e.isConflict()) {
                throw e;
            }
        }
    }

    private static Map<String, Object> spec(String group, String version) {
        return Trees.map("group", group, "groupPriorityMinimum", 1000L, "version", version, "versionPriority", 100L);
    }
}
