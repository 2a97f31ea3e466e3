package dev.kuar.kubectl.command;

import dev.kuar.kubectl.data.Json;
import dev.kuar.kubectl.data.Tree;
import dev.kuar.kubectl.rest.Failure;
import dev.kuar.kubectl.rest.Urls;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code kubectl create -f}, and the creation that generators share. */
final class CreateCommand {
    static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";
    static final String FLAGS = Results.FLAGS + """
            edit bool Edit the API resource before creating.
            field-manager string=kubectl-create Name of the manager used to track field ownership.
            filename,f strings Filename, directory, or URL to files to use to create the resource.
            kustomize,k string Process the kustomization directory.
            raw string Raw URI to POST to the server.
            recursive,R bool Process the directory used in -f, --filename recursively.
            save-config bool If true, the configuration of current object will be saved in its annotation.
            selector,l string Selector (label query) to filter on.
            validate string=strict|strict Must be one of: strict (or true), warn, ignore (or false).
            windows-line-endings bool Only relevant if --edit=true.
            """;

    /** How generators begin the report of a refusal; the others leave it as it is. */
    private static final Map<String, String> FAILED = Map.ofEntries(
            Map.entry("create deployment", "failed to create deployment: "),
            Map.entry("create configmap", "failed to create configmap: "),
            Map.entry("create secret generic", "failed to create secret "),
            Map.entry("create secret tls", "failed to create secret "),
            Map.entry("create secret docker-registry", "failed to create secret "),
            Map.entry("create serviceaccount", "failed to create serviceaccount: "),
            Map.entry("create rolebinding", "failed to create rolebinding: "),
            Map.entry("create clusterrolebinding", "failed to create clusterrolebinding: "),
            Map.entry("create quota", "failed to create quota: "),
            Map.entry("create poddisruptionbudget", "failed to create poddisruptionbudgets: "),
            Map.entry("create priorityclass", "failed to create priorityclass: "),
            Map.entry("create ingress", "failed to create ingress: "),
            Map.entry("create job", "failed to create job: "),
            Map.entry("create cronjob", "failed to create cronjob: "),
            Map.entry("create service clusterip", "failed to create ClusterIP service: "),
            Map.entry("create service nodeport", "failed to create NodePort service: "),
            Map.entry("create service loadbalancer", "failed to create LoadBalancer service: "),
            Map.entry("create service externalname", "failed to create ExternalName service: "));

    private CreateCommand() {}

    static int run(Run run) {
        if (!new Manifests(run).isGiven()) {
            if (!run.arguments().isEmpty()) {
                throw run.usage("Unexpected args: [" + String.join(" ", run.arguments()) + "]");
            }
            throw Failure.error("must specify one of -f and -k");
        }
        if (!run.arguments().isEmpty()) {
            throw run.usage("Unexpected args: [" + String.join(" ", run.arguments()) + "]");
        }
        Results results = new Results(run);
        ResourceBuilder builder = new ResourceBuilder(run);
        for (Info info : builder.files()) {
            try {
                if (run.on("save-config")) {
                    saveConfig(info.object());
                }
                Info made = results.dryClient() ? info : info.with(post(run, info, results));
                results.print(made, "created");
            } catch (Failure failure) {
                builder.failures().add(failure.during("creating", info.source()));
            }
        }
        return GetCommand.failed(run, builder);
    }

    /** Writes the object as it is, without the annotation itself, into the annotation of apply. */
    static void saveConfig(Tree object) {
        object.set(lastApplied(object), "metadata", "annotations", LAST_APPLIED);
    }

    static String lastApplied(Tree object) {
        Tree copy = object.copy();
        if (copy.has("metadata", "annotations")) {
            copy.at("metadata", "annotations").map().remove(LAST_APPLIED);
        } else {
            copy.set(new LinkedHashMap<String, Object>(), "metadata", "annotations");
        }
        return Json.sorted(copy.value()) + "\n";
    }

    static Tree post(Run run, Info info, Results results) {
        return run.client()
                .send(
                        "POST",
                        Urls.query(info.collection(), parameters(run, results)),
                        info.object().value());
    }

    /** Field manager, dry run and field validation of a request that writes. */
    static Map<String, String> parameters(Run run, Results results) {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("dryRun", results.dryRunParameter());
        query.put("fieldManager", run.text("field-manager"));
        String validate = run.text("validate");
        query.put(
                "fieldValidation",
                switch (validate) {
                    case "", "strict", "true" -> "Strict";
                    case "warn" -> "Warn";
                    default -> "Ignore";
                });
        return query;
    }

    /** Creates what a generator made, and prints it. */
    static int generated(Run run, Map<String, Object> object) {
        return generated(run, object, "created");
    }

    /** The same for expose. */
    static int exposed(Run run, Map<String, Object> object) {
        return generated(run, object, "exposed");
    }

    /** Creates what a generator made, and says {@code done}. */
    static int generated(Run run, Map<String, Object> object, String done) {
        Results results = new Results(run);
        Tree tree = new Tree(object);
        var resource = run.mapper()
                .ofKind(tree.apiVersion(), tree.kind())
                .orElseThrow(() -> Failure.error(
                        "no matches for kind \"" + tree.kind() + "\" in version \"" + tree.apiVersion() + "\""));
        if (resource.namespaced() && (run.namespaceGiven() || !results.dryClient())) {
            Map<String, Object> metadata = new LinkedHashMap<>(tree.map("metadata"));
            metadata.put("namespace", run.namespace());
            object.put("metadata", metadata);
        }
        if (run.on("save-config")) {
            saveConfig(tree);
        }
        Info info = new Info(resource, resource.namespaced() ? run.namespace() : "", tree.name(), tree, "");
        if (!results.dryClient()) {
            try {
                info = info.with(post(run, info, results));
            } catch (Failure failure) {
                String head = FAILED.getOrDefault(run.command().path(), "");
                throw head.isEmpty() || !failure.status().isMap() ? failure : Failure.error(head + failure.bare());
            }
        }
        results.print(info, done);
        return 0;
    }
}
