package dev.kuar.kubectl.command;

import dev.kuar.error.UserException;
import dev.kuar.kube.Kubeconfig;
import dev.kuar.kubectl.data.TabWriter;
import dev.kuar.kubectl.data.Tree;
import dev.kuar.kubectl.print.Printers;
import dev.kuar.kubectl.rest.Failure;
import dev.kuar.kubectl.rest.KubeConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code kubectl config}: looks at kubeconfig files and changes them. */
final class ConfigCommand {
    static final String VIEW_FLAGS = Results.FLAGS + """
            flatten bool Flatten the resulting kubeconfig file into self-contained output.
            merge bool=true Merge the full hierarchy of kubeconfig files.
            minify bool Remove all information not used by current-context from the output.
            raw bool Display raw byte data and sensitive data.
            """;
    static final String LIST_FLAGS =
            "no-headers bool When using the default or custom-column output format, don't print headers.\n"
                    + "output,o string Output format. One of: (name).\n";

    private ConfigCommand() {}

    private static Kubeconfig file(Run run, String origin) {
        KubeConfig config = run.config();
        List<Path> files = KubeConfig.filesOf(
                run.flags().givenOrNull("kubeconfig"),
                run.invocation().environment(),
                run.invocation().directory());
        Path target = config.origins()
                .getOrDefault(
                        origin,
                        files.stream()
                                .filter(java.nio.file.Files::exists)
                                .findFirst()
                                .orElse(files.get(files.size() - 1)));
        try {
            return Kubeconfig.load(target);
        } catch (UserException failure) {
            throw Failure.error(String.valueOf(failure.getMessage()), failure);
        }
    }

    private static String one(Run run, String what) {
        if (run.arguments().size() != 1) {
            throw run.usage("unexpected args: [" + String.join(" ", run.arguments()) + "]" + what);
        }
        return run.arguments().get(0);
    }

    static int view(Run run) {
        Tree config = run.config().merged().copy();
        String current = run.flags().changed("context")
                ? run.text("context")
                : run.config().currentContext();
        if (run.on("minify")) {
            Tree context = run.config().entry("contexts", current);
            if (!run.config().hasEntry("contexts", current)) {
                throw Failure.error("cannot locate context " + current);
            }
            keep(config, "contexts", current);
            keep(config, "clusters", context.text("cluster"));
            keep(config, "users", context.text("user"));
        }
        if (!run.on("raw")) {
            hide(config);
        }
        Map<String, Object> whole = Tree.mapOf(
                "apiVersion",
                "v1",
                "clusters",
                orNull(config, "clusters"),
                "contexts",
                orNull(config, "contexts"),
                "current-context",
                current,
                "kind",
                "Config",
                "users",
                orNull(config, "users"));
        for (String section : List.of("clusters", "contexts", "users")) {
            if (!whole.containsKey(section)) {
                Tree.put(whole, section, null);
            }
        }
        String output = run.text("output").isEmpty() && run.text("template").isEmpty() ? "yaml" : run.text("output");
        run.out()
                .print(Printers.of(
                                output,
                                run.text("template"),
                                false,
                                false,
                                run.invocation().directory())
                        .print(new Tree(whole)));
        return 0;
    }

    private static @Nullable Object orNull(Tree config, String section) {
        return config.items(section).isEmpty() ? null : config.at(section).value();
    }

    private static void keep(Tree config, String section, String name) {
        config.listAt(section).removeIf(entry -> !new Tree(entry).text("name").equals(name));
    }

    private static void hide(Tree config) {
        for (Tree cluster : config.items("clusters")) {
            mask(cluster.at("cluster"), "certificate-authority-data", "DATA+OMITTED");
        }
        for (Tree user : config.items("users")) {
            mask(user.at("user"), "client-certificate-data", "DATA+OMITTED");
            mask(user.at("user"), "client-key-data", "DATA+OMITTED");
            mask(user.at("user"), "token", "REDACTED");
            mask(user.at("user"), "password", "REDACTED");
        }
    }

    private static void mask(Tree entry, String field, String with) {
        if (!entry.text(field).isEmpty()) {
            entry.set(with, field);
        }
    }

    static int getContexts(Run run) {
        KubeConfig config = run.config();
        StringBuilder text = new StringBuilder();
        boolean names = "name".equals(run.text("output"));
        if (!names && !run.on("no-headers")) {
            text.append("CURRENT\tNAME\tCLUSTER\tAUTHINFO\tNAMESPACE\n");
        }
        List<String> chosen = new ArrayList<>(run.arguments());
        List<String> all = config.merged().items("contexts").stream()
                .map(each -> each.text("name"))
                .sorted()
                .toList();
        for (String name : chosen.isEmpty() ? all : chosen) {
            if (!all.contains(name)) {
                throw Failure.error("context " + name + " not found");
            }
            Tree context = config.entry("contexts", name);
            text.append(
                    names
                            ? name + "\n"
                            : (name.equals(config.currentContext()) ? "*" : "") + "\t" + name + "\t"
                                    + context.text("cluster") + "\t" + context.text("user") + "\t"
                                    + context.text("namespace") + "\n");
        }
        run.out().print(names ? text.toString() : TabWriter.TABLE.align(text.toString()));
        return 0;
    }

