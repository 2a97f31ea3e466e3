package dev.kuar.shell.program;

import dev.kuar.process.Invocation;
import dev.kuar.process.Program;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A program that reads files or its standard input; wrong words and unreadable files are said as POSIX tools say them. */
abstract class Filter implements Program {
    static final int FAILED = 1;
    static final int USAGE = 2;

    /** Does the work; I/O failures and wrong words are handled around it. */
    abstract int filter(Invocation invocation) throws IOException, InterruptedException;

    @Override
    public final int run(Invocation invocation) throws InterruptedException {
        try {
            return filter(invocation);
        } catch (Options.Unknown e) {
            complain(invocation, String.valueOf(e.getMessage()));
            return USAGE;
        } catch (InterruptedIOException e) {
            throw new InterruptedException();
        } catch (IOException e) {
            complain(invocation, reason(e));
            return FAILED;
        }
    }

    static void complain(Invocation invocation, String message) {
        invocation.error().print(invocation.name() + ": " + message + "\n");
    }

    /** An I/O failure in the words of strerror(3). */
    static String reason(IOException failure) {
        if (failure instanceof NoSuchFileException) {
            return failure.getMessage() + ": No such file or directory";
        }
        if (failure instanceof AccessDeniedException) {
            return failure.getMessage() + ": Permission denied";
        }
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }

    /** The stream behind a file name; {@code -} is standard input. */
    static InputStream open(Invocation invocation, String name) throws IOException {
        if (name.equals("-")) {
            return invocation.input();
        }
        Path file = invocation.directory().resolve(name);
        if (Files.isDirectory(file)) {
            throw new IOException(name + ": Is a directory");
        }
        try {
            return Files.newInputStream(file);
        } catch (NoSuchFileException e) {
            throw new NoSuchFileException(name);
        } catch (AccessDeniedException e) {
            throw new AccessDeniedException(name);
        }
    }

    interface LineWork {
        /** Takes one line; returns false when no more are wanted. */
        boolean take(String line) throws IOException;
    }

    /** Hands over each line of a file, without its newline. */
    static void eachLine(Invocation invocation, String name, LineWork work) throws IOException {
        InputStream in = open(invocation, name);
        try {
            BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (!work.take(line)) {
                    return;
                }
            }
        } finally {
            if (in != invocation.input()) {
                in.close();
            }
        }
    }

    /** All lines of all files, or of standard input where none is named. */
    static List<String> allLines(Invocation invocation, List<String> names) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String name : orInput(names)) {
            eachLine(invocation, name, lines::add);
        }
        return lines;
    }

    static List<String> orInput(List<String> names) {
        return names.isEmpty() ? List.of("-") : names;
    }

    static void print(Invocation invocation, String line) {
        invocation.output().print(line + "\n");
    }
}
