package dev.kuar.practice.container;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Collectors;

/** {@code cd} and {@code pwd}; in bash also {@code pushd}, {@code popd} and {@code dirs}. */
final class ShellDirectories {
    private final Shell shell;
    private final Deque<String> stack = new ArrayDeque<>();

    ShellDirectories(Shell shell) {
        this.shell = shell;
    }

    int change(List<String> given) throws IOException {
        List<String> args = given;
        while (!args.isEmpty() && args.get(0).matches("-[LPe@]+|--")) {
            args = args.subList(1, args.size());
        }
        if (args.size() > 1 && shell.bash) {
            shell.error(shell.where("cd") + "too many arguments");
            return 1;
        }
        String target = args.isEmpty() ? shell.variable("HOME") : args.get(0);
        if (args.isEmpty() && target.isEmpty()) {
            if (shell.bash) {
                shell.error(shell.where("cd") + "HOME not set");
                return 1;
            }
            return 0;
        }
        boolean back = target.equals("-");
        if (back) {
            target = shell.variable("OLDPWD");
            if (target.isEmpty()) {
                if (shell.bash) {
                    shell.error(shell.where("cd") + "OLDPWD not set");
                    return 1;
                }
                target = shell.here();
            }
        }
        int code = target.isEmpty() ? 0 : to(target, "cd");
        if (code == 0 && back) {
            shell.print(shell.here() + "\n");
        }
        return code;
    }

    private int to(String target, String builtin) throws IOException {
        String before = shell.here();
        String path = logical(before, target);
        try {
            shell.files().changeDirectory(path);
        } catch (FileError e) {
            shell.error(shell.where(builtin)
                    + (shell.bash
                            ? target + ": " + e.words()
                            : "can't cd to " + target + (shell.isDash() ? "" : ": " + e.words())));
            return shell.bash ? 1 : 2;
        }
        shell.assign("OLDPWD", before);
        shell.assign("PWD", path);
        return 0;
    }

    /** The path that was gone, links and all, without what leads back. */
    private static String logical(String here, String target) {
        Deque<String> parts = new ArrayDeque<>();
        for (String part : (target.startsWith("/") ? target : here + "/" + target).split("/")) {
            if (part.equals("..")) {
                parts.pollLast();
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.addLast(part);
            }
        }
        return "/" + String.join("/", parts);
    }

    int print(List<String> args) throws IOException {
        shell.print((args.contains("-P") ? shell.files().directory() : shell.here()) + "\n");
        return 0;
    }

    int push(List<String> args) throws IOException {
        String here = shell.here();
        if (args.isEmpty()) {
            if (stack.isEmpty()) {
                shell.error(shell.where("pushd") + "no other directory");
                return 1;
            }
            String other = stack.pop();
            int code = to(other, "pushd");
            stack.push(code == 0 ? here : other);
            return code == 0 ? list() : code;
        }
        int code = to(args.get(0), "pushd");
        if (code != 0) {
            return code;
        }
        stack.push(here);
        return list();
    }

    int pop() throws IOException {
        if (stack.isEmpty()) {
            shell.error(shell.where("popd") + "directory stack empty");
            return 1;
        }
        int code = to(stack.peek(), "popd");
        if (code != 0) {
            return code;
        }
        stack.pop();
        return list();
    }

    int list() throws IOException {
        String home = shell.variable("HOME");
        String all = shell.files().directory()
                + (stack.isEmpty() ? "" : " " + stack.stream().collect(Collectors.joining(" ")));
        shell.print(List.of(all.split(" ")).stream()
                        .map(each -> !home.isEmpty() && (each.equals(home) || each.startsWith(home + "/"))
                                ? "~" + each.substring(home.length())
                                : each)
                        .collect(Collectors.joining(" "))
                + "\n");
        return 0;
    }
}
