package dev.kuar.kubectl.command;

import dev.kuar.kubectl.data.Tree;
import dev.kuar.kubectl.rest.ApiResource;
import dev.kuar.kubectl.rest.Failure;
import dev.kuar.kubectl.rest.Urls;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Generators of namespaces, accounts, rights and tokens. */
final class AccessGenerators {
    private static final String RBAC = "rbac.authorization.k8s.io";

    private AccessGenerators() {}

    static int namespace(Run run) {
        return CreateCommand.generated(
                run,
                Tree.mapOf(
                        "apiVersion",
                        "v1",
                        "kind",
                        "Namespace",
                        "metadata",
                        Tree.mapOf("name", GeneratorCommands.name(run)),
                        "spec",
                        new LinkedHashMap<String, Object>(),
                        "status",
                        new LinkedHashMap<String, Object>()));
    }

    static int serviceAccount(Run run) {
        return CreateCommand.generated(
                run,
                Tree.mapOf(
                        "apiVersion", "v1",
                        "kind", "ServiceAccount",
                        "metadata", Tree.mapOf("name", GeneratorCommands.name(run))));
    }

    static int role(Run run) {
        String name = GeneratorCommands.name(run);
        boolean cluster = run.command().path().endsWith("clusterrole");
        List<String> verbs = run.flags().list("verb");
        List<Object> rules = new ArrayList<>();
        List<String> aggregation = run.flags().list("aggregation-rule");
        List<String> urls = run.flags().list("non-resource-url");
        if (aggregation.isEmpty()) {
            if (verbs.isEmpty()) {
                throw Failure.error("at least one verb must be specified");
            }
            if (run.flags().list("resource").isEmpty() && urls.isEmpty()) {
                throw Failure.error("at least one resource must be specified");
            }
            Map<String, List<Object>> groups = new LinkedHashMap<>();
            for (String word : run.flags().list("resource")) {
                String[] parts = word.split("/", 2);
                ApiResource resource = run.mapper().require(parts[0]);
                String full = resource.name() + (parts.length > 1 ? "/" + parts[1] : "");
                groups.computeIfAbsent(resource.group(), group -> new ArrayList<>())
                        .add(full);
            }
            List<String> names = run.flags().list("resource-name");
            groups.forEach((group, resources) -> rules.add(Tree.mapOf(
                    "apiGroups",
                    Tree.listOf(group),
                    "resourceNames",
                    names.isEmpty() ? null : new ArrayList<Object>(names),
                    "resources",
                    resources,
                    "verbs",
                    new ArrayList<Object>(verbs))));
            if (!urls.isEmpty()) {
                rules.add(Tree.mapOf(
                        "nonResourceURLs", new ArrayList<Object>(urls), "verbs", new ArrayList<Object>(verbs)));
            }
        }
        Map<String, Object> labels = new LinkedHashMap<>();
        aggregation.forEach(pair -> labels.put(pair.split("=", 2)[0], pair.split("=", 2)[1]));
        return CreateCommand.generated(
                run,
                Tree.mapOf(
                        "aggregationRule",
                        labels.isEmpty()
                                ? null
                                : Tree.mapOf("clusterRoleSelectors", Tree.listOf(Tree.mapOf("matchLabels", labels))),
                        "apiVersion",
                        RBAC + "/v1",
                        "kind",
                        cluster ? "ClusterRole" : "Role",
                        "metadata",
                        Tree.mapOf("name", name),
                        "rules",
                        rules));
    }

    static int binding(Run run) {
        String name = GeneratorCommands.name(run);
        boolean cluster = run.command().path().endsWith("clusterrolebinding");
        String role = run.text("role");
        String clusterRole = run.text("clusterrole");
        if (cluster && clusterRole.isEmpty()) {
            throw GeneratorCommands.required("clusterrole");
        }
        if (role.isEmpty() == clusterRole.isEmpty()) {
            throw Failure.error("exactly one of clusterrole or role must be specified");
        }
        List<Object> subjects = new ArrayList<>();
        run.flags()
                .list("user")
                .forEach(user -> subjects.add(Tree.mapOf("apiGroup", RBAC, "kind", "User", "name", user)));
        run.flags()
                .list("group")
                .forEach(group -> subjects.add(Tree.mapOf("apiGroup", RBAC, "kind", "Group", "name", group)));
        for (String account : run.flags().list("serviceaccount")) {
            String[] parts = account.split(":", -1);
            if (parts.length != 2 || parts[0].isEmpty() || parts[1].isEmpty()) {
                throw Failure.error("serviceaccount must be <namespace>:<name>");
            }
            subjects.add(Tree.mapOf("kind", "ServiceAccount", "name", parts[1], "namespace", parts[0]));
        }
        return CreateCommand.generated(
                run,
                Tree.mapOf(
                        "apiVersion",
                        RBAC + "/v1",
                        "kind",
                        cluster ? "ClusterRoleBinding" : "RoleBinding",
                        "metadata",
                        Tree.mapOf("name", name),
                        "roleRef",
                        Tree.mapOf(
                                "apiGroup", RBAC,
                                "kind", role.isEmpty() ? "ClusterRole" : "Role",
                                "name", role.isEmpty() ? clusterRole : role),
                        "subjects",
                        subjects.isEmpty() ? null : subjects));
    }

    static int token(Run run) {
        String name = GeneratorCommands.name(run);
        Map<String, Object> spec = new LinkedHashMap<>();
        List<String> audiences = run.flags().list("audience");
        if (!audiences.isEmpty()) {
            spec.put("audiences", new ArrayList<Object>(audiences));
        }
        long seconds = run.flags().duration("duration").toSeconds();
        if (run.flags().changed("duration")) {
            if (seconds <= 0) {
                throw Failure.error("--duration must be positive");
            }
            spec.put("expirationSeconds", seconds);
        }
        String kind = run.text("bound-object-kind");
        if (!kind.isEmpty()) {
            if (run.text("bound-object-name").isEmpty()) {
                throw Failure.error("--bound-object-name is required if --bound-object-kind is provided");
            }
            spec.put(
                    "boundObjectRef",
                    Tree.mapOf(
                            "apiVersion",
                            "v1",
                            "kind",
                            kind,
                            "name",
                            run.text("bound-object-name"),
                            "uid",
                            run.text("bound-object-uid").isEmpty() ? null : run.text("bound-object-uid")));
        }
        String path = "/api/v1/namespaces/" + Urls.encode(run.namespace()) + "/serviceaccounts/" + Urls.encode(name)
                + "/token";
        Tree answer;
        try {
            answer = run.client()
                    .send(
                            "POST",
                            path,
                            Tree.mapOf("apiVersion", "authentication.k8s.io/v1", "kind", "TokenRequest", "spec", spec));
        } catch (Failure failure) {
            throw Failure.error("failed to create token: " + failure.bare());
        }
        run.report("v1", "ServiceAccount", run.namespace(), name);
        if (new Results(run).isFormatted()) {
            run.out()
                    .print(dev.kuar.kubectl.print.Printers.of(
                                    run.text("output"),
                                    run.text("template"),
                                    false,
                                    false,
                                    run.invocation().directory())
                            .print(answer));
        } else {
            run.line(answer.text("status", "token"));
        }
        return 0;
    }
}
