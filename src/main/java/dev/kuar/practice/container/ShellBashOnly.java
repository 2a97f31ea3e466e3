package dev.kuar.practice.container;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Builtins that bash alone has. */
final class ShellBashOnly {
    private static final Map<String, Boolean> SHOPT = new TreeMap<>(Map.ofEntries(
            Map.entry("autocd", false),
            Map.entry("checkwinsize", true),
            Map.entry("cmdhist", true),
            Map.entry("dotglob", false),
            Map.entry("expand_aliases", false),
            Map.entry("extglob", false),
            Map.entry("failglob", false),
            Map.entry("globstar", false),
            Map.entry("histappend", false),
            Map.entry("inherit_errexit", false),
            Map.entry("lastpipe", false),
            Map.entry("login_shell", false),
            Map.entry("nocaseglob", false),
            Map.entry("nocasematch", false),
            Map.entry("nullglob", false),
            Map.entry("progcomp", true),
            Map.entry("promptvars", true),
            Map.entry("sourcepath", true),
            Map.entry("xpg_echo", false)));

    private final Shell shell;
    private final ShellDirectories directories;

    ShellBashOnly(Shell shell, ShellDirectories directories) {
        this.shell = shell;
        this.directories = directories;
    }

    @Nullable
    Integer run(String word, List<String> args, ShellBuiltins builtins) throws IOException, InterruptedException {
        return switch (word) {
            case "declare", "typeset" -> new ShellVariables(shell).declare(word, args);
            case "pushd" -> directories.push(args);
            case "popd" -> directories.pop();
            case "dirs" -> directories.list();
            case "builtin" -> builtin(args, builtins);
            case "shopt" -> shopt(args);
            case "mapfile", "readarray" -> mapfile(args);
            case "disown" -> disown(args);
            case "logout" -> error("logout", "not login shell: use `exit'");
            case "suspend" -> error("suspend", "cannot suspend: no job control");
            default -> null;
        };
    }

    private int error(String builtin, String words) throws IOException {
        shell.error(shell.where(builtin) + words);
        return 1;
    }

    private int builtin(List<String> args, ShellBuiltins builtins) throws IOException, InterruptedException {
        if (args.isEmpty()) {
            return 0;
        }
        Integer code = builtins.run(args);
        return code == null ? (Integer) error("builtin", args.get(0) + ": not a shell builtin") : code;
    }

    private int shopt(List<String> args) throws IOException {
        boolean sets = args.contains("-s");
        boolean unsets = args.contains("-u");
        boolean silent = args.contains("-q");
        List<String> names = args.stream().filter(arg -> !arg.startsWith("-")).toList();
        int code = 0;
        for (String name : names.isEmpty() ? List.copyOf(SHOPT.keySet()) : names) {
            Boolean usual = SHOPT.get(name);
            if (usual == null) {
                return error("shopt", name + ": invalid shell option name");
            }
            boolean on = shell.options().is("shopt " + name)
                    || usual && !shell.options().is("no " + name);
            if (!names.isEmpty() && (sets || unsets)) {
                shell.options().set("shopt " + name, sets);
                shell.options().set("no " + name, unsets);
                continue;
            }
            if (!silent && (names.isEmpty() ? !sets && !unsets || on == sets : true)) {
                shell.print("%-15s\t%s\n".formatted(name, on ? "on" : "off"));
            }
            code = on || names.isEmpty() ? code : 1;
        }
        return code;
    }

    private int mapfile(List<String> args) throws IOException {
        boolean bare = args.contains("-t");
        List<String> names = args.stream().filter(arg -> !arg.startsWith("-")).toList();
        InputStream in = shell.fds.getOrDefault(0, Fd.NULL).in();
        List<String> lines = new ArrayList<>();
        String line = in == null ? "" : ShellTool.line(in);
        while (in != null && !line.isEmpty()) {
            lines.add(bare && line.endsWith("\n") ? line.substring(0, line.length() - 1) : line);
            line = ShellTool.line(in);
        }
        shell.arrays.put(names.isEmpty() ? "MAPFILE" : names.get(0), lines);
        return 0;
    }

    private int disown(List<String> args) throws IOException {
        List<String> names = args.stream().filter(arg -> !arg.startsWith("-")).toList();
        if (args.contains("-a") || args.contains("-r")) {
            shell.jobs.forgetAll();
            return 0;
        }
        for (String name : names.isEmpty() ? List.of("%") : names) {
            Optional<Task> job = shell.jobs.release(name);
            if (job.isEmpty()) {
                return error("disown", (names.isEmpty() ? "current" : name) + ": no such job");
            }
        }
        return 0;
    }
}
