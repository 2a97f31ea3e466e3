package dev.kuar.practice.container;

import java.util.List;

/** What a shell script is made of. */
sealed interface ShellNode {
    /** Words are kept as written; they are expanded when they run. */
    record Simple(List<String> assignments, List<String> words, List<Redirect> redirects, int line)
            implements ShellNode {}

    record Pipeline(List<ShellNode> parts, boolean negated) implements ShellNode {}

    record AndOr(ShellNode left, boolean and, ShellNode right) implements ShellNode {}

    record Sequence(List<Item> items) implements ShellNode {}

    record Item(ShellNode node, boolean background) {}

    record Group(ShellNode body, boolean subshell, List<Redirect> redirects) implements ShellNode {}

    record If(ShellNode condition, ShellNode then, ShellNode otherwise, List<Redirect> redirects)
            implements ShellNode {}

    record Loop(ShellNode condition, boolean until, ShellNode body, List<Redirect> redirects) implements ShellNode {}

    record For(String name, List<String> words, boolean all, ShellNode body, List<Redirect> redirects)
            implements ShellNode {}

    /** {@code for ((first; condition; next))}. */
    record Count(String first, String condition, String next, ShellNode body, List<Redirect> redirects)
            implements ShellNode {}

    /** {@code ((…))}. */
    record Arithmetic(String text) implements ShellNode {}

    /** {@code [[ … ]]}: what stands between, operators too. */
    record Condition(List<String> tokens) implements ShellNode {}

    record Case(String word, List<Arm> arms, List<Redirect> redirects) implements ShellNode {}

    record Arm(List<String> patterns, ShellNode body) {}

    record Function(String name, ShellNode body) implements ShellNode {}

    /** {@code operator}: {@code <}, {@code >}, {@code >>}, {@code <&}, {@code >&}, {@code <<} (target is the text, quoted or not). */
    record Redirect(int fd, String operator, String target, boolean quoted) {}
}
