package dev.kuar.kubectl.command;

import java.util.ArrayList;
import java.util.List;

/** The text of {@code --help}: what a command does, examples, flags, usage. */
final class Help {
    private Help() {}

    static String of(CommandSpec command) {
        StringBuilder text = new StringBuilder(command.summary()).append("\n");
        if (!command.aliases().isEmpty()) {
            text.append("\nAliases:\n").append(command.word()).append(", ");
            text.append(String.join(", ", command.aliases())).append('\n');
        }
        if (!command.example().isBlank()) {
            text.append("\nExamples:\n");
            command.example()
                    .lines()
                    .forEach(line -> text.append("  ").append(line).append('\n'));
        }
        List<CommandSpec> children = CommandList.childrenOf(command);
        if (!children.isEmpty()) {
            text.append("\nAvailable Commands:\n");
            int width = children.stream()
                    .mapToInt(child -> child.word().length())
                    .max()
                    .orElse(0);
            for (CommandSpec child : children) {
                text.append("  ")
                        .append(child.word())
                        .append(" ".repeat(width + 3 - child.word().length()));
                text.append(child.summary()).append('\n');
            }
        }
        List<Flag> flags = new ArrayList<>(Flag.parse(command.flags()));
        if (!flags.isEmpty()) {
            text.append("\nOptions:\n");
            flags.sort(java.util.Comparator.comparing(Flag::name));
            for (Flag flag : flags) {
                String standard = "string".equals(flag.type()) ? "'" + flag.standard() + "'" : flag.standard();
                if (flag.type().startsWith("strings") || "array".equals(flag.type())) {
                    standard = "[]";
                }
                text.append("    ").append(flag.shorthand().isEmpty() ? "" : "-" + flag.shorthand() + ", ");
                text.append("--")
                        .append(flag.name())
                        .append('=')
                        .append(standard)
                        .append(":\n\t");
                text.append(flag.help()).append("\n\n");
            }
        }
        if (!command.usage().isEmpty()) {
            text.append(flags.isEmpty() ? "\n" : "")
                    .append("Usage:\n  kubectl ")
                    .append(command.usage());
            text.append(children.isEmpty() || command.action() != null ? "" : " [flags] [options]")
                    .append('\n');
        }
        text.append(
                children.isEmpty()
                        ? "\nUse \"kubectl options\" for a list of global command-line options (applies to all commands).\n"
                        : "\nUse \"kubectl " + (command.path().isEmpty() ? "" : command.path() + " ")
                                + "<command> --help\" for more information about a given command.\n");
        return text.toString();
    }
}
