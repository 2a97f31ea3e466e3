package dev.kuar.cli;

import dev.kuar.output.SafeText;
import dev.kuar.process.Invocation;
import dev.kuar.process.SystemProgram;
import dev.kuar.process.TerminalView;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What a real tool says of itself before it is trusted with a line: version, account, project. Each question has ten seconds. */
public final class LiveFacts {
    private static final long PATIENCE_SECONDS = 10;
    private static final Map<String, List<String>> VERSION = Map.of(
            "gcloud", List.of("version"),
            "az", List.of("version", "--output", "tsv"),
            "aws", List.of("--version"),
            "eksctl", List.of("version"),
            "kind", List.of("version"),
            "minikube", List.of("version", "--short"),
            "docker", List.of("--version"),
            "helm", List.of("version", "--short"),
            "kubectl", List.of("version", "--client"));

    private final Path program;
    private final Map<String, String> environment;
    private final Path directory;

    /** What {@code program} says when it runs with these variables in this folder. */
    public LiveFacts(Path program, Map<String, String> environment, Path directory) {
        this.program = program;
        this.environment = environment;
        this.directory = directory;
    }

    /** Message keys to values, in the order to show; a tool that does not answer leaves a dash. */
    public Map<String, String> of(String tool) throws InterruptedException {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("shell.live-program", program.toString());
        facts.put("shell.live-version", ask(VERSION.getOrDefault(tool, List.of("version"))));
        switch (tool) {
            case "gcloud" -> {
                facts.put("shell.live-account", ask(List.of("config", "get-value", "account")));
                facts.put("shell.live-project", ask(List.of("config", "get-value", "project")));
            }
            case "az" -> {
                facts.put("shell.live-account", ask(List.of("account", "show", "--query", "user.name", "-o", "tsv")));
                facts.put("shell.live-project", ask(List.of("account", "show", "--query", "name", "-o", "tsv")));
            }
            case "eksctl", "aws" -> {
                facts.put("shell.live-account", environment.getOrDefault("AWS_PROFILE", "default"));
                facts.put("shell.live-project", environment.getOrDefault("AWS_REGION", "-"));
            }
            default -> {}
        }
        return facts;
    }

    /** What it may cost: the key of the text. */
    public static String cost(String tool) {
        return switch (tool) {
            case "gcloud", "az", "eksctl", "aws" -> "shell.live-cost-money";
            case "kind", "minikube", "docker" -> "shell.live-cost-machine";
            default -> "shell.live-cost-cluster";
        };
    }

    /** The first line of what the tool prints. */
    private String ask(List<String> words) throws InterruptedException {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        PrintStream nowhere = new PrintStream(PrintStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        Invocation run = new Invocation(
                program.toString(),
                words,
                InputStream.nullInputStream(),
                out,
                nowhere,
                environment,
                directory,
                TerminalView.NONE);
        CompletableFuture<Integer> exit = new CompletableFuture<>();
        Thread asking = new Thread(
                () -> {
                    try {
                        exit.complete(new SystemProgram(program).run(run));
                    } catch (InterruptedException late) {
                        exit.complete(1);
                    }
                },
                "live-facts");
        asking.setDaemon(true);
        asking.start();
        try {
            boolean answered = exit.get(PATIENCE_SECONDS, TimeUnit.SECONDS) == 0;
            String first =
                    printed.toString(StandardCharsets.UTF_8).lines().findFirst().orElse("");
            return answered && !first.isBlank() ? SafeText.of(first.strip()) : "-";
        } catch (TimeoutException | ExecutionException silent) {
            asking.interrupt();
            return "-";
        }
    }
}
