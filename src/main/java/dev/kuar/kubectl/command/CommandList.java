package dev.kuar.kubectl.command;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All commands of kubectl. */
final class CommandList {
    private CommandList() {}

    /** Held apart, so that the list is made when a command is first looked up. */
    private static final class Holder {
        static final List<CommandSpec> ALL = all();

        private static List<CommandSpec> all() {
            List<CommandSpec> all = new ArrayList<>();
            all.addAll(BasicCommands.all());
            all.addAll(WritingCommands.all());
            all.addAll(GeneratorCommands.all());
            all.addAll(ModifyingCommands.all());
            all.addAll(OtherCommands.all());
            return List.copyOf(all);
        }
    }

    static CommandSpec root() {
        return new CommandSpec(
                "",
                List.of(),
                "[flags] [options]",
                "kubectl controls the Kubernetes cluster manager.\n\n"
                        + " Find more information at: https://kubernetes.io/docs/reference/kubectl/",
                "",
                "",
                null);
    }

    static @Nullable CommandSpec child(CommandSpec parent, String word) {
        for (CommandSpec command : Holder.ALL) {
            if (command.parent().equals(parent.path())
                    && (command.word().equals(word) || command.aliases().contains(word))) {
                return command;
            }
        }
        return null;
    }

    static List<CommandSpec> childrenOf(CommandSpec parent) {
        return Holder.ALL.stream()
                .filter(command -> !command.path().isEmpty() && command.parent().equals(parent.path()))
                .toList();
    }

    static List<Flag> flagsOf(CommandSpec command) {
        List<Flag> flags = new ArrayList<>(Flag.parse(command.flags()));
        flags.addAll(Flag.parse(GlobalFlags.FLAGS));
        return flags;
    }
}
