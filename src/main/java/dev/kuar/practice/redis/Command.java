package dev.kuar.practice.redis;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;

/**
 * A command of the server.
 *
 * @param name in lower case
 * @param arity how many words, its name included; negative for so many or more
 * @param flags letters, see the constants
 * @param parts its subcommands in lower case; empty for none
 */
record Command(String name, int arity, String flags, Set<String> parts, Function<Call, Reply> body) {
    /** Changes data. */
    static final char WRITE = 'w';
    /** May need more memory. */
    static final char GROWS = 'm';
    /** May be given by who has not said the password. */
    static final char STRANGER = 'n';
    /** May be given by who listens to channels. */
    static final char LISTENER = 'l';
    /** Is never queued. */
    static final char AT_ONCE = 'q';

    boolean is(char flag) {
        return flags.indexOf(flag) >= 0;
    }

    Reply run(Call call) {
        return body.apply(call);
    }

    /** {@code config|get} for a command with subcommands. */
    String fullName(List<String> words) {
        return parts.isEmpty() || words.size() < 2
                ? name
                : name + "|" + words.get(1).toLowerCase(Locale.ROOT);
    }

    void checkArity(List<String> words) {
        if (arity > 0 && words.size() != arity || words.size() < -arity) {
            throw new RedisError("ERR wrong number of arguments for '" + name + "' command");
        }
        if (!parts.isEmpty() && !parts.contains(words.get(1).toLowerCase(Locale.ROOT))) {
            throw new RedisError(
                    "ERR unknown subcommand '" + words.get(1) + "'. Try " + name.toUpperCase(Locale.ROOT) + " HELP.");
        }
    }
}
