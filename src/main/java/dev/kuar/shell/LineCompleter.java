package dev.kuar.shell;

import dev.kuar.cli.CommandTree;
import dev.kuar.process.CompletionSource;
import dev.kuar.process.Invocation;
import dev.kuar.process.ProgramRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jline.builtins.Completers.FileNameCompleter;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;
import org.jspecify.annotations.Nullable;
import picocli.shell.jline3.PicocliJLineCompleter;

/** Completes commands, kuar's options, what a tool offers, and files; a tool has 150 ms, else it offers nothing. */
final class LineCompleter implements Completer {
    private static final long PATIENCE_MILLIS = 150;

    private final Workplace workplace;
    private final KuarHost host;
    private final Invocation invocation;
    private @Nullable PicocliJLineCompleter commands;

    LineCompleter(Workplace workplace, KuarHost host, Invocation invocation) {
        this.workplace = workplace;
        this.host = host;
        this.invocation = invocation;
    }

    @Override
    public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        if (line.wordIndex() == 0) {
            workplace.programs().names().forEach(name -> candidates.add(new Candidate(name)));
            workplace.session().aliases().keySet().forEach(name -> candidates.add(new Candidate(name)));
            return;
        }
        String first = line.words().get(0);
        String name = workplace.session().aliases().getOrDefault(first, first);
        if (CommandTree.names().contains(name)) {
            commands().complete(reader, line, candidates);
            return;
        }
        List<Candidate> offered = fromTool(name, line);
        candidates.addAll(offered);
        if (offered.isEmpty()) {
            new FileNameCompleter() {
                @Override
                protected java.nio.file.Path getUserDir() {
                    return workplace.session().directory();
                }
            }.complete(reader, line, candidates);
        }
    }

    private PicocliJLineCompleter commands() {
        PicocliJLineCompleter made = commands;
        if (made == null) {
            made = new PicocliJLineCompleter(
                    new CommandTree(host).model(invocation).getCommandSpec());
            commands = made;
        }
        return made;
    }

    private List<Candidate> fromTool(String name, ParsedLine line) {
        ProgramRegistry programs = workplace.programs();
        CompletableFuture<List<Candidate>> answer = CompletableFuture.supplyAsync(() -> programs.find(
                        name,
                        workplace.session().environment(),
                        workplace.session().directory())
                .filter(found -> found.program() instanceof CompletionSource)
                .map(found -> candidates((CompletionSource) found.program(), line))
                .orElse(List.of()));
        try {
            return answer.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            answer.cancel(true);
            return List.of();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    private List<Candidate> candidates(CompletionSource program, ParsedLine line) {
        List<Candidate> all = new ArrayList<>();
        program.complete(
                        line.words().subList(1, line.wordIndex()),
                        line.word().substring(0, line.wordCursor()),
                        workplace.session().environment())
                .forEach((value, description) -> all.add(new Candidate(
                        value, value, null, description.isEmpty() ? null : description, null, null, true)));
        return all;
    }
}
