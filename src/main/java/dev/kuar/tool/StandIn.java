package dev.kuar.tool;

import dev.kuar.output.SafeText;
import dev.kuar.process.DetailedProgram;
import dev.kuar.process.Invocation;
import dev.kuar.process.RunDetails;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A practice stand-in of one tool: the commands of the chapter and their neighbourhood, with the tool's own wording and
 * exit codes, acting on practice clusters.
 */
abstract class StandIn implements DetailedProgram {
    private final List<String> commands;

    /** {@code commands} are those that the stand-in has, by all their words: {@code create cluster}. */
    StandIn(List<String> commands) {
        this.commands = commands.stream()
                .sorted(Comparator.comparing(String::length).reversed())
                .toList();
    }

    /** Runs the command; {@link ToolFailure}s become text and exit code. */
    abstract int call(Invocation run) throws InterruptedException;

    @Override
    public final int run(Invocation run, Consumer<RunDetails> report) throws InterruptedException {
        try {
            return call(run);
        } catch (ToolFailure e) {
            if (!e.text().isEmpty()) {
                run.error().println(run.terminal().outputIsTerminal() ? SafeText.of(e.text()) : e.text());
            }
            return e.exitCode();
        } finally {
            run.output().flush();
            run.error().flush();
            report.accept(details(run.arguments()));
        }
    }

    private RunDetails details(List<String> line) {
        String words =
                String.join(" ", line.stream().filter(w -> !w.startsWith("-")).toList()) + " ";
        String verb = commands.stream()
                .filter(c -> words.startsWith(c + " "))
                .findFirst()
                .orElse(words.split(" ")[0]);
        return new RunDetails(verb, "", "", "", List.of(), flags(line), "", List.of());
    }

    private static Map<String, String> flags(List<String> line) {
        Map<String, String> flags = new LinkedHashMap<>();
        for (int i = 0; i < line.size(); i++) {
            String word = line.get(i);
            if (word.startsWith("--") && word.length() > 2) {
                int equals = word.indexOf('=');
                boolean valued =
                        equals < 0 && i + 1 < line.size() && !line.get(i + 1).startsWith("-");
                String value = equals >= 0 ? word.substring(equals + 1) : valued ? line.get(i + 1) : "true";
                flags.put(equals >= 0 ? word.substring(2, equals) : word.substring(2), value);
            }
        }
        return flags;
    }
}
