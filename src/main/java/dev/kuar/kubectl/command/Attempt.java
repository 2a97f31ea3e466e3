package dev.kuar.kubectl.command;

import dev.kuar.kubectl.data.ParseException;
import dev.kuar.kubectl.rest.ApiResource;
import dev.kuar.kubectl.rest.Failure;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What a run asked for by its words alone: told of a run that ended before it could tell more, as one does that asked for
 * an object that isn't there. Asks the server nothing.
 */
final class Attempt {
    private static final Set<String> ON_A_POD = Set.of("exec", "attach", "logs", "port-forward", "debug");
    private static final Set<String> ON_A_TYPE = Set.of(
            "get",
            "describe",
            "delete",
            "edit",
            "patch",
            "label",
            "annotate",
            "scale",
            "expose",
            "autoscale",
            "wait",
            "rollout",
            "taint");

    private Attempt() {}

    /** Tells of the run, unless it did so itself or its words name no kind. */
    static void report(Run run) {
        String verb = run.command().path().split(" ")[0];
        if (run.reported() || run.arguments().isEmpty()) {
            return;
        }
        try {
            if (ON_A_POD.contains(verb)) {
                run.report("v1", "Pod", run.namespace(), name(run.arguments().get(0)));
            } else if (run.command().path().equals("create token")) {
                run.report(
                        "v1", "ServiceAccount", run.namespace(), run.arguments().get(0));
            } else if (ON_A_TYPE.contains(verb)) {
                ofType(run);
            } else if (verb.equals("create") || verb.equals("run")) {
                run.report("", "", run.namespace(), run.arguments().get(0));
            }
        } catch (Failure | ParseException unknown) {
            // Without a kubeconfig or a server that answers nobody can tell which kind was meant.
        }
    }

    private static void ofType(Run run) {
        List<String> words = run.arguments();
        String type = words.get(0).split("[/,.]", 2)[0].toLowerCase(Locale.ROOT);
        Optional<ApiResource> found = run.client().shared().discovery().known().stream()
                .filter(resource -> calls(resource, type))
                .findFirst();
        if (found.isEmpty()) {
            return;
        }
        ApiResource resource = found.get();
        List<String> names = words.get(0).contains("/")
                ? words.stream().map(Attempt::name).toList()
                : words.subList(1, words.size());
        boolean all = run.flags().byName("all-namespaces") != null && run.on("all-namespaces");
        String namespace = resource.namespaced() && !all ? run.namespace() : "";
        run.report(resource.apiVersion(), resource.kind(), namespace, names, List.of());
    }

    private static boolean calls(ApiResource resource, String word) {
        return resource.name().equals(word)
                || resource.singular().equals(word)
                || resource.kind().toLowerCase(Locale.ROOT).equals(word)
                || resource.shortNames().contains(word);
    }

    private static String name(String word) {
        return word.substring(word.indexOf('/') + 1);
    }
}
