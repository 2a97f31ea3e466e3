package dev.kuar.cli;

import dev.kuar.cluster.Clusters;
import dev.kuar.error.UserException;
import dev.kuar.guard.Guard;
import dev.kuar.kube.Kubeconfig;
import dev.kuar.output.Console;
import dev.kuar.output.SafeText;
import dev.kuar.process.Invocation;
import dev.kuar.process.ProgramRegistry;
import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Parses {@code kuar doctor}: what is installed, what can be reached, what to do about the rest. Runs no program. */
@Command(
        name = "doctor",
        description = "Say what is installed, what can be reached, and what to do about the rest.",
        footer = {"  kuar doctor", "  kuar doctor --json"})
final class DoctorCommand implements Callable<Integer> {
    private static final List<String> TOOLS =
            List.of("kubectl", "kind", "minikube", "docker", "gcloud", "az", "eksctl", "helm");
    private static final int CONNECT_MILLIS = 800;

    private final CommandContext context;

    @Option(names = "--json", description = "One JSON object instead of text.")
    boolean json;

    DoctorCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        List<Finding> findings = new ArrayList<>();
        tools(findings);
        context.host().clusters().problems().forEach(text -> findings.add(new Finding(State.BAD, "kubeconfig", text)));
        kubeconfig(findings);
        others(findings);
        boolean well = findings.stream().noneMatch(f -> f.state() == State.BAD);
        if (json) {
            printJson(findings, well);
        } else {
            findings.forEach(this::print);
            context.console().say(well ? "doctor.well" : "doctor.unwell");
        }
        return well ? 0 : 1;
    }

    private enum State {
        GOOD,
        NOTE,
        BAD
    }

    private record Finding(State state, String subject, String text) {}

    private void tools(List<Finding> findings) {
        for (String tool : TOOLS) {
            Optional<Path> found = find(tool);
            boolean live = isLive(tool);
            findings.add(new Finding(
                    found.isPresent() ? State.GOOD : live ? State.BAD : State.NOTE,
                    tool,
                    found.map(p -> text(live ? "doctor.tool-live" : "doctor.tool-real-unused", p, tool))
                            .orElseGet(() -> text(live ? "doctor.tool-live-missing" : "doctor.tool-stand-in", tool))));
        }
    }

    private boolean isLive(String tool) {
        Map<String, String> variables = context.invocation().environment();
        return List.of(variables.getOrDefault(ProgramRegistry.LIVE, "").split(","))
                .contains(tool);
    }

    private void kubeconfig(List<Finding> findings) {
        Path file = context.host().home().kubeconfig();
        try {
            Kubeconfig config = Kubeconfig.load(file);
            String name = config.currentContext();
            if (name.isEmpty()) {
                findings.add(new Finding(State.NOTE, "kubeconfig", text("doctor.no-context", file)));
                return;
            }
            Map<String, Object> body = config.find("contexts", name).orElse(Map.of());
            findings.add(new Finding(State.GOOD, "context", name));
            Optional<Guard.Login> foreign = context.host().clusters().login(name);
            if (foreign.isPresent()) {
                server(findings, foreign.get().server());
                if (!foreign.get().plugin().isEmpty()) {
                    findings.add(plugin(foreign.get().plugin(), foreign.get().found(), State.BAD));
                }
            } else {
                server(findings, server(config, String.valueOf(body.get("cluster"))));
                plugin(findings, config, String.valueOf(body.get("user")));
            }
        } catch (UserException e) {
            findings.add(new Finding(State.BAD, "kubeconfig", e.detail()));
        }
    }

    /** Contexts beside the current one whose plugin is missing: no need, but good to know. */
    private void others(List<Finding> findings) {
        for (Clusters.Real each : context.host().clusters().reals()) {
            Optional<Guard.Login> login = context.host().clusters().login(each.context());
            if (!each.current()
                    && login.isPresent()
                    && !login.get().plugin().isEmpty()
                    && login.get().found().isEmpty()) {
                Finding missing = plugin(login.get().plugin(), Optional.empty(), State.NOTE);
                findings.add(new Finding(State.NOTE, each.context(), missing.text()));
            }
        }
    }

    private static String server(Kubeconfig config, String cluster) {
        return config.find("clusters", cluster)
                .map(b -> String.valueOf(b.getOrDefault("server", "")))
                .orElse("");
    }

    private void server(List<Finding> findings, String server) {
        boolean open = answers(server);
        findings.add(new Finding(
                open ? State.GOOD : State.BAD, "server", text(open ? "doctor.answers" : "doctor.silent", server)));
    }

    private static boolean answers(String server) {
        try (Socket socket = new Socket()) {
            URI uri = URI.create(server);
            socket.connect(
                    new InetSocketAddress(uri.getHost(), uri.getPort() < 0 ? 443 : uri.getPort()), CONNECT_MILLIS);
            return true;
        } catch (IOException | IllegalArgumentException | NullPointerException e) {
            return false;
        }
    }

    private void plugin(List<Finding> findings, Kubeconfig config, String user) {
        Object exec = config.find("users", user).map(b -> b.get("exec")).orElse(null);
        if (exec instanceof Map<?, ?> map && map.get("command") instanceof String command) {
            findings.add(plugin(command, find(command), State.BAD));
        }
    }

    private Finding plugin(String command, Optional<Path> found, State missing) {
        return found.isPresent()
                ? new Finding(State.GOOD, command, text("doctor.tool-real", found.get()))
                : new Finding(missing, command, text("doctor.plugin-missing", command, place(command)));
    }

    /** Where the plugin lies without being found, or what to install. */
    private String place(String command) {
        Path practice = context.host().home().root().resolve("tools/google-cloud-sdk/bin");
        if (Files.isExecutable(practice.resolve(command))) {
            return text("doctor.plugin-there", practice);
        }
        return switch (command) {
            case "gke-gcloud-auth-plugin" -> text("doctor.plugin-install", command);
            case "kubelogin" -> text("doctor.plugin-install-az");
            case "aws", "aws-iam-authenticator" -> text("doctor.plugin-install-aws");
            default -> text("doctor.plugin-install-other", command);
        };
    }

    private Optional<Path> find(String program) {
        Invocation run = context.invocation();
        return Arrays.stream(run.environment().getOrDefault("PATH", "").split(Pattern.quote(File.pathSeparator)))
                .filter(folder -> !folder.isBlank())
                .map(folder -> run.directory().resolve(folder).resolve(program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private void print(Finding finding) {
        Console console = context.console();
        String mark =
                switch (finding.state()) {
                    case GOOD -> "[+]";
                    case NOTE -> "[ ]";
                    case BAD -> "[-]";
                };
        console.printLine(mark + " " + SafeText.of(finding.subject()) + ": " + SafeText.of(finding.text()));
    }

    private void printJson(List<Finding> findings, boolean well) {
        StringBuilder text = new StringBuilder("{\"well\":" + well + ",\"findings\":[");
        for (int i = 0; i < findings.size(); i++) {
            Finding each = findings.get(i);
            Map<String, String> fields = new LinkedHashMap<>();
            fields.put("state", each.state().name().toLowerCase(java.util.Locale.ROOT));
            fields.put("subject", each.subject());
            fields.put("text", each.text());
            text.append(i == 0 ? "" : ",").append(dev.kuar.kube.TreeJson.write(new LinkedHashMap<>(fields)));
        }
        context.console().printLine(text + "]}");
    }

    private String text(String key, Object... arguments) {
        return context.console().messages().text(key, arguments);
    }
}
