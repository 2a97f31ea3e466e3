package dev.kuar.practice.container;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What filters read: files by name, {@code -} for standard input. Their text is kept byte by byte, a character each, so that
 * what is no UTF-8 goes through as it is.
 */
final class Inputs {
    private Inputs() {}

    static InputStream open(Task task, String file) {
        if (file.equals("-")) {
            return task.in();
        }
        InputStream in = ShellRedirects.Opened.read(task, task.fds(), file).in();
        return in == null ? InputStream.nullInputStream() : in;
    }

    static byte[] bytes(Task task, String file) throws IOException {
        return open(task, file).readAllBytes();
    }

    /** A character a byte. */
    static String text(Task task, String file) throws IOException {
        return new String(bytes(task, file), StandardCharsets.ISO_8859_1);
    }

    /** Without their ends. */
    static List<String> lines(Task task, String file) throws IOException {
        return lines(text(task, file));
    }

    static List<String> lines(String text) {
        return text.isEmpty()
                ? new ArrayList<>()
                : new ArrayList<>(
                        List.of((text.endsWith("\n") ? text.substring(0, text.length() - 1) : text).split("\n", -1)));
    }

    /** A word of the command line as text that is kept byte by byte. */
    static String word(String argument) {
        return new String(argument.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    static void print(Task task, CharSequence text) throws IOException {
        task.out().write(text.toString().getBytes(StandardCharsets.ISO_8859_1));
    }

    /** What is done with one file. */
    @FunctionalInterface
    interface Act {
        void on(String file) throws IOException;
    }

    /** Does something with each file, and complains of those that can't be read; the exit code. */
    static int each(Task task, List<String> files, Act act) throws IOException {
        int code = 0;
        for (String file : files) {
            try {
                act.on(file);
            } catch (FileError e) {
                code = failed(task, e);
            }
        }
        return code;
    }

    /** {@code NAME: FILE: WORDS}, as most programs say it. */
    static int failed(Task task, FileError e) throws IOException {
        return task.fail(1, e.path() + ": " + e.words());
    }

    /** All of the files, one after the other; what can't be read is told of, and left out. */
    static byte[] joined(Task task, List<String> files) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        int unused = each(task, files, file -> all.writeBytes(bytes(task, file)));
        return all.toByteArray();
    }
}
