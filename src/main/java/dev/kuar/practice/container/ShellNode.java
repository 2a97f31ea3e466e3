package dev.kuar.practice.container;

import dev.kuar.practice.container.ShellLexer.HereText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a shell script is made of. */
sealed interface ShellNode {
    /** Words are kept as written; they are expanded when they run. */
    record Simple(List<String> assignments, List<String> words, List<Redirect> redirects, int line)
            implements ShellNode {}

    /** A command that holds others, or reckons; redirections count for all of it. */
    sealed interface Compound extends ShellNode {
        List<Redirect> redirects();
    }

    record Pipeline(List<ShellNode> parts, boolean negated) implements ShellNode {}

    record AndOr(ShellNode left, boolean and, ShellNode right) implements ShellNode {}

    record Sequence(List<Item> items) implements ShellNode {}

    record Item(ShellNode node, boolean background) {}

    record Group(ShellNode body, boolean subshell, List<Redirect> redirects) implements Compound {}

    record If(ShellNode condition, ShellNode then, ShellNode otherwise, List<Redirect> redirects) implements Compound {}

    record Loop(ShellNode condition, boolean until, ShellNode body, List<Redirect> redirects) implements Compound {}

    /** {@code for}, or {@code select} where the words are a menu. */
    record For(
            String name,
            List<String> words,
            boolean all,
            boolean menu,
            ShellNode body,
            List<Redirect> redirects,
            int line)
            implements Compound {}

    /** {@code for ((first; condition; next))}. */
    record Count(String first, String condition, String next, ShellNode body, List<Redirect> redirects, int line)
            implements Compound {}

    /** {@code ((…))}. */
    record Arithmetic(String text, List<Redirect> redirects, int line) implements Compound {}

    /** {@code [[ … ]]}: what stands between, operators too. */
    record Condition(List<String> tokens, List<Redirect> redirects, int line) implements Compound {}

    record Case(String word, List<Arm> arms, List<Redirect> redirects, int line) implements Compound {}

    /** {@code end}: {@code ;;}, {@code ;&} or {@code ;;&}. */
    record Arm(List<String> patterns, ShellNode body, String end) {}

    record Function(String name, ShellNode body) implements ShellNode {}

    /** {@code time PIPELINE}. */
    record Timed(ShellNode body) implements Compound {
        @Override
        public List<Redirect> redirects() {
            return List.of();
        }
    }

    /** {@code operator}: {@code <}, {@code >}, {@code >>}, {@code >|}, {@code <&}, {@code >&}, {@code <<<}, {@code <<} (target is the text, quoted or not). */
    record Redirect(
            int fd,
            String operator,
            String target,
            boolean quoted,
            @Nullable HereText here) {
        Redirect(int fd, String operator, String target, boolean quoted) {
            this(fd, operator, target, quoted, null);
        }

        /** The word behind the operator, or the text of the here-document. */
        @Override
        public String target() {
            return here == null ? target : here.text();
        }
    }
}
