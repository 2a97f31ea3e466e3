package dev.kuar.guard;

import dev.kuar.kube.CommandRun;
import dev.kuar.kubectl.data.Tree;
import dev.kuar.kubectl.rest.KubeConfig;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which runs of the providers' tools make a cluster, and what is remembered of it.
 *
 * <p>A context counts as made only where it is new: a server that the learner's own kubeconfigs know was there before.
 */
final class Creations {
    private Creations() {}

    /** Whether a run with these words makes a cluster, or fetches the context of one that kuar made. */
    static boolean isCreation(String tool, List<String> words, TrustBook trust) {
        List<String> plain =
                words.stream().filter(word -> !word.startsWith("-")).toList();
        return switch (tool) {
            case "kind" -> starts(plain, "create", "cluster");
            case "minikube" -> starts(plain, "start");
            case "eksctl" -> starts(plain, "create", "cluster");
            case "gcloud" -> plain.contains("clusters") && (plain.contains("create") || plain.contains("create-auto"));
            case "az" ->
                starts(plain, "aks", "create")
                        || (starts(plain, "aks", "get-credentials")
                                && hasMade(trust, MadeName.of("az", "", words).cluster()));
            default -> false;
        };
    }

    private static boolean hasMade(TrustBook trust, String cluster) {
        return trust.created().stream()
                .anyMatch(e -> e.tool().equals("az") && e.cluster().equals(cluster));
    }

    private static boolean starts(List<String> words, String... with) {
        return words.size() >= with.length && words.subList(0, with.length).equals(List.of(with));
    }

    /** Writes the new contexts of kuar's kubeconfig into the book. */
    static void remember(CommandRun run, GuardedKubeconfig kubeconfig, ForeignContexts contexts, TrustBook trust) {
        KubeConfig now = kubeconfig.read();
        Set<String> before = contexts.config().merged().items("clusters").stream()
                .map(cluster -> cluster.text("cluster", "server"))
                .collect(Collectors.toSet());
        List<String> fresh = kubeconfig.strays(now);
        for (String context : fresh) {
            Tree cluster = now.entry("clusters", now.entry("contexts", context).text("cluster"));
            if (!before.contains(cluster.text("server"))) {
                MadeName made = MadeName.of(run.tool(), context, run.arguments());
                trust.created(new TrustBook.Entry(
                        context,
                        cluster.text("server"),
                        TrustBook.digest(Recognition.pem(ForeignContexts.authority(cluster))),
                        "",
                        run.tool(),
                        made.cluster(),
                        made.place()));
            }
        }
        if (fresh.isEmpty() && run.tool().equals("az")) {
            MadeName made = MadeName.of("az", "", run.arguments());
            trust.created(new TrustBook.Entry("", "", "", "", "az", made.cluster(), made.place()));
        }
    }
}
