package dev.kuar.cli;

import java.util.function.Function;

/** One command under {@code kuar}: made only when a line names it or asks for help. */
sealed interface Entry {
    String name();

    /** A command that picocli parses; its class carries {@code @Command}. */
    record Parsed(String name, Function<CommandContext, Object> command) implements Entry {}

    /** A program of the shell that parses its own words, for instance kubectl. */
    record Raw(String name, String program, String description) implements Entry {}
}
