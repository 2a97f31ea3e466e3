package dev.kuar.kubectl.command;

import dev.kuar.kubectl.data.Quantity;
import dev.kuar.kubectl.data.Tree;
import dev.kuar.kubectl.rest.Failure;
import dev.kuar.kubectl.rest.Urls;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Generators of deployments, jobs, budgets, classes and quotas. */
final class WorkloadGenerators {
    private WorkloadGenerators() {}

    private static List<String> words(Run run) {
        return run.dash() < 0
                ? List.of()
                : run.arguments().subList(run.dash(), run.arguments().size());
    }

    private static @Nullable Object command(Run run) {
        return words(run).isEmpty() ? null : new ArrayList<Object>(words(run));
    }

    private static Map<String, Object> empty() {
        return new LinkedHashMap<>();
    }

    static int deployment(Run run) {
        String name = GeneratorCommands.name(run);
        List<String> images = run.flags().list("image");
        if (images.isEmpty()) {
            throw GeneratorCommands.required("image");
        }
        if (images.size() > 1 && !words(run).isEmpty()) {
            throw Failure.error("cannot specify multiple --image options and command");
        }
        List<Object> containers = new ArrayList<>();
        for (String image : images) {
            String base = image.substring(image.lastIndexOf('/') + 1).split("[:@]", 2)[0];
            String port = run.text("port");
            containers.add(Tree.mapOf(
                    "command", command(run),
                    "image", image,
                    "name", base.replace('_', '-').replace('.', '-'),
                    "ports", port.isEmpty() ? null : Tree.listOf(Tree.mapOf("containerPort", Long.valueOf(port))),
                    "resources", empty()));
        }
        Map<String, Object> labels = Tree.mapOf("app", name);
        return CreateCommand.generated(
                run,
                Tree.mapOf(
                        "apiVersion",
                        "apps/v1",
                        "kind",
                        "Deployment",
                        "metadata",
                        Tree.mapOf("labels", labels, "name", name),
                        "spec",
                        Tree.mapOf(
                                "replicas",
                                run.flags().number("replicas"),
                                "selector",
                                Tree.mapOf("matchLabels", labels),
                                "strategy",
                                empty(),
                                "template",
                                Tree.mapOf(
                                        "metadata", Tree.mapOf("labels", labels),
                                        "spec", Tree.mapOf("containers", containers))),
                        "status",
                        empty()));
    }

    private static Map<String, Object> jobSpec(Run run, String name, String restart) {
        Map<String, Object> container =
                Tree.mapOf("command", command(run), "image", run.text("image"), "name", name, "resources", empty());
        return Tree.mapOf(
                "template",
                Tree.mapOf(
                        "metadata", empty(),
                        "spec", Tree.mapOf("containers", Tree.listOf(container), "restartPolicy", restart)));
    }

    static int job(Run run) {
        String name = GeneratorCommands.name(run);
        String from = run.text("from");
        if (from.isEmpty() == run.text("image").isEmpty()) {
            throw Failure.error("either --image or --from must be specified");
        }
        if (!from.isEmpty()) {
            return fromCronJob(run, name, from);
        }
        return CreateCommand.generated(
                run,
                Tree.mapOf(
                        "apiVersion", "batch/v1",
                        "kind", "Job",
                        "metadata", Tree.mapOf("name", name),
                        "spec", jobSpec(run, name, "Never"),
                        "status", empty()));
    }

    private static int fromCronJob(Run run, String name, String from) {
        String[] parts = from.split("/", 2);
        if (parts.length != 2
                || !"cronjobs".equals(run.mapper().require(parts[0]).name())) {
            throw Failure.error("from must be an existing cronjob");
        }
        Tree cron = run.client()
                .get("/apis/batch/v1/namespaces/" + Urls.encode(run.namespace()) + "/cronjobs/"
                        + Urls.encode(parts[1]));
        Map<String, Object> annotations =
                new LinkedHashMap<>(cron.map("spec", "jobTemplate", "metadata", "annotations"));
        annotations.put("cronjob.kubernetes.io/instantiate", "manual");
        Map<String, Object> owner = Tree.mapOf(
                "apiVersion",
                "batch/v1",
                "blockOwnerDeletion",
                true,
                "controller",
                true,
                "kind",
                "CronJob",
                "name",
                cron.name(),
                "uid",
                cron.text("metadata", "uid"));
        return CreateCommand.generated(
                run,
                Tree.mapOf(
                        "apiVersion",
                        "batch/v1",
                        "kind",
                        "Job",
                        "metadata",
                        Tree.mapOf(
                                "annotations",
                                annotations,
                                "labels",
                                cron.at("spec", "jobTemplate", "metadata", "labels")
                                        .value(),
                                "name",
                                name,
                                "ownerReferences",
                                Tree.listOf(owner)),
                        "spec",
                        cron.at("spec", "jobTemplate", "spec").value(),
                        "status",
                        empty()));
    }

