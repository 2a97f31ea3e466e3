package dev.kuar.kubectl.command;

import dev.kuar.kubectl.data.TabWriter;
import dev.kuar.kubectl.data.Tree;
import dev.kuar.kubectl.describe.PolicyRules;
import dev.kuar.kubectl.print.Printers;
import dev.kuar.kubectl.rest.ApiResource;
import dev.kuar.kubectl.rest.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code kubectl auth can-i} and {@code kubectl auth whoami}. */
final class AuthCommand {
    static final String CAN_FLAGS = """
            all-namespaces,A bool If true, check the specified action in all namespaces.
            list bool If true, prints all allowed actions.
            no-headers bool If true, prints allowed actions without headers.
            quiet,q bool If true, suppress output and just return the exit code.
            subresource string SubResource such as pod/log or deployment/scale.
            """;

    private AuthCommand() {}

    static int canI(Run run) {
        List<String> arguments = run.arguments();
        if (run.on("list")) {
            return list(run);
        }
        if (arguments.size() < 2 || arguments.size() > 3) {
            throw run.usage("you must specify two arguments: verb resource or verb resource/resourceName.\n"
                    + "See 'kubectl auth can-i -h' for help and examples.");
        }
        String verb = arguments.get(0);
        String what = arguments.get(1);
        Map<String, Object> spec;
        String namespace = run.on("all-namespaces") ? "" : run.namespace();
        if (what.startsWith("/")) {
            spec = Tree.mapOf("nonResourceAttributes", Tree.mapOf("path", what, "verb", verb));
        } else {
            String[] parts = what.split("/", 2);
            String name = arguments.size() > 2 ? arguments.get(2) : parts.length > 1 ? parts[1] : null;
            Optional<ApiResource> resource =
                    "*".equals(parts[0]) ? Optional.empty() : run.mapper().find(parts[0]);
            if (resource.isEmpty() && !"*".equals(parts[0])) {
                run.error("Warning: the server doesn't have a resource type '" + parts[0] + "'\n");
            }
            if (resource.isPresent() && !resource.get().namespaced() && !run.on("all-namespaces")) {
                run.error("Warning: resource '" + resource.get().name() + "' is not namespace scoped"
                        + (resource.get().group().isEmpty()
                                ? ""
                                : " in group '" + resource.get().group() + "'") + "\n");
            }
            spec = Tree.mapOf(
                    "resourceAttributes",
                    Tree.mapOf(
                            "group",
                            resource.map(ApiResource::group).orElse("*".equals(parts[0]) ? "*" : ""),
                            "name",
                            name,
                            "namespace",
                            namespace,
                            "resource",
                            resource.map(ApiResource::name).orElse(parts[0]),
                            "subresource",
                            run.text("subresource"),
                            "verb",
                            verb));
        }
        Tree answer = run.client()
                .send(
                        "POST",
                        "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
                        Tree.mapOf(
                                "apiVersion", "authorization.k8s.io/v1",
                                "kind", "SelfSubjectAccessReview",
                                "spec", spec));
        run.report("", "", namespace, "");
        boolean allowed = answer.flag("status", "allowed");
        if (!run.on("quiet")) {
            String reason = answer.text("status", "reason");
            String failure = answer.text("status", "evaluationError");
            run.line((allowed ? "yes" : "no")
                    + (allowed || reason.isEmpty() ? "" : " - " + reason)
                    + (failure.isEmpty() ? "" : " - " + failure));
        }
        return allowed ? 0 : 1;
    }

    private static int list(Run run) {
        Tree answer = run.client()
                .send(
                        "POST",
                        "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews",
                        Tree.mapOf(
                                "apiVersion", "authorization.k8s.io/v1",
                                "kind", "SelfSubjectRulesReview",
                                "spec", Tree.mapOf("namespace", run.namespace())));
        List<Tree> rules = new ArrayList<>(answer.items("status", "resourceRules"));
        rules.addAll(answer.items("status", "nonResourceRules"));
        StringBuilder text = new StringBuilder();
        if (!run.on("no-headers")) {
            text.append("Resources\tNon-Resource URLs\tResource Names\tVerbs\n");
        }
        PolicyRules.rows(rules).forEach(row -> text.append(row).append('\n'));
        run.out().print(TabWriter.TABLE.align(text.toString()));
        return 0;
    }

    static int whoAmI(Run run) {
        Tree answer = run.client()
                .send(
                        "POST",
                        "/apis/authentication.k8s.io/v1/selfsubjectreviews",
                        Tree.mapOf("apiVersion", "authentication.k8s.io/v1", "kind", "SelfSubjectReview"));
        if (!run.text("output").isEmpty()) {
            run.out()
                    .print(Printers.of(
                                    run.text("output"),
                                    "",
                                    false,
                                    false,
                                    run.invocation().directory())
                            .print(answer));
            return 0;
        }
        Tree user = answer.at("status", "userInfo");
        if (!user.isMap()) {
            throw Failure.error("the selfsubjectreviews API is not enabled in the cluster");
        }
        StringBuilder text = new StringBuilder("ATTRIBUTE\tVALUE\n");
        if (!user.text("username").isEmpty()) {
            text.append("Username\t").append(user.text("username")).append('\n');
        }
        if (!user.text("uid").isEmpty()) {
            text.append("UID\t").append(user.text("uid")).append('\n');
        }
        if (!user.texts("groups").isEmpty()) {
            text.append("Groups\t[")
                    .append(String.join(" ", user.texts("groups")))
                    .append("]\n");
        }
        user.map("extra").forEach((key, value) -> text.append("Extra: ")
                .append(key)
                .append("\t[")
                .append(String.join(" ", new Tree(value).texts()))
                .append("]\n"));
        run.out().print(TabWriter.TABLE.align(text.toString()));
        return 0;
    }
}
