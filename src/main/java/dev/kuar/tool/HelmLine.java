package dev.kuar.tool;

import dev.kuar.process.Invocation;
import dev.kuar.process.Program;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A line of helm, understood.
 *
 * @param command {@code upgrade}, {@code repo add}
 * @param rest the words and flags after the command
 */
record HelmLine(Invocation run, String command, Arguments rest) {
    private static final Arguments.Flags FLAGS =
            Arguments.Flags.of("namespace,n", "kube-context", "kubeconfig", "debug!", "help,h!");
    private static final Set<String> VALUED = Set.of("-n", "--namespace", "--kube-context", "--kubeconfig");
    private static final Set<String> REPEATED = Set.of("--set", "--set-string", "--values", "-f");
    private static final Map<String, String> ALIASES = Map.of(
            "ls",
            "list",
            "delete",
            "uninstall",
            "del",
            "uninstall",
            "un",
            "uninstall",
            "repo ls",
            "repo list",
            "repo rm",
            "repo remove",
            "repo up",
            "repo update");

    /** Finds the command among flags. {@code groups} are the words that take a second one. */
    static HelmLine of(Invocation run, Set<String> groups, Map<String, Arguments.Flags> flags) {
        List<String> others = new ArrayList<>();
        String command = "";
        boolean open = true;
        List<String> words = run.arguments();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (word.startsWith("-") || !open) {
                others.add(word);
                if (VALUED.contains(word) && i + 1 < words.size()) {
                    others.add(words.get(++i));
                }
            } else {
                command = (command + " " + word).strip();
                command = ALIASES.getOrDefault(command, command);
                open = groups.contains(command);
            }
        }
        Arguments.Flags own = flags.getOrDefault(command, Arguments.Flags.of());
        Map<String, String> shorts = new LinkedHashMap<>(FLAGS.shorts());
        shorts.putAll(own.shorts());
        Arguments.Flags known =
                new Arguments.Flags(shorts, join(FLAGS.valued(), own.valued()), join(FLAGS.bare(), own.bare()));
        return new HelmLine(run, command, Arguments.parse(gathered(others), known));
    }

    private static Set<String> join(Set<String> some, Set<String> more) {
        Set<String> all = new java.util.LinkedHashSet<>(some);
        all.addAll(more);
        return all;
    }

    /** Flags that may be repeated become one, their values separated by commas. */
    private static List<String> gathered(List<String> words) {
        Map<String, String> values = new LinkedHashMap<>();
        List<String> others = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            int equals = word.indexOf('=');
            String flag = equals < 0 ? word : word.substring(0, equals);
            if (!REPEATED.contains(flag) || (equals < 0 && i + 1 >= words.size())) {
                others.add(word);
                continue;
            }
            String name = flag.equals("-f") ? "--values" : flag;
            values.merge(name, equals < 0 ? words.get(++i) : word.substring(equals + 1), (a, b) -> a + "," + b);
        }
        values.forEach((name, value) -> others.add(name + "=" + value));
        return others;
    }

    String word(int index) {
        return rest.word(index);
    }

    String flag(String name) {
        return rest.flag(name, "");
    }

    boolean has(String name) {
        return rest.has(name);
    }

    HelmKubectl kubectl(Program kubectl) {
        List<String> reach = new ArrayList<>();
        rest.flag("kube-context").ifPresent(c -> reach.add("--context=" + c));
        rest.flag("kubeconfig").ifPresent(c -> reach.add("--kubeconfig=" + c));
        return new HelmKubectl(kubectl, run, reach);
    }

    String namespace(HelmKubectl kubectl) throws InterruptedException {
        String named = rest.flag("namespace").orElse(run.environment().getOrDefault("HELM_NAMESPACE", ""));
        return named.isEmpty() ? kubectl.currentNamespace() : named;
    }

    /** @throws ToolFailure unless there are as many words as the command takes */
    void takes(int least, int most, String usage) {
        int count = rest.words().size();
        if (count >= least && count <= most) {
            return;
        }
        String number =
                (count < least && most > least ? "at least " + least : String.valueOf(count < least ? least : most))
                        + (Math.max(least, 1) == 1 && most <= 1 ? " argument" : " arguments");
        throw HelmTool.error("\"helm " + command + "\" requires " + number + "\n\nUsage:  helm " + command + " " + usage
                + " [flags]");
    }

    /** A table as Helm draws it: cells padded, tab stops between. */
    static String table(List<List<String>> rows) {
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                int column = i;
                int width = rows.stream()
                        .mapToInt(r -> r.get(column).length())
                        .max()
                        .orElse(0);
                text.append(i == 0 ? "" : "\t")
                        .append(row.get(i))
                        .append(" ".repeat(width - row.get(i).length()));
            }
            text.append('\n');
        }
        return text.toString();
    }
}
