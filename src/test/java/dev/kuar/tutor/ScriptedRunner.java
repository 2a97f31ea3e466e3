package dev.kuar.tutor;

import dev.kuar.kube.CommandRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A runner whose lines do what the test says. */
final class ScriptedRunner implements LineRunner {
    private final Path folder;
    private final Function<String, List<CommandRun>> script;
    final List<String> lines = new ArrayList<>();

    ScriptedRunner(Path folder, Function<String, List<CommandRun>> script) {
        this.folder = folder;
        this.script = script;
    }

    @Override
    public Result run(String line) {
        lines.add(line);
        List<CommandRun> runs = script.apply(line);
        return new Result(0, runs.stream().map(CommandRun::output).collect(Collectors.joining()), runs);
    }

    @Override
    public Result runElsewhere(String line) {
        return run(line);
    }

    @Override
    public Path folder() {
        return folder;
    }

    @Override
    public void close() {}
}
