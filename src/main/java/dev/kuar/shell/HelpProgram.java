package dev.kuar.shell;

import dev.kuar.cli.CommandTree;
import dev.kuar.output.Console;
import dev.kuar.process.Invocation;
import dev.kuar.process.Program;
import dev.kuar.shell.language.Streams;
import java.util.SortedSet;

/** {@code help}: what can be typed here. */
final class HelpProgram implements Program {
    private final Workplace workplace;

    HelpProgram(Workplace workplace) {
        this.workplace = workplace;
    }

    @Override
    public int run(Invocation invocation) throws InterruptedException {
        Streams streams = KuarHost.streams(invocation);
        if (!invocation.arguments().isEmpty()) {
            return workplace.run(String.join(" ", invocation.arguments()) + " --help", streams);
        }
        Console console = workplace.console(streams);
        SortedSet<String> names = workplace.programs().names();
        names.removeAll(CommandTree.names());
        console.markdown(workplace
                .messages()
                .text("shell.help", String.join(" ", CommandTree.names()), String.join(" ", names)));
        return 0;
    }
}
