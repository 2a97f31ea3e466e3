package dev.kuar.shell.program;

import dev.kuar.process.Invocation;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jline.builtins.Nano;
import org.jline.terminal.Terminal;

/** {@code edit FILE}, also as {@code nano} and {@code vi}: a small editor that needs nothing installed. */
final class EditProgram extends Filter {
    private final Supplier<Optional<Terminal>> terminals;

    EditProgram(Supplier<Optional<Terminal>> terminals) {
        this.terminals = terminals;
    }

    @Override
    int filter(Invocation invocation) throws IOException {
        List<String> files = invocation.arguments();
        if (files.isEmpty()) {
            throw new Options.Unknown("usage: " + invocation.name() + " FILE");
        }
        Optional<Terminal> terminal = terminals.get();
        if (terminal.isEmpty()
                || !invocation.terminal().inputIsTerminal()
                || terminal.get().getType().startsWith(Terminal.TYPE_DUMB)) {
            complain(invocation, "needs a terminal; write the file with cat > FILE <<EOF instead");
            return FAILED;
        }
        Nano nano = new Nano(terminal.get(), invocation.directory());
        nano.open(files);
        nano.run();
        return 0;
    }
}
