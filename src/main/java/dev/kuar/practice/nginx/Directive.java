package dev.kuar.practice.nginx;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A directive of the configuration.
 *
 * @param args without the name
 * @param file where it stands
 * @param line of its semicolon or brace
 * @param block what is between its braces; null for a simple one
 */
record Directive(
        String name,
        List<String> args,
        String file,
        int line,
        @Nullable List<Directive> block) {
    String arg(int index) {
        return index < args.size() ? args.get(index) : "";
    }

    List<Directive> children() {
        return block == null ? List.of() : block;
    }

    ConfigurationError error(String message) {
        return new ConfigurationError(message, file, line);
    }
}