    static int cronJob(Run run) {
        String name = GeneratorCommands.name(run);
        if (run.text("image").isEmpty() || run.text("schedule").isEmpty()) {
            throw run.text("image").isEmpty()
                    ? GeneratorCommands.required("image")
                    : GeneratorCommands.required("schedule");
        }
        String restart = run.text("restart").isEmpty() ? "OnFailure" : run.text("restart");
        return CreateCommand.generated(
                run,
                Tree.mapOf(
                        "apiVersion",
                        "batch/v1",
                        "kind",
                        "CronJob",
                        "metadata",
                        Tree.mapOf("name", name),
                        "spec",
                        Tree.mapOf(
                                "jobTemplate",
                                Tree.mapOf("metadata", Tree.mapOf("name", name), "spec", jobSpec(run, name, restart)),
                                "schedule",
                                run.text("schedule")),
                        "status",
                        empty()));
    }

    static int budget(Run run) {
        String name = GeneratorCommands.name(run);
        if (run.text("selector").isEmpty()) {
            throw GeneratorCommands.required("selector");
        }
        if (run.text("min-available").isEmpty() == run.text("max-unavailable").isEmpty()) {
            throw Failure.error("one of min-available or max-unavailable must be specified");
        }
        Map<String, Object> labels = new LinkedHashMap<>();
        for (String pair : run.text("selector").split(",")) {
            labels.put(pair.split("==?", 2)[0], pair.split("==?", 2)[1]);
        }
        return CreateCommand.generated(
                run,
                Tree.mapOf(
                        "apiVersion",
                        "policy/v1",
                        "kind",
                        "PodDisruptionBudget",
                        "metadata",
                        Tree.mapOf("name", name),
                        "spec",
                        Tree.mapOf(
                                "maxUnavailable", amount(run.text("max-unavailable")),
                                "minAvailable", amount(run.text("min-available")),
                                "selector", Tree.mapOf("matchLabels", labels)),
                        "status",
                        Tree.mapOf(
                                "currentHealthy", 0L,
                                "desiredHealthy", 0L,
                                "disruptionsAllowed", 0L,
                                "expectedPods", 0L)));
    }

    private static @Nullable Object amount(String text) {
        return text.isEmpty() ? null : text.matches("[0-9]+") ? (Object) Long.valueOf(text) : text;
    }

    static int priorityClass(Run run) {
        return CreateCommand.generated(
                run,
                Tree.mapOf(
                        "apiVersion",
                        "scheduling.k8s.io/v1",
                        "description",
                        run.text("description").isEmpty() ? null : run.text("description"),
                        "globalDefault",
                        run.on("global-default") ? true : null,
                        "kind",
                        "PriorityClass",
                        "metadata",
                        Tree.mapOf("name", GeneratorCommands.name(run)),
                        "preemptionPolicy",
                        run.text("preemption-policy"),
                        "value",
                        run.flags().number("value")));
    }

    static int quota(Run run) {
        Map<String, Object> hard = new LinkedHashMap<>();
        for (String pair : run.text("hard").split(",")) {
            if (!pair.isEmpty()) {
                String[] parts = pair.split("=", 2);
                if (parts.length != 2) {
                    throw Failure.error("Invalid argument syntax " + pair + ", expected <resource>=<value>");
                }
                hard.put(parts[0], Quantity.parse(parts[1]).toString());
            }
        }
        String scopes = run.text("scopes");
        return CreateCommand.generated(
                run,
                Tree.mapOf(
                        "apiVersion",
                        "v1",
                        "kind",
                        "ResourceQuota",
                        "metadata",
                        Tree.mapOf("name", GeneratorCommands.name(run)),
                        "spec",
                        Tree.mapOf(
                                "hard", hard.isEmpty() ? null : hard,
                                "scopes", scopes.isEmpty() ? null : new ArrayList<Object>(List.of(scopes.split(",")))),
                        "status",
                        empty()));
    }
}
