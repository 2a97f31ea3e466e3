package dev.kuar.practice.redis;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The commands that the server knows, by name. */
final class CommandTable {
    private final Map<String, Command> commands = new TreeMap<>();

    private CommandTable() {
        ConnectionCommands.addTo(this);
        KeyCommands.addTo(this);
        StringCommands.addTo(this);
        ListCommands.addTo(this);
        HashCommands.addTo(this);
        SetCommands.addTo(this);
        SortedSetCommands.addTo(this);
        ServerCommands.addTo(this);
    }

    static CommandTable instance() {
        return Holder.TABLE;
    }

    /** Adds a command. Shape and flags: see {@link Command}. */
    void put(String name, int arity, String flags, Function<Call, Reply> body) {
        commands.put(name, new Command(name, arity, flags, Set.of(), body));
    }

    /** Adds a command that has subcommands. */
    void putParts(String name, String flags, String parts, Function<Call, Reply> body) {
        Set<String> names = new TreeSet<>(Arrays.asList(parts.split(" ")));
        names.add("help");
        commands.put(name, new Command(name, -2, flags, names, body));
    }

    @Nullable
    Command find(String word) {
        return commands.get(word.toLowerCase(Locale.ROOT));
    }

    /** In the order of names; live. */
    Map<String, Command> all() {
        return commands;
    }

    static RedisError unknown(List<String> words) {
        StringBuilder text = new StringBuilder("ERR unknown command '")
                .append(words.get(0), 0, Math.min(128, words.get(0).length()))
                .append("', with args beginning with: ");
        for (int i = 1; i < words.size() && text.length() < 128 + 60; i++) {
            text.append('\'').append(words.get(i)).append("' ");
        }
        return new RedisError(text.toString());
    }

    private static final class Holder {
        static final CommandTable TABLE = new CommandTable();
    }
}
