package dev.kuar.process;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * One run of a {@link Program}: what a process would get from its parent.
 *
 * @param name the name it was called by, for instance {@code k}
 * @param arguments the words after the name, expanded, in order
 * @param input standard input; empty where there is none
 * @param output standard output, UTF-8, not closed by the program
 * @param error standard error, UTF-8, not closed by the program
 * @param environment all variables, {@code KUBECONFIG} and {@code HOME} among them; a live, private copy
 * @param directory the current directory, absolute
 * @param terminal what is known of the terminal behind the streams
 */
public record Invocation(
        String name,
        List<String> arguments,
        InputStream input,
        PrintStream output,
        PrintStream error,
        Map<String, String> environment,
        Path directory,
        TerminalView terminal) {

    public Invocation {
        arguments = List.copyOf(arguments);
    }

    /** The same run with other arguments, for a program that delegates to another. */
    public Invocation withArguments(String newName, List<String> newArguments) {
        return new Invocation(newName, newArguments, input, output, error, environment, directory, terminal);
    }
}
