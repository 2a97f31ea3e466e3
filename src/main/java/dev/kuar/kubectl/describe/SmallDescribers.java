package dev.kuar.kubectl.describe;

import dev.kuar.kubectl.data.Tree;
import dev.kuar.kubectl.rest.Urls;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Describers of kinds that need few lines: configuration, accounts, rights, classes. */
final class SmallDescribers {
    private SmallDescribers() {}

    private static void head(Tree object, Sheet sheet, boolean namespace) {
        sheet.field(0, "Name", object.name());
        if (namespace) {
            sheet.field(0, "Namespace", object.namespace());
        }
        sheet.labels(object.textMap("metadata", "labels"));
        sheet.annotations(object.textMap("metadata", "annotations"));
    }

    static void configMap(Tree map, Sheet sheet, Cluster cluster) {
        head(map, sheet, true);
        sheet.raw("\nData\n====\n");
        map.textMap("data").forEach((key, value) -> sheet.raw(key + ":\n----\n" + value + "\n\n"));
        sheet.raw("\nBinaryData\n====\n");
        map.textMap("binaryData").forEach((key, value) -> sheet.raw(key + ": " + size(value) + " bytes\n"));
        sheet.raw("\n");
        Events.show(map, sheet, cluster);
    }

    private static int size(String base64) {
        return Base64.getDecoder().decode(base64).length;
    }

