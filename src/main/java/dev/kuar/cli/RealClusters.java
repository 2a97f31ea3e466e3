package dev.kuar.cli;

import dev.kuar.cluster.ClusterProvider;
import dev.kuar.cluster.ClusterProvider.Wish;
import dev.kuar.cluster.ClusterReason;
import dev.kuar.cluster.Clusters;
import dev.kuar.error.UserException;
import dev.kuar.guard.TrustBook;
import dev.kuar.output.SafeText;
import dev.kuar.process.PrivateFile;
import dev.kuar.process.ProgramRegistry;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Makes and keeps real clusters by the providers' own tools, where those are live; shows each line before it runs. */
final class RealClusters {
    private final CommandContext context;

    RealClusters(CommandContext context) {
        this.context = context;
    }

    /** The provider of that name, where its tool is live; empty means practice. */
    Optional<ClusterProvider> live(String provider) {
        return Optional.ofNullable(ClusterProvider.all().get(provider)).filter(p -> isLive(p.tool()));
    }

    private boolean isLive(String tool) {
        String live = context.invocation().environment().getOrDefault(ProgramRegistry.LIVE, "");
        return Arrays.asList(live.split(",")).contains(tool);
    }

    int create(ClusterProvider provider, Wish wish, boolean dryRun, boolean yes) throws InterruptedException {
        List<List<String>> lines = provider.create(wish);
        if (dryRun) {
            context.console().say("cluster.would-run");
            lines.forEach(this::show);
            return 0;
        }
        Clusters clusters = context.host().clusters();
        clusters.mustBeUsable();
        if (clusters.made(wish.name()).isPresent()
                || clusters.list().stream().anyMatch(c -> c.name().equals(wish.name()))) {
            throw UserException.saying(ClusterReason.NAME_TAKEN, "cluster.name-taken", wish.name());
        }
        try {
            if (provider.configuration(wish).isPresent()) {
                PrivateFile.write(
                        wish.configuration(), provider.configuration(wish).get());
            }
        } catch (IOException e) {
            throw UserException.saying(dev.kuar.error.Fault.FILE, "lesson.not-written", wish.configuration())
                    .because(e);
        }
        try {
            int exit = run(lines, provider.costs(), yes, "cluster.costs-question");
            if (exit != 0) {
                tellOfLeftovers(provider);
            }
            return exit;
        } catch (InterruptedException interrupted) {
            tellOfLeftovers(provider);
            throw interrupted;
        }
    }

    /** A tool that failed or was interrupted may have begun: says how to see what is there. */
    private void tellOfLeftovers(ClusterProvider provider) {
        context.console()
                .note(
                        provider.costs() ? "cluster.left-costs" : "cluster.left",
                        provider.tool(),
                        String.join(" ", provider.list()));
    }

    int delete(TrustBook.Entry entry, boolean yes) throws InterruptedException {
        int exit = run(provider(entry).delete(made(entry)), true, yes, "cluster.delete-question");
        if (exit == 0) {
            context.host().clusters().forget(entry);
            context.console().say("cluster.deleted", SafeText.of(entry.cluster()));
        }
        return exit;
    }

    int stop(TrustBook.Entry entry) throws InterruptedException {
        return supported(provider(entry).stop(made(entry)), entry);
    }

    int start(TrustBook.Entry entry) throws InterruptedException {
        return supported(provider(entry).start(made(entry)), entry);
    }

    private int supported(List<List<String>> lines, TrustBook.Entry entry) throws InterruptedException {
        if (lines.isEmpty()) {
            throw UserException.saying(ClusterReason.NOT_POSSIBLE, "cluster.cannot-be-stopped", entry.tool());
        }
        return run(lines, false, true, "");
    }

    private static ClusterProvider.Made made(TrustBook.Entry entry) {
        return new ClusterProvider.Made(entry.cluster(), entry.place());
    }

    private ClusterProvider provider(TrustBook.Entry entry) {
        ClusterProvider provider = ClusterProvider.all().values().stream()
                .filter(p -> p.tool().equals(entry.tool()))
                .findFirst()
                .orElseThrow(() ->
                        UserException.saying(ClusterReason.NO_SUCH_CLUSTER, "cluster.not-found", entry.cluster()));
        if (!isLive(provider.tool())) {
            throw UserException.saying(
                    ClusterReason.TOOL_NOT_LIVE, "cluster.tool-not-live", entry.cluster(), provider.tool());
        }
        return provider;
    }

    private int run(List<List<String>> lines, boolean ask, boolean yes, String question) throws InterruptedException {
        lines.forEach(this::show);
        if (ask && !yes && !Question.yes(context, question)) {
            throw UserException.saying(ClusterReason.NOT_CONFIRMED, "cluster.nothing-was-run");
        }
        context.invocation().environment().put("KUAR_LIVE_YES", "1");
        for (List<String> line : lines) {
            int exit = context.host().runWords(context, line);
            if (exit != 0) {
                return exit;
            }
        }
        return 0;
    }

    private void show(List<String> line) {
        context.console().printLine("  " + SafeText.of(String.join(" ", line)));
    }

    /** Real or not: the cluster that {@code name} means here, where kuar made it. */
    Optional<TrustBook.Entry> made(String name) {
        Clusters clusters = context.host().clusters();
        return clusters.made(name);
    }
}
