package dev.kuar.cli;

import dev.kuar.output.Console;
import dev.kuar.tutor.Said;
import dev.kuar.tutor.Voice;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The tutor's voice in a shell: answers go to the console, notices above the prompt as one piece. */
final class DeskVoice implements Voice {
    private final Supplier<Console> console;
    private final Consumer<String> above;
    private final BooleanSupplier aside;
    private final AtomicInteger spoken = new AtomicInteger();

    /** {@code aside} tells that also answers go above the prompt, since nobody waits for them. */
    DeskVoice(Supplier<Console> console, Consumer<String> above, BooleanSupplier aside) {
        this.aside = aside;
        this.console = console;
        this.above = above;
    }

    /** How often something was said. */
    int spoken() {
        return spoken.get();
    }

    @Override
    public void say(List<Said> words) {
        spoken.incrementAndGet();
        if (aside.getAsBoolean()) {
            notice(words);
        } else {
            new ConsoleVoice(console).say(words);
        }
    }

    @Override
    public void notice(List<Said> words) {
        Console now = console.get();
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(text, true, StandardCharsets.UTF_8);
        Console apart = new Console(out, out, now.palette(), now.messages(), now::columns);
        new ConsoleVoice(() -> apart).say(words);
        above.accept(text.toString(StandardCharsets.UTF_8).stripTrailing());
    }
}
