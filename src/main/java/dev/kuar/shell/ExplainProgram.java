package dev.kuar.shell;

import dev.kuar.kube.CommandRun;
import dev.kuar.output.Closest;
import dev.kuar.output.Console;
import dev.kuar.output.Messages;
import dev.kuar.output.SafeText;
import dev.kuar.process.CompletionSource;
import dev.kuar.process.Invocation;
import dev.kuar.process.Program;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code explain [COLUMN]}: what a column of the last table of {@code kubectl get} means, or all of its columns. The same title
 * can mean something else for another kind; texts are looked for as {@code column.KIND.TITLE}, then {@code column.TITLE}.
 */
final class ExplainProgram implements Program, CompletionSource, Consumer<CommandRun> {
    private static final Pattern GAP = Pattern.compile(" {2,}");
    private static final int UNKNOWN = 1;

    private final Workplace workplace;
    private volatile @Nullable CommandRun shown;

    ExplainProgram(Workplace workplace) {
        this.workplace = workplace;
    }

    /** Keeps the last table that was shown. */
    @Override
    public void accept(CommandRun run) {
        if (run.verb().equals("get") && !run.kind().isEmpty() && !titles(run).isEmpty()) {
            shown = run;
        }
    }

    @Override
    public Map<String, String> complete(List<String> words, String prefix, Map<String, String> environment) {
        CommandRun last = shown;
        Map<String, String> columns = new LinkedHashMap<>();
        if (last != null && words.isEmpty()) {
            titles(last).forEach(title -> columns.put(title, ""));
        }
        return columns;
    }

    @Override
    public int run(Invocation invocation) {
        Console console = workplace.console(KuarHost.streams(invocation));
        Messages messages = console.messages();
        CommandRun last = shown;
        List<String> titles = last == null ? List.of() : titles(last);
        String kind = last == null ? "" : last.kind();
        if (invocation.arguments().isEmpty()) {
            if (last == null) {
                console.hinted(messages.text("shell.explain-none"));
                return 0;
            }
            all(console, kind, titles);
            return 0;
        }
        String asked = String.join(" ", invocation.arguments());
        Optional<String> text = text(messages, kind, asked);
        if (text.isPresent()) {
            console.labelled(
                    console.palette().bold(SafeText.of(asked.toUpperCase(Locale.ROOT))) + "  ",
                    asked.length() + 2,
                    escape(text.get()));
            return 0;
        }
        console.hinted(messages.text("shell.explain-unknown", SafeText.of(asked)));
        List<String> meant = Closest.to(
                asked,
                titles.stream().map(title -> title.toLowerCase(Locale.ROOT)).toList());
        if (!meant.isEmpty()) {
            console.say("cli.did-you-mean", SafeText.of(String.join(", ", meant).toUpperCase(Locale.ROOT)));
        }
        return UNKNOWN;
    }

    private static void all(Console console, String kind, List<String> titles) {
        console.say("shell.explain-of", SafeText.of(kind));
        int width = titles.stream().mapToInt(String::length).max().orElse(0) + 4;
        for (String title : titles) {
            String text = text(console.messages(), kind, title).orElse("");
            console.labelled(
                    "  " + console.palette().bold(SafeText.of(title)), width, text.isEmpty() ? "-" : escape(text));
        }
    }

    private static Optional<String> text(Messages messages, String kind, String title) {
        String key = title.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "-");
        String ofKind = "column." + kind.toLowerCase(Locale.ROOT) + "." + key;
        if (messages.has(ofKind)) {
            return Optional.of(messages.text(ofKind));
        }
        return messages.has("column." + key) ? Optional.of(messages.text("column." + key)) : Optional.empty();
    }

    /** The titles of the table that a run printed; empty where it printed none. */
    private static List<String> titles(CommandRun run) {
        String first = run.output().lines().findFirst().orElse("");
        boolean titles = first.contains("  ") && first.equals(first.toUpperCase(Locale.ROOT)) && !first.contains(":");
        return titles ? List.of(GAP.split(first.strip())) : List.of();
    }

    private static String escape(String text) {
        return text.replaceAll("([\\\\`*_<>\\[\\]#&!|-])", "\\\\$1");
    }
}
