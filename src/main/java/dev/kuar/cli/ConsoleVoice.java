package dev.kuar.cli;

import dev.kuar.output.Console;
import dev.kuar.output.Palette;
import dev.kuar.output.SafeText;
import dev.kuar.output.Table;
import dev.kuar.tutor.Said;
import dev.kuar.tutor.Voice;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Prints what the tutor says on a console; the console is asked for anew each time, since {@code lang} may change it. */
public final class ConsoleVoice implements Voice {
    private static final int LABEL = 10;
    private static final Set<String> GOOD =
            Set.of("tutor.passed", "tutor.passed-by-another-way", "tutor.lesson-done", "tutor.answer-right");
    private static final Set<String> NOT_GOOD =
            Set.of("tutor.not-yet", "tutor.no-longer-possible", "tutor.cannot-check", "tutor.answer-wrong");
    private static final Set<String> VERDICTS = Set.of(
            "tutor.passed",
            "tutor.passed-by-another-way",
            "tutor.not-yet",
            "tutor.no-longer-possible",
            "tutor.cannot-check",
            "tutor.lesson-done");
    private static final Set<String> BOLD = Set.of(
            "tutor.hint", "tutor.drift", "tutor.drift-since", "tutor.goals", "tutor.solution", "tutor.welcome-back");
    /** Said last of all, with an empty line around. */
    private static final Set<String> ONWARD =
            Set.of("tutor.actions", "tutor.next-step", "tutor.next-lesson", "tutor.next-ends", "tutor.skip-goes-on");

    private final Supplier<Console> console;

    public ConsoleVoice(Supplier<Console> console) {
        this.console = console;
    }

    @Override
    public void say(List<Said> words) {
        Console out = console.get();
        Table rows = new Table();
        Said before = null;
        for (Said said : words) {
            if (said instanceof Said.Row row) {
                rows.row(row.cells().stream().map(cell -> cell(out, cell)).toArray());
            } else {
                rows.lines(out.columns()).forEach(out::printLine);
                rows = new Table();
                if (opens(said) || (before != null && (closes(before) || isApart(said)))) {
                    out.printLine("");
                }
                print(out, said);
            }
            before = said;
        }
        rows.lines(out.columns()).forEach(out::printLine);
        if (before != null && isOnward(before)) {
            out.printLine("");
        }
        out.output().flush();
    }

    /** The same as {@link #say}: without a prompt there is nothing to be above of. A shell overrides where it has one. */
    @Override
    public void notice(List<Said> words) {
        say(words);
    }

    private static String cell(Console out, Object cell) {
        return SafeText.of(cell instanceof Said.Message message ? text(out, message) : String.valueOf(cell));
    }

    private static String text(Console out, Said.Message message) {
        return SafeText.of(
                out.messages().text(message.key(), message.arguments().toArray()));
    }

    /** Whether an empty line stands before it, always. */
    private static boolean opens(Said said) {
        return isOnward(said)
                || said instanceof Said.Heading
                || said instanceof Said.Milestone
                || (said instanceof Said.Message message && VERDICTS.contains(message.key()));
    }

    /** Whether an empty line stands before it where something stands before it. */
    private static boolean isApart(Said said) {
        return said instanceof Said.Field field && isTask(field);
    }

    /** Whether an empty line stands behind it where something follows. */
    private static boolean closes(Said said) {
        return said instanceof Said.Prose || (said instanceof Said.Field field && isTask(field));
    }

    private static boolean isOnward(Said said) {
        return said instanceof Said.Message message && ONWARD.contains(message.key());
    }

    private static boolean isTask(Said.Field field) {
        return field.key().equals("tutor.task") || field.key().equals("tutor.question");
    }

    private static void print(Console out, Said said) {
        if (said instanceof Said.Message message) {
            message(out, message);
        } else if (said instanceof Said.Heading heading) {
            out.prose(out.palette().bold(SafeText.of(heading.text())));
        } else if (said instanceof Said.Milestone milestone) {
            out.prose(bar(out.palette(), milestone) + " " + out.palette().bold(SafeText.of(milestone.title())));
        } else if (said instanceof Said.Prose prose) {
            out.markdown(prose.markdown());
        } else if (said instanceof Said.Field field) {
            field(out, field);
        } else if (said instanceof Said.Command command) {
            out.printLine("$ " + SafeText.of(command.line()));
        } else if (said instanceof Said.Output output && !output.text().isEmpty()) {
            String text = SafeText.of(output.text());
            out.output().print(text.endsWith("\n") ? text : text + "\n");
        }
    }

    private static void message(Console out, Said.Message message) {
        String text = text(out, message);
        Palette palette = out.palette();
        if (GOOD.contains(message.key())) {
            out.prose(palette.bold(palette.green(text)));
        } else if (NOT_GOOD.contains(message.key())) {
            out.prose(palette.bold(palette.yellow(text)));
        } else if (BOLD.contains(message.key())) {
            out.prose(palette.bold(text));
        } else {
            out.hinted(text);
        }
    }

    /** A task stands under its label, the parts of a verdict beside theirs. */
    private static void field(Console out, Said.Field field) {
        String label = SafeText.of(out.messages().text(field.key()));
        Palette palette = out.palette();
        if (isTask(field)) {
            out.prose(palette.bold(palette.isOn() ? label.replace("`", "") : label));
            out.labelled("", 2, field.markdown());
        } else {
            out.labelled("  " + palette.dim(label), LABEL + 2, field.markdown());
        }
    }

    /** {@code [#>..] 2/4}: passed, here, open. ASCII, because the width of other bars depends on the terminal. */
    private static String bar(Palette palette, Said.Milestone milestone) {
        StringBuilder bar = new StringBuilder("[");
        for (int i = 0; i < milestone.marks().size(); i++) {
            Said.Mark mark = milestone.marks().get(i);
            bar.append(
                    switch (mark) {
                        case PASSED -> palette.green("#");
                        case SKIPPED -> palette.dim("-");
                        case TO_REVIEW -> palette.yellow("?");
                        case OPEN -> i == milestone.at() ? palette.cyan(">") : palette.dim(".");
                    });
        }
        bar.append("]");
        return milestone.at() < 0
                ? bar.toString()
                : bar + " " + (milestone.at() + 1) + "/" + milestone.marks().size();
    }
}
