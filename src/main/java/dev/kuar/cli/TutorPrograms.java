package dev.kuar.cli;

import dev.kuar.error.UserException;
import dev.kuar.output.Console;
import dev.kuar.output.FailureReport;
import dev.kuar.process.CompletionSource;
import dev.kuar.process.Invocation;
import dev.kuar.process.Program;
import dev.kuar.tutor.Tutor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The words of the tutor as programs of the shell: {@code task}, {@code check}, {@code hint} and so on. */
final class TutorPrograms {
    private TutorPrograms() {}

    /** All of them by name; they print through the tutor's voice, failures on {@code console}. */
    static Map<String, Program> of(Supplier<Tutor> desk, Supplier<Console> console) {
        Map<String, Program> programs = new LinkedHashMap<>();
        add(programs, "task", console, words -> desk.get().task());
        add(programs, "check", console, words -> desk.get().check());
        add(programs, "hint", console, words -> desk.get().hint());
        add(programs, "why", console, words -> desk.get().why());
        add(programs, "solution", console, words -> desk.get().solution());
        add(programs, "next", console, words -> desk.get().next());
        add(programs, "back", console, words -> desk.get().back());
        add(programs, "goto", console, words -> desk.get().goTo(String.join(" ", words)));
        programs.computeIfPresent("goto", (name, program) -> new Offering(program, desk));
        add(programs, "skip", console, words -> desk.get().skip());
        add(programs, "reset", console, words -> desk.get().reset());
        add(programs, "answer", console, words -> desk.get().answer(String.join(" ", words)));
        add(programs, "list", console, words -> desk.get().list());
        return programs;
    }

    private static void add(Map<String, Program> programs, String name, Supplier<Console> console, Action action) {
        programs.put(name, invocation -> {
            List<String> words = invocation.arguments();
            if (words.size() == 1
                    && (words.get(0).equals("--help") || words.get(0).equals("-h"))) {
                console.get().say("help.usage." + name);
                console.get().indented("  ", console.get().messages().text("help.word." + name));
                return 0;
            }
            try {
                action.run(invocation.arguments());
                return 0;
            } catch (UserException e) {
                return new FailureReport(console.get(), false).print(e);
            }
        });
    }

    /** A program that offers the places of the course. */
    private record Offering(Program program, Supplier<Tutor> desk) implements Program, CompletionSource {
        @Override
        public int run(Invocation invocation) throws InterruptedException {
            return program.run(invocation);
        }

        @Override
        public Map<String, String> complete(List<String> words, String prefix, Map<String, String> environment) {
            return words.isEmpty() ? desk.get().places(prefix.contains("/")) : Map.of();
        }
    }

    @FunctionalInterface
    private interface Action {
        void run(List<String> words) throws InterruptedException;
    }
}