    static int currentContext(Run run) {
        String current = run.config().currentContext();
        if (current.isEmpty()) {
            throw Failure.error("current-context is not set");
        }
        run.line(current);
        return 0;
    }

    static int useContext(Run run) {
        String name = one(run, "");
        if (!run.config().hasEntry("contexts", name)) {
            throw Failure.error("no context exists with the name: \"" + name + "\"");
        }
        Kubeconfig file = file(run, "current-context");
        file.useContext(name);
        file.save();
        run.line("Switched to context \"" + name + "\".");
        return 0;
    }

    static int getClusters(Run run) {
        return names(run, "clusters");
    }

    static int getUsers(Run run) {
        return names(run, "users");
    }

    private static int names(Run run, String section) {
        run.line("NAME");
        run.config().merged().items(section).stream()
                .map(each -> each.text("name"))
                .sorted()
                .forEach(run::line);
        return 0;
    }

    static int deleteContext(Run run) {
        return delete(run, "contexts", "context");
    }

    static int deleteCluster(Run run) {
        return delete(run, "clusters", "cluster");
    }

    static int deleteUser(Run run) {
        return delete(run, "users", "user");
    }

    private static int delete(Run run, String section, String word) {
        String name = one(run, "");
        Kubeconfig file = file(run, section + "/" + name);
        if (!run.config().hasEntry(section, name)) {
            throw Failure.error("cannot delete " + word + " " + name + ", not in file");
        }
        if ("context".equals(word) && name.equals(run.config().currentContext())) {
            run.error("warning: this removed your active context, use \"kubectl config use-context\" to select a "
                    + "different one");
        }
        file.remove(section, name);
        file.save();
        run.line("deleted " + word + " " + name + " from "
                + run.config().origins().get(section + "/" + name));
        return 0;
    }

    static int renameContext(Run run) {
        if (run.arguments().size() != 2) {
            throw run.usage("unexpected args: [" + String.join(" ", run.arguments()) + "]");
        }
        String from = run.arguments().get(0);
        String to = run.arguments().get(1);
        if (!run.config().hasEntry("contexts", from)) {
            throw Failure.error("cannot rename the context \"" + from + "\", it's not in "
                    + run.config().files().get(0));
        }
        if (run.config().hasEntry("contexts", to)) {
            throw Failure.error("cannot rename the context \"" + from + "\", the context \"" + to
                    + "\" already exists in " + run.config().files().get(0));
        }
        Kubeconfig file = file(run, "contexts/" + from);
        file.put(
                "contexts",
                to,
                new LinkedHashMap<>(run.config().entry("contexts", from).map()));
        boolean current = from.equals(run.config().currentContext());
        file.remove("contexts", from);
        if (current) {
            file.useContext(to);
        }
        file.save();
        run.line("Context \"" + from + "\" renamed to \"" + to + "\".");
        return 0;
    }

    static int setContext(Run run) {
        String name = run.on("current") ? run.config().currentContext() : one(run, "");
        boolean known = run.config().hasEntry("contexts", name);
        Map<String, Object> body =
                new LinkedHashMap<>(run.config().entry("contexts", name).map());
        for (String field : List.of("cluster", "user", "namespace")) {
            if (run.flags().changed(field)) {
                body.put(field, run.text(field));
            }
        }
        return put(run, "contexts", name, body, "Context \"" + name + "\" " + (known ? "modified." : "created."));
    }

    static int setCluster(Run run) {
        String name = one(run, "");
        Map<String, Object> body =
                new LinkedHashMap<>(run.config().entry("clusters", name).map());
        for (String field : List.of("server", "tls-server-name", "certificate-authority", "proxy-url")) {
            if (run.flags().changed(field)) {
                body.put(field, run.text(field));
            }
        }
        if (run.flags().changed("insecure-skip-tls-verify")) {
            body.put("insecure-skip-tls-verify", run.on("insecure-skip-tls-verify"));
        }
        return put(run, "clusters", name, body, "Cluster \"" + name + "\" set.");
    }

    static int setCredentials(Run run) {
        String name = one(run, "");
        Map<String, Object> body =
                new LinkedHashMap<>(run.config().entry("users", name).map());
        for (String field : List.of("token", "username", "password", "client-certificate", "client-key")) {
            if (run.flags().changed(field)) {
                body.put(field, run.text(field));
            }
        }
        return put(run, "users", name, body, "User \"" + name + "\" set.");
    }

    private static int put(Run run, String section, String name, Map<String, Object> body, String done) {
        Kubeconfig file = file(run, section + "/" + name);
        file.put(section, name, body);
        file.save();
        run.line(done);
        return 0;
    }
}
