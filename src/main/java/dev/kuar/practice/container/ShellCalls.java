package dev.kuar.practice.container;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** How a shell calls functions and builtins: with variables of their own, and what their errors lead to. */
final class ShellCalls {
    private final Shell shell;

    ShellCalls(Shell shell) {
        this.shell = shell;
    }

    /** An error of a redirection, which ends a script of dash and ash where it is a special builtin's. */
    int refused(List<String> words) throws ShellState.Failure {
        int code = shell.isDash() ? 2 : 1;
        if (!shell.bash && !words.isEmpty() && ShellLookup.isSpecial(words.get(0))) {
            throw new ShellState.Failure("", code);
        }
        return code;
    }

    int function(ShellNode body, List<String> words, Map<String, String> extra)
            throws IOException, InterruptedException {
        Integer status = with(extra, () -> call(body, words));
        return status == null ? 0 : status;
    }

    /** Runs a builtin; null where it is none. What stands before a special one stays in dash and ash. */
    @Nullable
    Integer builtin(ShellBuiltins builtins, List<String> words, Map<String, String> extra)
            throws IOException, InterruptedException {
        if (!builtins.lookup().isBuiltin(words.get(0)) && !shell.bash) {
            return null;
        }
        if (shell.bash || !ShellLookup.isSpecial(words.get(0))) {
            return with(extra, () -> builtins.run(words));
        }
        for (Map.Entry<String, String> each : extra.entrySet()) {
            shell.assign(each.getKey(), each.getValue());
        }
        return builtins.run(words);
    }

    /** A part of a command. */
    @FunctionalInterface
    interface Part {
        @Nullable
        Integer run() throws IOException, InterruptedException;
    }

    /** Runs a builtin or function with the variables that stand before it, which are no more afterwards. */
    @Nullable
    Integer with(Map<String, String> extra, Part part) throws IOException, InterruptedException {
        if (extra.isEmpty()) {
            return part.run();
        }
        shell.scopes.borrow();
        try {
            for (Map.Entry<String, String> each : extra.entrySet()) {
                shell.scopes.keep(each.getKey());
                shell.assign(each.getKey(), each.getValue());
                shell.export(each.getKey());
            }
            return part.run();
        } finally {
            shell.scopes.giveBack();
        }
    }

    /** Of a declaration such as {@code local a=(x y)} the array is assigned, and the rest left to the builtin. */
    List<String> withoutArrays(List<String> words, ShellExpansion expansion) throws IOException, InterruptedException {
        if (words.isEmpty()
                || !List.of("declare", "local", "readonly", "typeset", "export").contains(words.get(0))) {
            return words;
        }
        List<String> others = new ArrayList<>();
        boolean map = words.size() > 1 && words.get(1).matches("-[a-zA-Z]*A[a-zA-Z]*");
        for (String word : words) {
            if (map && word.matches("(?s)[A-Za-z_]\\w*(=.*)?") && !word.equals(words.get(0))) {
                shell.arrays.declareMap(word.replaceFirst("(?s)=.*", ""));
            }
            if (word.matches("(?s)[A-Za-z_][A-Za-z0-9_]*\\+?=\\(.*\\)")) {
                others.add("--");
                if (shell.scopes.isInFunction()
                        && !words.get(0).equals("readonly")
                        && !words.get(0).equals("export")) {
                    shell.scopes.keep(word.replaceFirst("(?s)\\+?=.*", ""));
                }
                shell.arrays.assign(word, expansion);
            } else {
                others.add(word);
            }
        }
        boolean done = others.contains("--") && others.stream().skip(1).allMatch(word -> word.startsWith("-"));
        return done ? List.of(":") : others;
    }

    int call(ShellNode body, List<String> words) throws IOException, InterruptedException {
        shell.scopes.begin(words.subList(1, words.size()));
        int around = shell.loops;
        shell.loops = shell.bash || shell.isDash() ? 0 : shell.loops;
        TreeMap<Integer, String> names = shell.arrays.copy("FUNCNAME");
        if (shell.bash) {
            List<String> stack = new ArrayList<>(List.of(words.get(0)));
            stack.addAll(names == null ? List.of() : names.values());
            shell.arrays.put("FUNCNAME", stack);
        }
        try {
            return shell.run(body, false);
        } catch (ShellState.Failure e) {
            throw shell.said(e);
        } catch (ShellState.Jump jump) {
            if (jump.kind.equals("return")) {
                return jump.value;
            }
            throw jump;
        } finally {
            shell.loops = around;
            shell.arrays.restore("FUNCNAME", names);
            shell.scopes.end();
        }
    }
}
