package dev.kuar.shell;

import dev.kuar.kube.CommandRun;
import dev.kuar.output.Closest;
import dev.kuar.output.Console;
import dev.kuar.output.SafeText;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A word beside an answer of kubectl that leaves a beginner alone: no cluster, no such kind, the wrong namespace. The answer
 * itself stays as Kubernetes worded it. Each thing is said once in a session, and only where the tutor says nothing.
 */
final class Coach implements Consumer<CommandRun> {
    private static final Pattern NO_KIND = Pattern.compile("the server doesn't have a resource type \"([^\"]+)\"");
    private static final Pattern NOTHING = Pattern.compile("No resources found in (\\S+) namespace\\.");
    private static final Pattern NOT_FOUND = Pattern.compile("\\(NotFound\\): (\\S+) \"([^\"]+)\" not found");
    private static final List<String> KINDS = List.of(
            "nodes",
            "pods",
            "services",
            "namespaces",
            "deployments",
            "daemonsets",
            "replicasets",
            "statefulsets",
            "jobs",
            "cronjobs",
            "configmaps",
            "secrets",
            "events",
            "endpoints",
            "endpointslices",
            "ingresses",
            "leases",
            "serviceaccounts",
            "roles",
            "rolebindings",
            "clusterroles",
            "clusterrolebindings",
            "persistentvolumes",
            "persistentvolumeclaims",
            "storageclasses",
            "componentstatuses");

    /** How the built-in kubectl and those of the system end where no cluster is chosen. */
    private static final String NOWHERE = "The connection to the server localhost:8080 was refused";

    private static final int NAMED = 5;

    private final Supplier<List<String>> contexts;
    private final Set<String> told = new HashSet<>();
    private volatile @Nullable CommandRun last;

    /** {@code contexts} are those of kuar's kubeconfig, asked for where none of them is in use. */
    Coach(Supplier<List<String>> contexts) {
        this.contexts = contexts;
    }

    @Override
    public void accept(CommandRun run) {
        last = run.tool().equals("kubectl") ? run : null;
    }

    /** Forgets what ran before a line. */
    void lineBegins() {
        last = null;
    }

    /** Says what there is to say about the last program of a line. */
    void lineEnded(Console console) {
        CommandRun run = last;
        if (run == null) {
            return;
        }
        Matcher kind = NO_KIND.matcher(run.error());
        Matcher nothing = NOTHING.matcher(run.error());
        Matcher missing = NOT_FOUND.matcher(run.error());
        if (run.error().contains(NOWHERE)) {
            sayWhere(console::hinted, console);
        } else if (kind.find()) {
            String asked = kind.group(1);
            List<String> meant = Closest.to(asked, KINDS);
            if (meant.isEmpty()) {
                say(console, "no-kind", SafeText.of(asked));
            } else {
                say(console, "kind-meant", SafeText.of(asked), meant.get(0));
            }
        } else if (nothing.find()) {
            boolean asked = run.flags().containsKey("namespace");
            say(console, asked ? "nothing-in" : "nothing-here", SafeText.of(nothing.group(1)));
        } else if (missing.find() && !run.namespace().isEmpty()) {
            say(console, "not-found", SafeText.of(missing.group(2)), SafeText.of(run.namespace()), missing.group(1));
        }
    }

    /** After a single command: only where there is no cluster to ask, beside its answer. */
    void commandEnded(Console console) {
        CommandRun run = last;
        if (run != null && run.error().contains(NOWHERE)) {
            sayWhere(console::remark, console);
        }
    }

    private void sayWhere(Consumer<String> place, Console console) {
        List<String> names = contexts.get();
        if (names.isEmpty()) {
            say(place, console, "no-cluster");
        } else {
            String listed = String.join(", ", names.subList(0, Math.min(NAMED, names.size())));
            String more = names.size() > NAMED ? ", ..." : "";
            say(place, console, "no-context", SafeText.of(listed + more), SafeText.of(names.get(0)));
        }
    }

    private void say(Console console, String key, Object... arguments) {
        say(console::hinted, console, key, arguments);
    }

    private void say(Consumer<String> place, Console console, String key, Object... arguments) {
        if (told.add(key)) {
            place.accept(console.messages().text("shell.coach." + key, arguments));
        }
    }
}
