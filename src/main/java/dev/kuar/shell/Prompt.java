package dev.kuar.shell;

import dev.kuar.guard.Recognition;
import dev.kuar.guard.Standing;
import dev.kuar.kube.Glance;
import dev.kuar.output.Palette;
import dev.kuar.output.SafeText;
import dev.kuar.process.ProgramRegistry;
import dev.kuar.shell.language.Session;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * The prompt: where one is. What the cluster of the current context is to kuar, the context, its namespace, and which tools are the
 * real ones.
 *
 * <p>Without a context there is nothing to reach but what the stand-ins make, which is practice.
 */
final class Prompt {
    private static final int LONGEST = 30;

    private final Session session;
    private final Palette palette;
    private final Recognition recognition;
    private final Supplier<String> lesson;

    /** {@code lesson} says where in the lessons one is; empty for nowhere. */
    Prompt(Session session, Palette palette, Recognition recognition, Supplier<String> lesson) {
        this.session = session;
        this.palette = palette;
        this.recognition = recognition;
        this.lesson = lesson;
    }

    String text() {
        Glance glance = Glance.at(read());
        String at = lesson.get();
        String where = where(glance);
        String live = session.variable(ProgramRegistry.LIVE);
        return (at.isEmpty() ? "" : palette.magenta(at) + " ")
                + mode(glance, !live.isEmpty())
                + (where.isEmpty() ? "" : " " + palette.cyan(where))
                + (live.isEmpty() ? "" : " " + palette.yellow("live:" + SafeText.of(live)))
                + " $ ";
    }

    private String mode(Glance glance, boolean live) {
        if (glance.context().isEmpty()) {
            return live ? palette.yellow("live") : palette.green(Standing.PRACTICE.word());
        }
        Standing standing = recognition.of(glance.server(), glance.authority());
        return switch (standing) {
            case PRACTICE -> palette.green(standing.word());
            case READ_ONLY -> palette.yellow(standing.word());
            case CREATED, ADOPTED -> palette.red(standing.word());
        };
    }

    private static String where(Glance glance) {
        String context = glance.context();
        String namespace = glance.namespace();
        String shown = context.length() > LONGEST ? "…" + context.substring(context.length() - LONGEST) : context;
        return SafeText.of(namespace.isEmpty() || namespace.equals("default") ? shown : shown + "/" + namespace);
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
