package dev.kuar.kubectl.command;

import dev.kuar.kube.Kubeconfig;
import dev.kuar.kubectl.data.Tree;
import dev.kuar.kubectl.rest.Failure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** {@code kubectl options, plugin list, completion, config set, config unset}. */
final class SmallCommands {
    private SmallCommands() {}

    static int options(Run run) {
        run.line("The following options can be passed to any command:\n");
        for (Flag flag : Flag.parse(GlobalFlags.FLAGS)) {
            String standard = "string".equals(flag.type()) ? "'" + flag.standard() + "'" : flag.standard();
            run.line("    " + (flag.shorthand().isEmpty() ? "" : "-" + flag.shorthand() + ", ") + "--" + flag.name()
                    + "=" + ("array".equals(flag.type()) ? "[]" : standard) + ":\n\t" + flag.help() + "\n");
        }
        return 0;
    }

    static int plugins(Run run) {
        List<String> found = new ArrayList<>();
        for (String folder :
                run.invocation().environment().getOrDefault("PATH", "").split(java.io.File.pathSeparator)) {
            if (folder.isEmpty() || !Files.isDirectory(Path.of(folder))) {
                continue;
            }
            try (Stream<Path> files = Files.list(Path.of(folder))) {
                files.filter(file -> String.valueOf(file.getFileName()).startsWith("kubectl-"))
                        .filter(Files::isExecutable)
                        .map(Path::toString)
                        .sorted()
                        .forEach(found::add);
            } catch (java.io.IOException unreadable) {
                run.error("Unable to read directory \"" + folder + "\" from your PATH: permission denied. Skipping...");
            }
        }
        if (found.isEmpty()) {
            throw Failure.error("unable to find any kubectl plugins in your PATH");
        }
        run.line("The following compatible plugins are available:\n");
        found.forEach(run::line);
        return 0;
    }

    static int completion(Run run) {
        Set<String> shells = Set.of("bash", "zsh", "fish", "powershell");
        if (run.arguments().size() != 1) {
            throw run.usage(
                    run.arguments().isEmpty()
                            ? "Shell not specified."
                            : "Too many arguments. Expected only the shell type.");
        }
        String shell = run.arguments().get(0);
        if (!shells.contains(shell)) {
            throw run.usage("Unsupported shell type \"" + shell + "\".");
        }
        throw Failure.error("completion is built into kuar's own shell; there is no script for " + shell);
    }

    private static Kubeconfig file(Run run) {
        Path target = run.config().files().stream()
                .filter(Files::exists)
                .findFirst()
                .orElse(run.config().files().get(0));
        return Kubeconfig.load(target);
    }

    private static List<String> steps(String property) {
        return List.of(property.split("\\."));
    }

    static int set(Run run) {
        if (run.arguments().size() != 2) {
            throw run.usage("unexpected args: [" + String.join(" ", run.arguments()) + "]");
        }
        String property = run.arguments().get(0);
        Kubeconfig file = file(run);
        change(file, steps(property), run.arguments().get(1));
        file.save();
        run.line("Property \"" + property + "\" set.");
        return 0;
    }

    static int unset(Run run) {
        if (run.arguments().size() != 1) {
            throw run.usage("unexpected args: [" + String.join(" ", run.arguments()) + "]");
        }
        Kubeconfig file = file(run);
        change(file, steps(run.arguments().get(0)), "");
        file.save();
        run.line("Property \"" + run.arguments().get(0) + "\" unset.");
        return 0;
    }

    /** Sets a property such as {@code contexts.my-context.namespace}; an empty value takes it away. */
    private static void change(Kubeconfig file, List<String> steps, String value) {
        Tree tree = new Tree(file.tree());
        if (steps.size() == 1) {
            tree.set(value.isEmpty() ? null : value, steps.get(0));
            return;
        }
        String section = steps.get(0);
        if (!Set.of("contexts", "clusters", "users").contains(section)) {
            throw Failure.error("unable to parse \"" + String.join(".", steps) + "\": unknown property");
        }
        if (steps.size() == 2 && value.isEmpty()) {
            file.remove(section, steps.get(1));
            return;
        }
        String body = section.substring(0, section.length() - 1);
        for (Tree entry : tree.items(section)) {
            if (entry.text("name").equals(steps.get(1))) {
                List<String> path = new ArrayList<>(List.of(body));
                path.addAll(steps.subList(2, steps.size()));
                Object typed = "true".equals(value) || "false".equals(value) ? (Object) Boolean.valueOf(value) : value;
                entry.set(value.isEmpty() ? null : typed, path.toArray(new String[0]));
                return;
            }
        }
        throw Failure.error("no entry " + steps.get(1) + " in " + section);
    }
}
