package dev.kuar.shell;

import dev.kuar.output.Console;
import dev.kuar.output.Messages;
import dev.kuar.output.Table;
import dev.kuar.process.CompletionSource;
import dev.kuar.process.Invocation;
import dev.kuar.process.Program;
import dev.kuar.shell.language.Streams;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code help [NAME]}: what can be typed here, or what one name does. */
final class HelpProgram implements Program, CompletionSource {
    private static final List<String> SECTIONS = List.of("lesson", "kuar", "tool");

    private final Workplace workplace;

    HelpProgram(Workplace workplace) {
        this.workplace = workplace;
    }

    @Override
    public Map<String, String> complete(List<String> words, String prefix, Map<String, String> environment) {
        Map<String, String> names = new LinkedHashMap<>();
        if (words.isEmpty()) {
            workplace.programs().names().forEach(name -> {
                String key = "help.word." + name;
                names.put(
                        name,
                        workplace.messages().has(key) ? workplace.messages().text(key) : "");
            });
        }
        return names;
    }

    @Override
    public int run(Invocation invocation) throws InterruptedException {
        Streams streams = KuarHost.streams(invocation);
        Console console = workplace.console(streams);
        if (!invocation.arguments().isEmpty()) {
            String name = invocation.arguments().get(0);
            return console.messages().has("help.word." + name)
                            && invocation.arguments().size() == 1
                            && !dev.kuar.cli.CommandTree.names().contains(name)
                            && !console.messages().text("help.words.tool").contains(name)
                    ? one(console, name)
                    : workplace.run(String.join(" ", invocation.arguments()) + " --help", streams);
        }
        for (String section : SECTIONS) {
            section(console, section);
        }
        Messages messages = console.messages();
        console.printLine(console.palette().bold(messages.text("help.section.shell")));
        console.indented("  ", messages.text("help.words.shell"));
        console.printLine("");
        console.hinted(messages.text("help.footer"));
        return 0;
    }

    private static void section(Console console, String section) {
        Messages messages = console.messages();
        console.printLine(console.palette().bold(messages.text("help.section." + section)));
        Table table = new Table();
        for (String word : messages.text("help.words." + section).split(" ")) {
            table.row(
                    "  " + console.palette().cyan(messages.text("help.usage." + word)),
                    messages.text("help.word." + word));
        }
        console.print(table);
        console.printLine("");
    }

    private static int one(Console console, String name) {
        console.printLine(console.palette().cyan(console.messages().text("help.usage." + name)));
        console.indented("  ", console.messages().text("help.word." + name));
        return 0;
    }
}