    static void secret(Tree secret, Sheet sheet, Cluster cluster) {
        head(secret, sheet, true);
        sheet.raw("\nType:\t" + secret.text("type") + "\n\nData\n====\n");
        boolean token = "kubernetes.io/service-account-token".equals(secret.text("type"));
        secret.textMap("data")
                .forEach((key, value) -> sheet.raw(
                        token && "token".equals(key)
                                ? key + ":\t" + new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8)
                                        + "\n"
                                : key + ":\t" + size(value) + " bytes\n"));
    }

    static void namespace(Tree namespace, Sheet sheet, Cluster cluster) {
        head(namespace, sheet, false);
        sheet.field(0, "Status", namespace.text("status", "phase"));
        List<Tree> conditions = namespace.items("status", "conditions");
        if (!conditions.isEmpty()) {
            sheet.line(0, "Conditions:\n  Type\tStatus\tLastTransitionTime\tReason\tMessage");
            sheet.line(1, "----\t------\t------------------\t------\t-------");
            conditions.forEach(condition -> sheet.line(
                    1,
                    condition.text("type") + "\t" + condition.text("status") + "\t"
                            + sheet.longTime(condition.text("lastTransitionTime")) + "\t" + condition.text("reason")
                            + "\t" + condition.text("message")));
        }
        String base = "/api/v1/namespaces/" + Urls.encode(namespace.name());
        List<Tree> quotas = cluster.listOrNone(base + "/resourcequotas");
        sheet.raw(quotas.isEmpty() ? "\nNo resource quota.\n" : "\nResource Quotas\n");
        for (Tree quota : quotas) {
            sheet.line(1, "Name:\t" + quota.name());
            QuotaDescriber.rows(quota, sheet, 1);
        }
        List<Tree> limits = cluster.listOrNone(base + "/limitranges");
        sheet.raw(limits.isEmpty() ? "\nNo LimitRange resource.\n" : "\nResource Limits\n");
        limits.forEach(limit -> QuotaDescriber.limits(limit, sheet));
    }

    static void serviceAccount(Tree account, Sheet sheet, Cluster cluster) {
        head(account, sheet, true);
        sheet.column(
                0,
                "Image pull secrets",
                account.items("imagePullSecrets").stream()
                        .map(each -> each.text("name"))
                        .toList());
        List<String> secrets =
                account.items("secrets").stream().map(each -> each.text("name")).toList();
        if (!secrets.isEmpty()) {
            sheet.column(0, "Mountable secrets", secrets);
        }
        Events.show(account, sheet, cluster);
    }

    static void role(Tree role, Sheet sheet, Cluster cluster) {
        head(role, sheet, false);
        sheet.line(0, "PolicyRule:\n  Resources\tNon-Resource URLs\tResource Names\tVerbs");
        sheet.line(1, "---------\t-----------------\t--------------\t-----");
        PolicyRules.rows(role.items("rules")).forEach(row -> sheet.line(1, row));
    }

    static void binding(Tree binding, Sheet sheet, Cluster cluster) {
        head(binding, sheet, false);
        sheet.line(0, "Role:");
        sheet.field(1, "Kind", binding.text("roleRef", "kind"));
        sheet.field(1, "Name", binding.text("roleRef", "name"));
        sheet.line(0, "Subjects:\n  Kind\tName\tNamespace");
        sheet.line(1, "----\t----\t---------");
        binding.items("subjects")
                .forEach(subject -> sheet.line(
                        1, subject.text("kind") + "\t" + subject.text("name") + "\t" + subject.text("namespace")));
    }

    static void storageClass(Tree type, Sheet sheet, Cluster cluster) {
        Map<String, String> annotations = type.textMap("metadata", "annotations");
        sheet.field(0, "Name", type.name());
        sheet.field(
                0,
                "IsDefaultClass",
                "true".equals(annotations.get("storageclass.kubernetes.io/is-default-class")) ? "Yes" : "No");
        sheet.field(0, "Annotations", joined(annotations));
        sheet.field(0, "Provisioner", type.text("provisioner"));
        sheet.field(0, "Parameters", joined(type.textMap("parameters")));
        String expand = type.text("allowVolumeExpansion");
        sheet.field(
                0,
                "AllowVolumeExpansion",
                expand.isEmpty() ? "<unset>" : Containers.title(type.flag("allowVolumeExpansion")));
        List<String> options = type.texts("mountOptions");
        if (options.isEmpty()) {
            sheet.field(0, "MountOptions", "<none>");
        } else {
            sheet.line(0, "MountOptions:");
            options.forEach(option -> sheet.line(1, option));
        }
        sheet.field(0, "ReclaimPolicy", type.text("reclaimPolicy"));
        sheet.field(0, "VolumeBindingMode", type.text("volumeBindingMode"));
        Events.show(type, sheet, cluster);
    }

    private static String joined(Map<String, String> map) {
        String text = map.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(","));
        return text.isEmpty() ? "<none>" : text;
    }

    static void priorityClass(Tree type, Sheet sheet, Cluster cluster) {
        sheet.field(0, "Name", type.name());
        sheet.field(0, "Value", type.text("value"));
        sheet.field(0, "GlobalDefault", String.valueOf(type.flag("globalDefault")));
        sheet.field(0, "PreemptionPolicy", type.text("preemptionPolicy"));
        sheet.field(0, "Description", type.text("description"));
        sheet.field(0, "Annotations", joined(type.textMap("metadata", "annotations")));
        Events.show(type, sheet, cluster);
    }

    static void endpointSlice(Tree slice, Sheet sheet, Cluster cluster) {
        head(slice, sheet, true);
        sheet.field(0, "AddressType", slice.text("addressType"));
        sheet.line(0, "Ports:\n  Name\tPort\tProtocol\n  ----\t----\t--------");
        slice.items("ports")
                .forEach(port -> sheet.line(
                        1,
                        port.textOr("<unset>", "name") + "\t" + port.textOr("<unset>", "port") + "\t"
                                + port.text("protocol")));
        List<Tree> endpoints = slice.items("endpoints");
        if (endpoints.isEmpty()) {
            sheet.field(0, "Endpoints", "<none>");
        } else {
            sheet.line(0, "Endpoints:");
        }
        for (Tree endpoint : endpoints) {
            sheet.field(1, "- Addresses", String.join(",", endpoint.texts("addresses")));
            sheet.line(2, "Conditions:");
            sheet.field(3, "Ready", endpoint.textOr("<unset>", "conditions", "ready"));
            sheet.field(2, "Hostname", endpoint.textOr("<unset>", "hostname"));
            Tree target = endpoint.at("targetRef");
            if (target.isMap()) {
                sheet.field(2, "TargetRef", target.text("kind") + "/" + target.text("name"));
            }
            sheet.field(2, "NodeName", endpoint.textOr("<unset>", "nodeName"));
            sheet.field(2, "Zone", endpoint.textOr("<unset>", "zone"));
        }
        Events.show(slice, sheet, cluster);
    }

    static void endpoints(Tree endpoints, Sheet sheet, Cluster cluster) {
        head(endpoints, sheet, true);
        sheet.line(0, "Subsets:");
        for (Tree subset : endpoints.items("subsets")) {
            sheet.field(1, "Addresses", ips(subset.items("addresses")));
            sheet.field(1, "NotReadyAddresses", ips(subset.items("notReadyAddresses")));
            List<Tree> ports = new ArrayList<>(subset.items("ports"));
            if (!ports.isEmpty()) {
                sheet.line(1, "Ports:\n    Name\tPort\tProtocol\n    ----\t----\t--------");
                ports.forEach(port -> sheet.line(
                        2, port.textOr("<unset>", "name") + "\t" + port.text("port") + "\t" + port.text("protocol")));
            }
            sheet.raw("\n");
        }
        Events.show(endpoints, sheet, cluster);
    }

    private static String ips(List<Tree> addresses) {
        String text = addresses.stream().map(each -> each.text("ip")).collect(Collectors.joining(","));
        return text.isEmpty() ? "<none>" : text;
    }
}
