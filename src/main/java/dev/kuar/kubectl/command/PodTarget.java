package dev.kuar.kubectl.command;

import dev.kuar.kubectl.data.Tree;
import dev.kuar.kubectl.describe.Selectors;
import dev.kuar.kubectl.rest.Failure;
import dev.kuar.kubectl.rest.Urls;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Finds the pod and container that exec, logs and their like mean. */
final class PodTarget {
    static final String DEFAULT = "kubectl.kubernetes.io/default-container";

    private final Run run;
    private final String namespace;

    PodTarget(Run run) {
        this(run, run.namespace());
    }

    PodTarget(Run run, String namespace) {
        this.run = run;
        this.namespace = namespace;
    }

    /** Fails where nobody may enter a pod, whether there is one of that name or not. */
    PodTarget entered(String word, String subresource) {
        run.client().mayUpgrade(path(word.substring(word.indexOf('/') + 1)) + "/" + subresource);
        return this;
    }

    /** The pod that POD or TYPE/NAME names; of several the one that is best off. */
    Tree pod(String word) {
        List<Tree> pods = pods(word);
        if (pods.isEmpty()) {
            throw Failure.error("no pods found");
        }
        return pods.get(0);
    }

    /** The pods behind POD or TYPE/NAME, the best first. */
    List<Tree> pods(String word) {
        if (!word.contains("/")) {
            return List.of(run.client().get(path(word)));
        }
        Info info = new ResourceBuilder(run).named(List.of(word)).get(0);
        if ("pods".equals(info.resource().name()) && info.resource().group().isEmpty()) {
            return List.of(run.client().get(path(info.name())));
        }
        Tree owner = run.client().get(info.path());
        String selector = Selectors.ofWorkload(owner);
        if (selector.isEmpty()) {
            throw Failure.error("cannot get the logs from " + info.resource().apiVersion() + ", Kind="
                    + info.resource().kind() + ": selector for " + info.name() + " is empty");
        }
        return selected(selector, "");
    }

    List<Tree> selected(String selector, String fields) {
        String path = Urls.query(
                "/api/v1/namespaces/" + Urls.encode(namespace) + "/pods",
                Map.of("labelSelector", selector, "fieldSelector", fields));
        List<Tree> pods = new ArrayList<>(run.client().get(path).items("items"));
        pods.sort(
                Comparator.comparing((Tree pod) -> pod.text("spec", "nodeName").isEmpty())
                        .thenComparing(pod -> !"Running".equals(pod.text("status", "phase")))
                        .thenComparing(pod -> !ready(pod))
                        .thenComparing(pod -> pod.text("metadata", "creationTimestamp")));
        return pods;
    }

    private static boolean ready(Tree pod) {
        return pod.items("status", "conditions").stream()
                .anyMatch(each -> "Ready".equals(each.text("type")) && "True".equals(each.text("status")));
    }

    String path(String pod) {
        return "/api/v1/namespaces/" + Urls.encode(namespace) + "/pods/" + Urls.encode(pod);
    }

    static List<String> names(Tree pod, String field) {
        return pod.items("spec", field).stream().map(each -> each.text("name")).toList();
    }

    /** All containers as kubectl lists them: {@code first, second, setup (init)}. */
    static String list(Tree pod) {
        List<String> all = new ArrayList<>(names(pod, "containers"));
        names(pod, "ephemeralContainers").forEach(name -> all.add(name + " (ephem)"));
        names(pod, "initContainers").forEach(name -> all.add(name + " (init)"));
        return all.stream().collect(Collectors.joining(", "));
    }

    /** The container that a flag names, else the pod's default one, which is told. */
    String container(Tree pod, String wanted, boolean quiet) {
        if (!wanted.isEmpty()) {
            boolean known = names(pod, "containers").contains(wanted)
                    || names(pod, "initContainers").contains(wanted)
                    || names(pod, "ephemeralContainers").contains(wanted);
            if (!known) {
                throw Failure.error(
                        "container " + wanted + " is not valid for pod " + pod.name() + " out of: " + list(pod));
            }
            return wanted;
        }
        String annotated = pod.text("metadata", "annotations", DEFAULT);
        if (names(pod, "containers").contains(annotated)) {
            return annotated;
        }
        String first = names(pod, "containers").get(0);
        if (!quiet && list(pod).contains(",")) {
            run.error("Defaulted container \"" + first + "\" out of: " + list(pod));
        }
        return first;
    }
}
