package dev.kuar.shell;

import dev.kuar.output.Language;
import dev.kuar.output.Messages;
import dev.kuar.process.Invocation;
import dev.kuar.process.ProgramRegistry;
import dev.kuar.shell.language.Session;
import dev.kuar.shell.language.SessionProgram;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** {@code live [on TOOL | off TOOL]}: which of the book's tools are the real programs. */
final class LiveProgram implements SessionProgram {
    private static final int USAGE = 2;

    @Override
    public int run(Session session, Invocation invocation) {
        Messages messages = new Messages(Language.of(session.environment()));
        SortedSet<String> live = new TreeSet<>(
                Arrays.asList(session.variable(ProgramRegistry.LIVE).split(",")));
        live.remove("");
        List<String> words = invocation.arguments();
        if (words.isEmpty()) {
            String text = live.isEmpty()
                    ? messages.text("shell.live-none")
                    : messages.text("shell.live-are", String.join(", ", live));
            invocation.output().print(text + "\n");
            return 0;
        }
        if (words.size() != 2 || !(words.get(0).equals("on") || words.get(0).equals("off"))) {
            invocation.error().print(messages.text("shell.live-usage") + "\n");
            return USAGE;
        }
        String tool = words.get(1);
        if (words.get(0).equals("off")) {
            live.remove(tool);
        } else if (ProgramRegistry.onPath(tool, invocation.environment(), invocation.directory())
                .isEmpty()) {
            invocation.error().print(messages.text("shell.live-missing", tool) + "\n");
            return 3;
        } else {
            live.add(tool);
            invocation.output().print(messages.text("shell.live-warning", tool) + "\n");
        }
        session.assign(ProgramRegistry.LIVE, String.join(",", live));
        session.export(ProgramRegistry.LIVE);
        return 0;
    }
}
