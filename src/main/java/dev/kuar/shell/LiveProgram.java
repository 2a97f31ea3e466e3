package dev.kuar.shell;

import dev.kuar.cli.LiveFacts;
import dev.kuar.output.Language;
import dev.kuar.output.Messages;
import dev.kuar.output.SafeText;
import dev.kuar.process.CompletionSource;
import dev.kuar.process.Invocation;
import dev.kuar.process.ProgramRegistry;
import dev.kuar.shell.language.Costs;
import dev.kuar.shell.language.Session;
import dev.kuar.shell.language.SessionProgram;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** {@code live [on TOOL [--yes] | off TOOL]}: which of the book's tools are the real programs. */
final class LiveProgram implements SessionProgram, CompletionSource {
    private static final int USAGE = 2;
    private static final int MISSING = 3;
    /** The tools of the book. */
    static final Set<String> TOOLS =
            Set.of("aws", "az", "docker", "eksctl", "gcloud", "helm", "kind", "kubectl", "minikube");

    @Override
    public int run(Session session, Invocation invocation) throws InterruptedException {
        Messages messages = new Messages(Language.of(session.environment()));
        SortedSet<String> live = new TreeSet<>(
                Arrays.asList(session.variable(ProgramRegistry.LIVE).split(",")));
        live.remove("");
        List<String> words = new ArrayList<>(invocation.arguments());
        boolean yes = words.remove("--yes");
        if (words.isEmpty()) {
            String text = live.isEmpty()
                    ? messages.text("shell.live-none")
                    : messages.text("shell.live-are", String.join(", ", live));
            invocation.output().print(text + "\n");
            return 0;
        }
        if (words.size() != 2 || !(words.get(0).equals("on") || words.get(0).equals("off"))) {
            invocation.error().print(messages.text("shell.live-usage") + "\n");
            return USAGE;
        }
        String tool = words.get(1);
        if (words.get(0).equals("off")) {
            live.remove(tool);
        } else {
            int refused = hand(tool, invocation, messages);
            if (refused != 0) {
                return refused;
            }
            live.add(tool);
        }
        export(session, ProgramRegistry.LIVE, String.join(",", live));
        if (yes) {
            export(session, Costs.AGREED, "1");
        }
        return 0;
    }

    @Override
    public Map<String, String> complete(List<String> words, String prefix, Map<String, String> environment) {
        SortedSet<String> offered = new TreeSet<>();
        if (words.isEmpty()) {
            offered.addAll(List.of("on", "off"));
        } else if (words.equals(List.of("on"))) {
            offered.addAll(TOOLS);
        } else if (words.equals(List.of("off"))) {
            offered.addAll(Arrays.asList(
                    environment.getOrDefault(ProgramRegistry.LIVE, "").split(",")));
        }
        Map<String, String> values = new TreeMap<>();
        offered.stream()
                .filter(word -> !word.isEmpty() && word.startsWith(prefix))
                .forEach(word -> values.put(word, ""));
        return values;
    }

    private static void export(Session session, String name, String value) {
        session.assign(name, value);
        session.export(name);
    }

    /** Shows what the real program is; not 0 where there is none. */
    private static int hand(String tool, Invocation invocation, Messages messages) throws InterruptedException {
        if (!TOOLS.contains(tool)) {
            invocation
                    .error()
                    .print(messages.text(
                                    "shell.live-unknown", SafeText.of(tool), String.join(", ", new TreeSet<>(TOOLS)))
                            + "\n");
            return USAGE;
        }
        Optional<Path> program = ProgramRegistry.onPath(tool, invocation.environment(), invocation.directory());
        if (program.isEmpty()) {
            invocation.error().print(messages.text("shell.live-missing", tool) + "\n");
            return MISSING;
        }
        new LiveFacts(program.get(), invocation.environment(), invocation.directory())
                .of(tool)
                .forEach((key, value) -> invocation.output().print(messages.text(key, value) + "\n"));
        invocation.output().print(messages.text(LiveFacts.cost(tool), tool) + "\n");
        invocation.output().print(messages.text("shell.live-warning", tool) + "\n");
        return 0;
    }
}
