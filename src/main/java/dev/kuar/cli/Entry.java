package dev.kuar.cli;

import dev.kuar.process.Program;
import java.util.function.Function;
import java.util.function.Supplier;

/** One command under {@code kuar}: made only when a line names it or asks for help. */
sealed interface Entry {
    String name();

    /** A command that picocli parses; its class carries {@code @Command}. */
    record Parsed(String name, Function<CommandContext, Object> command) implements Entry {}

    /** A program that parses its own words, for instance kubectl. */
    record Raw(String name, String description, Supplier<Program> program) implements Entry {}
}
