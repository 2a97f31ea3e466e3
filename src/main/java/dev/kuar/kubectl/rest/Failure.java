package dev.kuar.kubectl.rest;

import dev.kuar.kubectl.data.Tree;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A failure that ends a command: what goes to standard error, as kubectl words it, and the exit code. */
public final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;
    private final transient Tree status;

    private Failure(String message, int exitCode, Tree status, @Nullable Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
        this.status = status;
    }

    /** With {@code error: } before the message, exit code 1. */
    public static Failure error(String message) {
        return error(message, null);
    }

    public static Failure error(String message, @Nullable Throwable cause) {
        return new Failure(message.startsWith("error: ") ? message : "error: " + message, 1, Tree.NONE, cause);
    }

    /** The message as it stands, exit code 1. */
    public static Failure plain(String message) {
        return new Failure(message, 1, Tree.NONE, null);
    }

    /** Only an exit code; the message may be empty. */
    public static Failure exit(int code, String message) {
        return new Failure(message, code, Tree.NONE, null);
    }

    /** A refusal of the server: a Status object. */
    public static Failure ofStatus(Tree status) {
        return new Failure(wording(status), 1, status, null);
    }

    /** Several failures, one a line. */
    public static Failure all(List<Failure> failures) {
        if (failures.size() == 1) {
            return failures.get(0);
        }
        Set<String> lines = new LinkedHashSet<>();
        failures.forEach(failure -> lines.add(failure.text()));
        return new Failure(String.join("\n", lines), 1, Tree.NONE, null);
    }

    public String text() {
        String message = getMessage();
        return message == null ? "" : message;
    }

    /** Without the leading {@code error: }. */
    public String bare() {
        return !status.isMap() ? text().replaceFirst("^error: ", "") : status.text("message");
    }

    public int exitCode() {
        return exitCode;
    }

    /** The server's Status, {@link Tree#NONE} when it said nothing. */
    public Tree status() {
        return status;
    }

    public String reason() {
        return status.text("reason");
    }

    public boolean isNotFound() {
        return "NotFound".equals(reason());
    }

    public boolean isConflict() {
        return "Conflict".equals(reason());
    }

    /** The same failure, telling what was being done with which source: {@code error when creating "x.yaml": …}. */
    public Failure during(String verb, String source) {
        String prefix = "error when " + verb + " \"" + source + "\": ";
        if (!status.isMap()) {
            return error(prefix + bare(), this);
        }
        Tree told = status.copy();
        told.set(prefix + status.text("message"), "message");
        return ofStatus(told);
    }

    private static String wording(Tree status) {
        String reason = status.text("reason");
        String message = status.text("message");
        if ("Unauthorized".equals(reason)) {
            return "error: You must be logged in to the server (" + message + ")";
        }
        if ("Invalid".equals(reason) && status.has("details")) {
            return invalid(status.at("details"), message);
        }
        return "Error from server" + (reason.isEmpty() ? "" : " (" + reason + ")") + ": " + message;
    }

    private static String invalid(Tree details, String message) {
        String kind = details.text("kind");
        String name = details.text("name");
        List<Tree> causes = details.items("causes");
        String head = "The request is invalid";
        if (!kind.isEmpty() && name.isEmpty()) {
            head = "The " + kind + " is invalid";
        } else if (!kind.isEmpty() || !name.isEmpty()) {
            head = "The " + kind + " \"" + name + "\" is invalid";
        } else if (!message.isEmpty() && causes.isEmpty()) {
            return head + ": " + message;
        }
        if (causes.isEmpty()) {
            return head;
        }
        Set<String> lines = new LinkedHashSet<>();
        for (Tree cause : causes) {
            lines.add(cause.text("field") + ": " + cause.text("message"));
        }
        List<String> list = new ArrayList<>(lines);
        return list.size() == 1 ? head + ": " + list.get(0) : head + ": \n* " + String.join("\n* ", list);
    }
}
