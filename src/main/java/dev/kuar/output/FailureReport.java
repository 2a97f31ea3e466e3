package dev.kuar.output;

import dev.kuar.error.Edge;
import dev.kuar.error.Fault;
import dev.kuar.error.Reason;
import dev.kuar.error.UserException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.util.concurrent.CompletionException;

/**
 * The one handler of failures: says what happened, why, and what to do next, on standard error.
 *
 * <p>The advice is the text of {@link Reason#advice()}; why is the text of the same key with {@code .why} behind it, else
 * what the cause says. A stack trace only where it was asked for.
 */
public final class FailureReport {
    private final Console console;
    private final boolean stackTrace;

    public FailureReport(Console console, boolean stackTrace) {
        this.console = console;
        this.stackTrace = stackTrace;
    }

    /** Prints {@code failure} and returns the exit code that belongs to it; anything but a {@link UserException} is a fault of ours, 4. */
    public int print(Throwable failure) {
        UserException known = failure instanceof UserException user
                ? user
                : new UserException(Fault.OURS, SafeText.of(describe(failure)), failure.getCause());
        Messages messages = console.messages();
        String advice = known.reason().advice();
        String what = what(known);
        line(console.palette().red(messages.text("error.error")), what);
        String why = messages.has(advice + ".why") ? messages.text(advice + ".why", known.arguments()) : cause(known);
        if (!why.isEmpty() && !what.contains(why)) {
            line(messages.text("error.why"), why);
        }
        if (messages.has(advice)) {
            line(messages.text("error.do"), messages.text(advice, known.arguments()));
        }
        if (stackTrace) {
            console.error().print(trace(failure));
        }
        console.error().flush();
        return known.reason().exitCode();
    }

    private String what(UserException failure) {
        String text = failure.arguments().length > 0 || console.messages().has(failure.detail())
                ? console.messages().text(failure.detail(), failure.arguments())
                : failure.detail();
        return SafeText.of(text);
    }

    private static String cause(UserException failure) {
        Throwable cause = failure.getCause();
        return cause == null || cause.getMessage() == null ? "" : SafeText.of(describe(cause));
    }

    private static String describe(Throwable failure) {
        if (failure instanceof FileSystemException file) {
            return file.getFile() + ": " + reason(file);
        }
        Throwable wrapped = failure.getCause();
        if (wrapped != null && (failure instanceof UncheckedIOException || failure instanceof CompletionException)) {
            return describe(wrapped);
        }
        String message = failure.getMessage();
        String type = failure.getClass().getSimpleName();
        boolean plain = failure instanceof RuntimeException || failure.getClass() == IOException.class;
        return message == null ? type : plain ? message : type + ": " + message;
    }

    /** In the system's words, which the JDK hides behind the names of classes. */
    private static String reason(FileSystemException failure) {
        if (failure.getReason() != null) {
            return failure.getReason();
        }
        return switch (failure.getClass().getSimpleName()) {
            case "NoSuchFileException" -> "No such file or directory";
            case "AccessDeniedException" -> "Permission denied";
            case "FileAlreadyExistsException" -> "File exists";
            case "DirectoryNotEmptyException" -> "Directory not empty";
            default -> failure.getClass().getSimpleName();
        };
    }

    @Edge("a stack trace that was asked for")
    private static String trace(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    private void line(String label, String text) {
        console.remark(label + " " + text.replace("\n", "\n  "));
    }
}
