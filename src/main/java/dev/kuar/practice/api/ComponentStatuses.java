package dev.kuar.practice.api;

import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.Statuses;
import dev.kuar.practice.schema.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The health of the control plane's parts as the deprecated ComponentStatus kind shows it; all live in this process. */
final class ComponentStatuses implements Special {
    private static final List<String> NAMES = List.of("controller-manager", "scheduler", "etcd-0");

    private final Parts parts;

    ComponentStatuses(Parts parts) {
        this.parts = parts;
    }

    @Override
    public Answer answer(Kind kind, ApiRequest request) {
        List<String> warnings = parts.warnings(kind);
        if (request.verb() == Verb.GET) {
            if (!NAMES.contains(request.name())) {
                throw Statuses.notFound(kind.groupResource(), request.name());
            }
            return new Answer.One(200, status(request.name()), warnings);
        }
        if (request.verb() != Verb.LIST) {
            throw Statuses.methodNotAllowed();
        }
        Selection selection = Selection.of(
                kind, "", request.options().labelSelector(), request.options().fieldSelector());
        List<Served> items = new ArrayList<>();
        NAMES.stream().map(ComponentStatuses::status).filter(selection::matches).forEach(items::add);
        return new Answer.Many(200, kind.listKind(), kind.apiVersion(), "", "", -1, items, warnings);
    }

    private static Stored status(String name) {
        KubeObject status = KubeObject.create("v1", "ComponentStatus", "", name);
        Map<String, Object> condition = new LinkedHashMap<>();
        condition.put("type", "Healthy");
        condition.put("status", "True");
        condition.put("message", "ok");
        List<Object> conditions = new ArrayList<>();
        conditions.add(condition);
        status.set(conditions, "conditions");
        return Stored.of("/registry/componentstatuses/" + name, 0, status, true);
    }
}
