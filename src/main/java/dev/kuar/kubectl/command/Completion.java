package dev.kuar.kubectl.command;

import dev.kuar.kubectl.data.Tree;
import dev.kuar.kubectl.rest.ApiResource;
import dev.kuar.kubectl.rest.Cancellation;
import dev.kuar.kubectl.rest.ClientSettings;
import dev.kuar.kubectl.rest.Failure;
import dev.kuar.kubectl.rest.KubeConfig;
import dev.kuar.kubectl.rest.ResourceMapper;
import dev.kuar.kubectl.rest.RestClient;
import dev.kuar.kubectl.rest.SettingsResolver;
import dev.kuar.kubectl.rest.SharedClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Offers what could stand next in a line of kubectl. Never runs a credential plugin, never prints. */
public final class Completion {
    private static final Set<String> PODS = Set.of("exec", "attach", "logs", "port-forward", "cp", "debug");
    private static final Set<String> NODES = Set.of("cordon", "uncordon", "drain");
    private static final Set<String> KINDS = Set.of(
            "get",
            "describe",
            "delete",
            "edit",
            "label",
            "annotate",
            "patch",
            "scale",
            "expose",
            "wait",
            "autoscale",
            "explain",
            "set image",
            "set env",
            "set resources",
            "set serviceaccount",
            "taint",
            "apply view-last-applied");
    private static final List<String> FORMATS =
            List.of("wide", "yaml", "json", "name", "jsonpath=", "custom-columns=", "go-template=", "kyaml");

    /** The extension at a user whose requests run a credential plugin somewhere else. */
    private static final String PLUGIN_MARK = "kuar/credential-plugin";

    private final SharedState shared;
    private final Map<String, String> environment;

    public Completion(SharedState shared, Map<String, String> environment) {
        this.shared = shared;
        this.environment = environment;
    }

    /** Values to short descriptions; empty where nothing is known. */
    public Map<String, String> complete(List<String> words, String prefix) {
        List<String> rest = new ArrayList<>(words);
        CommandSpec command = CommandList.root();
        for (int place = Dispatcher.firstArgument(rest, command);
                place >= 0;
                place = Dispatcher.firstArgument(rest, command)) {
            CommandSpec next = CommandList.child(command, rest.get(place));
            if (next == null) {
                break;
            }
            rest.remove(place);
            command = next;
        }
        if (rest.contains("--")) {
            return Map.of();
        }
        Map<String, String> offers = new LinkedHashMap<>();
        try {
            offer(command, rest, prefix, offers);
        } catch (Failure unreachable) {
            return Map.of();
        }
        offers.keySet().removeIf(value -> !value.startsWith(prefix));
        return offers;
    }

    private void offer(CommandSpec command, List<String> words, String prefix, Map<String, String> offers) {
        Flags flags = new Flags(CommandList.flagsOf(command));
        String before = words.isEmpty() ? "" : words.get(words.size() - 1);
        Flag open = before.startsWith("--")
                ? flags.byName(before.substring(2))
                : before.startsWith("-") && before.length() == 2 ? flags.byShorthand(before.substring(1)) : null;
        boolean wantsValue = open != null && open.bare().isEmpty();
        ArgumentParser parser = new ArgumentParser(flags, "kubectl");
        parser.parse(wantsValue ? words.subList(0, words.size() - 1) : words);
        if (open != null && wantsValue) {
            value(open, flags, parser.arguments(), offers);
        } else if (prefix.startsWith("-")) {
            for (Flag flag : flags.all()) {
                offers.put("--" + flag.name() + (flag.bare().isEmpty() ? "=" : ""), flag.help());
            }
        } else {
            CommandList.childrenOf(command).forEach(child -> offers.put(child.word(), child.summary()));
            arguments(command.path(), parser.arguments(), prefix, flags, offers);
        }
    }

    private void value(Flag flag, Flags flags, List<String> arguments, Map<String, String> offers) {
        switch (flag.name()) {
            case "namespace" -> names(flags, "namespaces", offers, "");
            case "context" -> config(flags, "contexts", offers);
            case "cluster" -> config(flags, "clusters", offers);
            case "user" -> config(flags, "users", offers);
            case "output" -> FORMATS.forEach(format -> offers.put(format, ""));
            case "container" -> containers(flags, arguments, offers);
            default -> {}
        }
    }

