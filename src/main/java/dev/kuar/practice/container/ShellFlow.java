package dev.kuar.practice.container;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Carries out compound commands: loops, choices, groups, {@code ((…))} and {@code [[…]]}. */
final class ShellFlow {
    private final Shell shell;
    private final ShellExpansion expansion;
    private final Processor.Circles circles;

    ShellFlow(Shell shell, ShellExpansion expansion, Processor.Circles circles) {
        this.shell = shell;
        this.expansion = expansion;
        this.circles = circles;
    }

    /** Runs what is no simple command; the status is the shell's. */
    void run(ShellNode.Compound node) throws IOException, InterruptedException {
        Map<Integer, Fd> saved = shell.fds;
        try {
            shell.fds = shell.redirected(node.redirects());
            if (node instanceof ShellNode.Arithmetic sum) {
                shell.line = shell.from + sum.line() - 1;
                ShellTrace.show(shell, "(( " + sum.text() + " ))");
                shell.status = reckon(sum.text()) != 0 ? 0 : 1;
            } else if (node instanceof ShellNode.Condition condition) {
                shell.line = shell.from + condition.line() - 1;
                ShellTrace.show(shell, "[[ " + String.join(" ", condition.tokens()) + " ]]");
                shell.status = new ShellCondition(shell, expansion, condition.tokens()).holds() ? 0 : 1;
            } else if (node instanceof ShellNode.Group group) {
                group(group);
            } else if (node instanceof ShellNode.If choice) {
                boolean yes = holds(choice.condition());
                shell.run(yes ? choice.then() : choice.otherwise(), false);
            } else if (node instanceof ShellNode.Loop loop) {
                repeat(loop);
            } else if (node instanceof ShellNode.Count loop) {
                count(loop);
            } else if (node instanceof ShellNode.For loop) {
                each(loop);
            } else if (node instanceof ShellNode.Case choice) {
                choose(choice);
            } else if (node instanceof ShellNode.Timed timed) {
                shell.run(timed.body(), false);
                String none = "0m0.000s";
                shell.error("\nreal\t" + none + "\nuser\t" + none + "\nsys\t" + none);
            }
        } catch (ShellRedirects.Refusal e) {
            shell.error(shell.where() + e.getMessage());
            shell.status = shell.isDash() ? 2 : 1;
        } finally {
            shell.fds = saved;
        }
    }

    private void repeat(ShellNode.Loop loop) throws IOException, InterruptedException {
        int result = 0;
        while (holds(loop.condition()) != loop.until()) {
            if (!once(loop.body())) {
                result = 0;
                break;
            }
            result = shell.status;
        }
        shell.status = result;
    }

    private void group(ShellNode.Group group) throws IOException, InterruptedException {
        if (group.subshell()) {
            shell.status = shell.forked(group.body());
            shell.exitOnFailure();
        } else {
            shell.run(group.body(), false);
        }
    }

    private long reckon(String text) throws IOException, InterruptedException {
        try {
            return shell.arithmetic(expansion.sum(text));
        } catch (ShellState.Failure e) {
            if (!String.valueOf(e.getMessage()).isEmpty()) {
                shell.error(shell.where() + "((: " + e.getMessage());
            }
            return 0;
        }
    }

    private boolean holds(ShellNode condition) throws IOException, InterruptedException {
        return shell.asCondition(condition) == 0;
    }

    private void count(ShellNode.Count loop) throws IOException, InterruptedException {
        shell.line = shell.from + loop.line() - 1;
        reckon(loop.first());
        shell.status = 0;
        while (loop.condition().isBlank() || reckon(loop.condition()) != 0) {
            if (!once(loop.body())) {
                break;
            }
            reckon(loop.next());
        }
    }

    private void each(ShellNode.For loop) throws IOException, InterruptedException {
        shell.line = shell.from + loop.line() - 1;
        List<String> words = loop.all() ? shell.positional() : expansion.words(loop.words());
        if (!loop.name().matches("[A-Za-z_][A-Za-z0-9_]*")) {
            shell.error(shell.where() + "`" + loop.name() + "': not a valid identifier");
            shell.status = 1;
            return;
        }
        if (loop.menu()) {
            select(loop, words);
            return;
        }
        shell.status = 0;
        for (String word : words) {
            if (shell.bash) {
                ShellTrace.show(
                        shell,
                        "for " + loop.name() + " in " + (loop.all() ? "\"$@\"" : String.join(" ", loop.words())));
            }
            shell.assign(loop.name(), word);
            if (!once(loop.body())) {
                break;
            }
        }
    }

    private void select(ShellNode.For loop, List<String> words) throws IOException, InterruptedException {
        shell.status = 0;
        boolean shows = true;
        while (!words.isEmpty()) {
            StringBuilder menu = new StringBuilder();
            for (int i = 0; shows && i < words.size(); i++) {
                menu.append(String.format(
                        Locale.ROOT, "%" + Integer.toString(words.size()).length() + "d) %s%n", i + 1, words.get(i)));
            }
            shell.complain(
                    menu.toString().replace("\r\n", "\n") + (shell.isSet("PS3") ? shell.variable("PS3") : "#? "));
            Fd in = shell.fds.getOrDefault(0, Fd.NULL);
            String line = in.in() == null ? "" : ShellTool.line(in.in());
            if (line.isEmpty()) {
                shell.print("\n");
                shell.status = 1;
                return;
            }
            String reply = line.replaceFirst("\n$", "");
            shows = reply.isBlank();
            if (shows) {
                continue;
            }
            shell.assign("REPLY", reply);
            int index = reply.strip().matches("\\d{1,9}") ? Integer.parseInt(reply.strip()) : 0;
            shell.assign(loop.name(), index >= 1 && index <= words.size() ? words.get(index - 1) : "");
            if (!once(loop.body())) {
                return;
            }
        }
    }

    private void choose(ShellNode.Case choice) throws IOException, InterruptedException {
        shell.line = shell.from + choice.line() - 1;
        String word = expansion.word(choice.word());
        if (shell.bash) {
            ShellTrace.show(shell, "case " + choice.word() + " in");
        }
        shell.status = 0;
        boolean falls = false;
        for (ShellNode.Arm arm : choice.arms()) {
            if (falls || matches(arm, word)) {
                shell.run(arm.body(), false);
                if (arm.end().equals(";;")) {
                    return;
                }
                falls = arm.end().equals(";&");
            }
        }
    }

    private boolean matches(ShellNode.Arm arm, String word) throws IOException, InterruptedException {
        for (String pattern : arm.patterns()) {
            if (ShellPattern.matches(expansion.pattern(pattern), word)) {
                return true;
            }
        }
        return false;
    }

    /** One turn of a loop; whether it goes on. */
    private boolean once(ShellNode body) throws IOException, InterruptedException {
        circles.turn();
        shell.loops++;
        try {
            shell.run(body, false);
            return true;
        } catch (ShellState.Jump jump) {
            if (jump.value > 1 && shell.loops > 1 && (jump.kind.equals("break") || jump.kind.equals("continue"))) {
                throw new ShellState.Jump(jump.kind, jump.value - 1);
            }
            if (jump.kind.equals("continue")) {
                return true;
            }
            if (jump.kind.equals("break")) {
                shell.status = 0;
                return false;
            }
            throw jump;
        } finally {
            shell.loops--;
        }
    }
}
