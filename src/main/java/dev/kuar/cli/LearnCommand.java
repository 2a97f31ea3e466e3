package dev.kuar.cli;

import dev.kuar.check.CheckLanguage;
import dev.kuar.check.Judge;
import dev.kuar.error.Fault;
import dev.kuar.error.UserException;
import dev.kuar.lesson.Course;
import dev.kuar.lesson.Linter;
import dev.kuar.process.Invocation;
import dev.kuar.process.ProgramRegistry;
import dev.kuar.tutor.AutoWalk;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Parses {@code kuar learn}: opens the shell in a lesson, or with {@code --auto} lets {@link AutoWalk} go through it. */
@Command(
        name = "learn",
        description = "Go on with the lessons, or watch them being done with --auto.",
        footer = {
            "  kuar learn",
            "  kuar learn first-look/list-nodes",
            "  kuar learn --auto --lang ko",
            "  kuar learn --auto --provider gke"
        })
final class LearnCommand implements Callable<Integer> {
    /** Agrees to lines that cost money; {@code --yes} sets it. */
    private static final String AGREED = "KUAR_LIVE_YES";

    private static final Duration LINE = Duration.ofMinutes(3);
    private static final Duration LIVE_LINE = Duration.ofMinutes(30);

    private final CommandContext context;

    @Mixin
    LessonsOption lessons = new LessonsOption();

    @Parameters(paramLabel = "LESSON[/STEP]", arity = "0..1", description = "Begin here; without, where you were.")
    String at = "";

    @Option(names = "--auto", description = "Walk the lessons by themselves with the solutions; nothing is asked.")
    boolean auto;

    @Option(
            names = "--provider",
            paramLabel = "P",
            description =
                    "Only this provider's lesson, and the common ones on its shape: kind, minikube, docker-desktop, gke, aks, eks.")
    String provider = "";

    @Option(
            names = "--live",
            paramLabel = "TOOL",
            split = ",",
            description = "Run the real programs for these tools instead of the stand-ins.")
    List<String> live = new ArrayList<>();

    @Option(names = "--yes", description = "With --auto and --live: don't ask before something that may cost money.")
    boolean yes;

    @Option(names = "--kubectl", paramLabel = "PROGRAM", description = "Run this program for kubectl lines.")
    String kubectl = "";

    @Option(names = "--linear", description = "No cursor movement and no colour needed, for screen readers.")
    boolean linear;

    LearnCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (!provider.isEmpty() && !Linter.PROVIDERS.contains(provider)) {
            throw UserException.saying(Fault.USAGE, "lint.unknown-provider", provider);
        }
        if (auto && !live.isEmpty() && !yes) {
            throw UserException.saying(Fault.USAGE, "lesson.live-needs-yes");
        }
        for (String tool : live) {
            showLive(tool);
        }
        Course course = lessons.loadToRun(context);
        if (!at.isEmpty()) {
            LessonNames.find(course, at);
        }
        Optional<String> reference = at.isEmpty() ? Optional.empty() : Optional.of(at);
        // Without --live practice is not left, whatever an earlier session had live.
        context.invocation().environment().keySet().removeAll(List.of(ProgramRegistry.LIVE, AGREED));
        context.invocation().environment().putAll(variables());
        if (!auto) {
            return context.host().openLesson(context, new Opening(course, reference));
        }
        CheckLanguage language = new CheckLanguage();
        language.warm();
        AutoWalk walk = new AutoWalk(
                course,
                new Judge(language),
                context.host().stages(context),
                new ConsoleVoice(context::console),
                context.console().messages().language().code(),
                live.isEmpty() ? LINE : LIVE_LINE);
        return walk.walk(provider.isEmpty() ? Optional.empty() : Optional.of(provider), reference) ? 0 : 1;
    }

    /** Version, account, project and cost of a real tool, before it runs for the first time. */
    private void showLive(String tool) throws InterruptedException {
        Invocation run = context.invocation();
        Path program = ProgramRegistry.onPath(tool, run.environment(), run.directory())
                .orElseThrow(() -> UserException.saying(Fault.FILE, "shell.live-missing", tool));
        new LiveFacts(program, run.environment(), run.directory()).of(tool).forEach((key, value) -> context.console()
                .say(key, value));
        context.console().say(LiveFacts.cost(tool), tool);
    }

    /** What the lines of the session see of the options. */
    private java.util.Map<String, String> variables() {
        java.util.Map<String, String> variables = new java.util.HashMap<>();
        if (!live.isEmpty()) {
            variables.put(ProgramRegistry.LIVE, String.join(",", live));
            if (yes) {
                variables.put(AGREED, "1");
            }
        }
        if (!kubectl.isEmpty()) {
            variables.put("KUAR_KUBECTL", kubectl);
        }
        if (linear) {
            variables.put("KUAR_LINEAR", "1");
        }
        return variables;
    }
}
