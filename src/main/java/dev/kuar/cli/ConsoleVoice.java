package dev.kuar.cli;

import dev.kuar.output.Console;
import dev.kuar.output.SafeText;
import dev.kuar.tutor.Said;
import dev.kuar.tutor.Voice;
import java.util.List;
import java.util.function.Supplier;

/** Prints what the tutor says on a console; the console is asked for anew each time, since {@code lang} may change it. */
public final class ConsoleVoice implements Voice {
    private final Supplier<Console> console;

    public ConsoleVoice(Supplier<Console> console) {
        this.console = console;
    }

    @Override
    public void say(List<Said> words) {
        Console out = console.get();
        words.forEach(said -> print(out, said));
        out.output().flush();
    }

    /** The same as {@link #say}: without a prompt there is nothing to be above of. A shell overrides where it has one. */
    @Override
    public void notice(List<Said> words) {
        say(words);
    }

    private static void print(Console out, Said said) {
        if (said instanceof Said.Message message) {
            out.printLine(SafeText.of(
                    out.messages().text(message.key(), message.arguments().toArray())));
        } else if (said instanceof Said.Heading heading) {
            out.printLine("");
            out.printLine(out.palette().bold(SafeText.of(heading.text())));
        } else if (said instanceof Said.Prose prose) {
            out.markdown(prose.markdown());
            out.printLine("");
        } else if (said instanceof Said.Command command) {
            out.printLine("$ " + SafeText.of(command.line()));
        } else if (said instanceof Said.Output output && !output.text().isEmpty()) {
            String text = SafeText.of(output.text());
            out.output().print(text.endsWith("\n") ? text : text + "\n");
        }
    }
}
