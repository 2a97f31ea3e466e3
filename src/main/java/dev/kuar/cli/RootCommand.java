package dev.kuar.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** {@code kuar} alone: opens the shell. */
@Command(
        name = "kuar",
        scope = ScopeType.INHERIT,
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "[COMMAND]",
        description =
                "Learn Kubernetes by typing the real commands, with or without a cluster. Without a COMMAND the shell opens.",
        descriptionHeading = "%n",
        parameterListHeading = "%nParameters:%n",
        optionListHeading = "%nOptions:%n",
        commandListHeading = "%nCommands:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  kuar",
            "  kuar learn --auto",
            "  kuar run -c 'kind create cluster' -c 'kubectl get nodes'",
            "  kuar practice serve --nodes 2 --ephemeral --kubeconfig /tmp/config"
        })
final class RootCommand implements Callable<Integer> {
    private final CommandContext context;

    @Option(names = "--stacktrace", scope = ScopeType.INHERIT, description = "Show where in kuar a failure came from.")
    boolean stackTrace;

    @Option(names = "--no-color", scope = ScopeType.INHERIT, description = "No colours; NO_COLOR does the same.")
    boolean noColor;

    @Option(
            names = "--linear",
            description = "Never move the cursor: for screen readers and plain terminals; KUAR_LINEAR=1 does the same.")
    boolean linear;

    @Option(
            names = "--lang",
            scope = ScopeType.INHERIT,
            paramLabel = "en|ko",
            description = "The language that kuar speaks; else KUAR_LANG or the locale decides.")
    String language = "";

    RootCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws InterruptedException {
        return context.host().openShell(context);
    }
}
