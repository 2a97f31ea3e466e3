package dev.kuar.practice.container;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The functions that run, each with the variables that it made its own: they are what they were when it ends. */
final class ShellScopes {
    private final Shell shell;
    private final Deque<Map<String, Kept>> scopes = new ArrayDeque<>();

    private int functions;

    ShellScopes(Shell shell) {
        this.shell = shell;
    }

    /** What a variable was before; null for what it was not. */
    private record Kept(
            @Nullable String value,
            @Nullable String exported,
            @Nullable TreeMap<Integer, String> array) {}

    boolean isInFunction() {
        return functions > 0;
    }

    void begin(List<String> arguments) {
        shell.push(arguments);
        functions++;
        scopes.push(new HashMap<>());
    }

    void end() {
        shell.pop();
        functions--;
        giveBack();
    }

    /** Variables that are kept from here on are for one command. */
    void borrow() {
        scopes.push(new HashMap<>());
    }

    void giveBack() {
        scopes.pop().forEach((name, kept) -> {
            shell.remove(name);
            if (kept.value() != null) {
                shell.variables().put(name, kept.value());
            }
            if (kept.exported() != null) {
                shell.task().env().put(name, kept.exported());
            }
            shell.arrays.restore(name, kept.array());
        });
    }

    /** Makes a variable the running function's own. */
    void keep(String name) {
        Map<String, Kept> own = scopes.peek();
        if (own != null) {
            own.putIfAbsent(
                    name,
                    new Kept(shell.variables().get(name), shell.task().env().get(name), shell.arrays.copy(name)));
        }
    }
}
