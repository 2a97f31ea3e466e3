package dev.kuar.cli;

import dev.kuar.error.UserException;
import dev.kuar.output.Console;
import dev.kuar.output.FailureReport;
import dev.kuar.output.Language;
import dev.kuar.process.Program;
import dev.kuar.tutor.Tutor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The words of the tutor as programs of the shell: {@code task}, {@code check}, {@code hint} and so on. */
public final class TutorPrograms {
    private TutorPrograms() {}

    /** All of them by name; they print through the tutor's voice, failures on {@code console}. */
    public static Map<String, Program> of(Tutor tutor, Supplier<Console> console) {
        Map<String, Program> programs = new LinkedHashMap<>();
        add(programs, "task", console, words -> tutor.task());
        add(programs, "check", console, words -> tutor.check());
        add(programs, "hint", console, words -> tutor.hint());
        add(programs, "why", console, words -> tutor.why());
        add(programs, "solution", console, words -> tutor.solution());
        add(programs, "next", console, words -> tutor.next());
        add(programs, "back", console, words -> tutor.back());
        add(programs, "goto", console, words -> tutor.goTo(String.join(" ", words)));
        add(programs, "skip", console, words -> tutor.skip());
        add(programs, "reset", console, words -> tutor.reset());
        add(programs, "answer", console, words -> tutor.answer(String.join(" ", words)));
        add(programs, "list", console, words -> tutor.list());
        return programs;
    }

    /** What {@code lang} tells the tutor. */
    public static void language(Tutor tutor, Language language) {
        tutor.language(language.code());
    }

    private static void add(Map<String, Program> programs, String name, Supplier<Console> console, Action action) {
        programs.put(name, invocation -> {
            try {
                action.run(invocation.arguments());
                return 0;
            } catch (UserException e) {
                return new FailureReport(console.get(), false).print(e);
            }
        });
    }

    @FunctionalInterface
    private interface Action {
        void run(List<String> words) throws InterruptedException;
    }
}
