package dev.kuar.shell;

import dev.kuar.output.Palette;
import dev.kuar.output.SafeText;
import dev.kuar.shell.language.Session;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The prompt: where one is. Practice or real, context, namespace.
 *
 * <p>Reads the kubeconfig by its lines, because a YAML parser costs more than all of the first prompt; what it cannot read so it
 * leaves out.
 */
final class Prompt {
    private static final Pattern CURRENT = Pattern.compile("(?m)^current-context:\\s*[\"']?([^\"'\\s]*)");
    private static final int LONGEST = 30;

    private final Session session;
    private final Palette palette;
    private final Supplier<String> lesson;

    /** {@code lesson} says where in the lessons one is; empty for nowhere. */
    Prompt(Session session, Palette palette, Supplier<String> lesson) {
        this.session = session;
        this.palette = palette;
        this.lesson = lesson;
    }

    String text() {
        String where = where();
        boolean live = !session.variable("KUAR_LIVE").isEmpty();
        String mode = live ? palette.yellow("live") : palette.green("practice");
        String at = lesson.get();
        return (at.isEmpty() ? "" : palette.magenta(at) + " ")
                + mode
                + (where.isEmpty() ? "" : " " + palette.cyan(where))
                + " $ ";
    }

    private String where() {
        String kubeconfig = read();
        Matcher current = CURRENT.matcher(kubeconfig);
        if (!current.find() || current.group(1).isEmpty()) {
            return "";
        }
        String context = current.group(1);
        String namespace = namespace(kubeconfig, context);
        String shown = context.length() > LONGEST ? "…" + context.substring(context.length() - LONGEST) : context;
        return SafeText.of(namespace.isEmpty() || namespace.equals("default") ? shown : shown + "/" + namespace);
    }

    /** The namespace in the list entry whose name is the context's. */
    private static String namespace(String kubeconfig, String context) {
        for (String entry : kubeconfig.split("(?m)^\\s*- ")) {
            if (entry.contains("context:")
                    && Pattern.compile("(?m)^\\s*name:\\s*[\"']?" + Pattern.quote(context) + "[\"']?\\s*$")
                            .matcher(entry)
                            .find()) {
                Matcher namespace = Pattern.compile("(?m)^\\s*namespace:\\s*[\"']?([^\"'\\s]+)")
                        .matcher(entry);
                return namespace.find() ? namespace.group(1) : "";
            }
        }
        return "";
    }

    private String read() {
        Path file = Path.of(session.variable("KUBECONFIG").split(java.io.File.pathSeparator, 2)[0]);
        try {
            return Files.isRegularFile(file) ? Files.readString(file, StandardCharsets.UTF_8) : "";
        } catch (IOException e) {
            // A prompt must not fail; kubectl says what is wrong with the file.
            return "";
        }
    }
}
