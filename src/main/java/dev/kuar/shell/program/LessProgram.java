package dev.kuar.shell.program;

import dev.kuar.process.Invocation;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jline.builtins.Less;
import org.jline.builtins.Source;
import org.jline.terminal.Terminal;

/** {@code less [FILE]}: pages on a terminal, passes through elsewhere. */
final class LessProgram extends Filter {
    private final Supplier<Optional<Terminal>> terminals;

    LessProgram(Supplier<Optional<Terminal>> terminals) {
        this.terminals = terminals;
    }

    @Override
    int filter(Invocation invocation) throws IOException, InterruptedException {
        List<String> files = invocation.arguments().stream()
                .filter(word -> !word.startsWith("-") || word.equals("-"))
                .toList();
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (String name : orInput(files)) {
            try (InputStream in = open(invocation, name)) {
                in.transferTo(all);
            }
        }
        Optional<Terminal> terminal = terminals.get();
        boolean screen = invocation.terminal().outputIsTerminal()
                && invocation.environment().getOrDefault("KUAR_LINEAR", "").isEmpty();
        if (terminal.isEmpty() || !screen || terminal.get().getType().startsWith(Terminal.TYPE_DUMB)) {
            all.writeTo(invocation.output());
            return 0;
        }
        String title = files.isEmpty() ? "(standard input)" : String.join(" ", files);
        new Less(terminal.get(), invocation.directory())
                .run(new Source.InputStreamSource(new ByteArrayInputStream(all.toByteArray()), true, title));
        return 0;
    }
}
