package dev.kuar.practice.schema;

import dev.kuar.practice.object.KubeObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Bindings, signing requests, API services and policies. */
final class AccessCells {
    private AccessCells() {}

    static void register(Map<String, Cell> cells) {
        cells.put("binding.role", each -> each.text("roleRef", "kind") + "/" + each.text("roleRef", "name"));
        cells.put("binding.users", each -> subjects(each, "User"));
        cells.put("binding.groups", each -> subjects(each, "Group"));
        cells.put("binding.serviceAccounts", each -> subjects(each, "ServiceAccount"));
        cells.put(
                "csr.duration",
                each -> each.at("spec", "expirationSeconds") == null
                        ? Cells.NONE
                        : HumanDuration.of(Duration.ofSeconds(each.number(0, "spec", "expirationSeconds"))));
        cells.put("csr.condition", each -> signing(each));
        cells.put(
                "apiservice.service",
                each -> each.at("spec", "service") == null
                        ? "Local"
                        : each.text("spec", "service", "namespace") + "/" + each.text("spec", "service", "name"));
        cells.put("apiservice.available", each -> available(each));
        cells.put("flowschema.missing", each -> each.maps("status", "conditions").stream()
                .filter(condition -> "Dangling".equals(condition.get("type")))
                .map(condition -> KubeObject.of(condition).text("status"))
                .findFirst()
                .orElse("?"));
        cells.put("policy.paramKind", each -> {
            KubeObject kind = KubeObject.of(each.map("spec", "paramKind"));
            return kind.kind().isEmpty() ? Cells.UNSET : kind.apiVersion() + "/" + kind.kind();
        });
        cells.put("policy.paramRef", each -> {
            KubeObject ref = KubeObject.of(each.map("spec", "paramRef"));
            if (each.at("spec", "paramRef") == null) {
                return Cells.UNSET;
            }
            String name = ref.text("name").isEmpty() ? "*" : ref.text("name");
            return ref.text("namespace").isEmpty() ? name : ref.text("namespace") + "/" + name;
        });
    }

    private static String subjects(KubeObject binding, String kind) {
        List<String> names = new ArrayList<>();
        for (Map<String, Object> each : binding.maps("subjects")) {
            KubeObject subject = KubeObject.of(each);
            if (subject.kind().equals(kind)) {
                String namespace = kind.equals("ServiceAccount") ? subject.text("namespace") + "/" : "";
                names.add(namespace + subject.text("name"));
            }
        }
        return String.join(", ", names);
    }

    private static String signing(KubeObject request) {
        List<String> types = request.maps("status", "conditions").stream()
                .map(each -> KubeObject.of(each).text("type"))
                .toList();
        String state = types.contains("Denied") ? "Denied" : types.contains("Approved") ? "Approved" : "Pending";
        return state
                + (types.contains("Failed") ? ",Failed" : "")
                + (request.text("status", "certificate").isEmpty() ? "" : ",Issued");
    }

    private static String available(KubeObject service) {
        for (Map<String, Object> each : service.maps("status", "conditions")) {
            if ("Available".equals(each.get("type"))) {
                return "True".equals(each.get("status"))
                        ? "True"
                        : each.get("status") + " (" + each.get("reason") + ")";
            }
        }
        return "Unknown";
    }
}
