package dev.kuar.practice.controller;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.api.Informer;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import java.util.Map;

/**
 * Keeps the one condition that flow schemas and API services have.
 *
 * <p>Upstream these are small loops inside the API server and the controller manager.
 */
final class StatusKeepers {
    private static final GroupResource FLOW_SCHEMAS = GroupResource.of("flowcontrol.apiserver.k8s.io", "flowschemas");
    private static final GroupResource LEVELS =
            GroupResource.of("flowcontrol.apiserver.k8s.io", "prioritylevelconfigurations");
    private static final GroupResource API_SERVICES = GroupResource.of("apiregistration.k8s.io", "apiservices");

    private final ControllerContext context;
    private final ApiClient client;

    private StatusKeepers(ControllerContext context) {
        this.context = context;
        this.client = context.clientFor("service-cidrs-controller");
    }

    static void start(ControllerContext context) {
        StatusKeepers keepers = new StatusKeepers(context);
        Loop schemas = context.loop("flow-schemas", keepers.flowSchema());
        context.watch(FLOW_SCHEMAS, schemas);
        context.listen(LEVELS, (old, now) -> {
            if (old == null || now == null) {
                context.informer(FLOW_SCHEMAS).all().forEach(schema -> schemas.add(Key.of(schema)));
            }
        });
        context.watch(API_SERVICES, context.loop("api-services", keepers.apiService()));
    }

    private Reconciler flowSchema() {
        Informer schemas = context.informer(FLOW_SCHEMAS);
        Informer levels = context.informer(LEVELS);
        return key -> {
            KubeObject schema = schemas.find("", key.name()).orElse(null);
            if (schema == null) {
                return Next.ON_CHANGE;
            }
            String level = schema.text("spec", "priorityLevelConfiguration", "name");
            boolean there = levels.find("", level).isPresent();
            String reference =
                    "This FlowSchema references the PriorityLevelConfiguration object named \"" + level + "\"";
            return set(
                    FLOW_SCHEMAS,
                    schema,
                    "Dangling",
                    there ? "False" : "True",
                    there ? "Found" : "NotFound",
                    reference + (there ? " and it exists" : " but there is no such object"));
        };
    }

    private Reconciler apiService() {
        Informer services = context.informer(API_SERVICES);
        return key -> {
            KubeObject service = services.find("", key.name()).orElse(null);
            if (service == null || service.at("spec", "service") instanceof Map) {
                return Next.ON_CHANGE;
            }
            return set(API_SERVICES, service, "Available", "True", "Local", "Local APIServices are always available");
        };
    }

    private Next set(
            GroupResource resource, KubeObject object, String type, String status, String reason, String message) {
        Map<String, Object> before = Trees.condition(object, type);
        if (status.equals(before.get("status")) && message.equals(before.get("message"))) {
            return Next.ON_CHANGE;
        }
        KubeObject changed = object.copy();
        changed.set(
                Trees.withCondition(object.maps("status", "conditions"), type, status, reason, message, context.now()),
                "status",
                "conditions");
        client.updateSubresource(resource, "status", changed);
        return Next.ON_CHANGE;
    }
}
