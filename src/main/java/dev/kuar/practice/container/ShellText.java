package dev.kuar.practice.container;

import dev.kuar.practice.container.ShellNode.Redirect;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A command as {@code jobs} shows it: on one line, words as they were written. */
final class ShellText {
    /** Between a redirection's operator and its target, and within the brackets of a subshell. */
    private final String gap;

    private ShellText(boolean bash) {
        this.gap = bash ? " " : "";
    }

    static String of(ShellNode node, boolean bash) {
        return new ShellText(bash).of(node);
    }

    private String of(ShellNode node) {
        if (node instanceof ShellNode.Simple simple) {
            List<String> parts = new ArrayList<>(simple.assignments());
            parts.addAll(simple.words());
            return String.join(" ", parts) + redirects(simple.redirects());
        }
        if (node instanceof ShellNode.Pipeline pipeline) {
            return (pipeline.negated() ? "! " : "")
                    + pipeline.parts().stream().map(this::of).collect(Collectors.joining(" | "));
        }
        if (node instanceof ShellNode.AndOr pair) {
            return of(pair.left()) + (pair.and() ? " && " : " || ") + of(pair.right());
        }
        if (node instanceof ShellNode.Sequence sequence) {
            StringBuilder text = new StringBuilder();
            for (ShellNode.Item item : sequence.items()) {
                text.append(text.isEmpty() ? "" : text.charAt(text.length() - 1) == '&' ? " " : "; ")
                        .append(of(item.node()))
                        .append(item.background() ? " &" : "");
            }
            return text.toString();
        }
        if (node instanceof ShellNode.Group group) {
            String body = of(group.body());
            return (group.subshell() ? "(" + gap + body + gap + ")" : "{ " + body + "; }")
                    + redirects(group.redirects());
        }
        if (node instanceof ShellNode.If choice) {
            return "if " + of(choice.condition()) + "; then ...; fi";
        }
        if (node instanceof ShellNode.Loop loop) {
            return (loop.until() ? "until " : "while ") + of(loop.condition()) + "; do ...; done";
        }
        if (node instanceof ShellNode.For loop) {
            return "for " + loop.name() + (loop.all() ? "" : " in " + String.join(" ", loop.words()))
                    + "; do ...; done";
        }
        if (node instanceof ShellNode.Case choice) {
            return "case " + choice.word() + " in ... esac";
        }
        return "...";
    }

    private String redirects(List<Redirect> redirects) {
        StringBuilder text = new StringBuilder();
        for (Redirect each : redirects) {
            int usual = each.operator().startsWith("<") ? 0 : 1;
            text.append(' ')
                    .append(each.fd() == usual ? "" : Integer.toString(each.fd()))
                    .append(each.operator())
                    .append(gap)
                    .append(each.operator().equals("<<") ? "..." : each.target());
        }
        return text.toString();
    }
}