    private void arguments(
            String path, List<String> arguments, String prefix, Flags flags, Map<String, String> offers) {
        if (path.equals("config use-context") || path.equals("config delete-context")) {
            config(flags, "contexts", offers);
        } else if (NODES.contains(path)) {
            names(flags, "nodes", offers, "");
        } else if (PODS.contains(path) && arguments.isEmpty()) {
            names(flags, "pods", offers, "");
        } else if (path.startsWith("rollout ")) {
            kindsOrNames(arguments, prefix, flags, offers);
        } else if (KINDS.contains(path)) {
            kindsOrNames(arguments, prefix, flags, offers);
        }
    }

    private void kindsOrNames(List<String> arguments, String prefix, Flags flags, Map<String, String> offers) {
        if (!arguments.isEmpty()) {
            names(flags, arguments.get(0), offers, "");
        } else if (prefix.contains("/")) {
            String kind = prefix.substring(0, prefix.indexOf('/'));
            names(flags, kind, offers, kind + "/");
        } else {
            client(flags).ifPresent(client -> {
                for (ApiResource resource : new ResourceMapper(client).all()) {
                    if (resource.preferred() && resource.can("get")) {
                        offers.putIfAbsent(resource.name(), String.join(",", resource.shortNames()));
                    }
                }
            });
        }
    }

    private void config(Flags flags, String section, Map<String, String> offers) {
        load(flags).merged().items(section).forEach(entry -> offers.put(entry.text("name"), ""));
    }

    private KubeConfig load(Flags flags) {
        return KubeConfig.load(
                flags.givenOrNull("kubeconfig"), environment, Path.of("").toAbsolutePath());
    }

    private Optional<RestClient> client(Flags flags) {
        KubeConfig config = load(flags);
        ClientSettings settings = new SettingsResolver(
                        config, flags::givenOrNull, Path.of("").toAbsolutePath())
                .resolve(flags.list("as-group"), environment);
        Tree user = config.entry(
                "users", config.entry("contexts", settings.context()).text("user"));
        boolean pluginBehind = user.items("extensions").stream()
                .anyMatch(each -> each.text("name").equals(PLUGIN_MARK));
        if (settings.exec().isMap() || pluginBehind) {
            return Optional.empty();
        }
        SharedClient known = shared.client(settings);
        return Optional.of(
                new RestClient(settings, known, new Cancellation(), new Silence(), environment, Duration.ofSeconds(2)));
    }

    private void names(Flags flags, String kind, Map<String, String> offers, String before) {
        client(flags).ifPresent(client -> new ResourceMapper(client).find(kind).ifPresent(resource -> {
            String namespace = resource.namespaced() && !flags.on("all-namespaces")
                    ? client.settings().namespace()
                    : "";
            Tree list = client.get(
                    resource.path(namespace, "") + "?limit=500",
                    "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io,application/json");
            list.items("items").forEach(item -> offers.put(before + item.name(), ""));
        }));
    }

    private void containers(Flags flags, List<String> arguments, Map<String, String> offers) {
        if (arguments.isEmpty()) {
            return;
        }
        String pod = arguments.get(0).replaceFirst("^pods?/", "");
        client(flags)
                .ifPresent(client -> new ResourceMapper(client).find("pods").ifPresent(pods -> {
                    Tree tree = client.get(pods.path(client.settings().namespace(), pod));
                    for (String field : List.of("containers", "initContainers", "ephemeralContainers")) {
                        PodTarget.names(tree, field).forEach(name -> offers.put(name, ""));
                    }
                }));
    }

    /** Nobody hears of warnings and requests of a completion. */
    private static final class Silence implements RestClient.RequestLog {
        @Override
        public void warning(String text) {}

        @Override
        public void unhandled(String text) {}

        @Override
        public void request(String method, String url, int status, long milliseconds) {}
    }
}
