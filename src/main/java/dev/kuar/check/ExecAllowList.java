package dev.kuar.check;

import java.util.List;

/** The commands that a check may run in a container: {@code cat}, {@code printenv}, {@code etcdctl … get}. */
final class ExecAllowList {
    private ExecAllowList() {}

    static void require(List<String> command) {
        if (!allows(command)) {
            throw new IllegalArgumentException(
                    "a check may run only cat, printenv and etcdctl get, not: " + String.join(" ", command));
        }
    }

    static boolean allows(List<String> command) {
        if (command.isEmpty()) {
            return false;
        }
        return switch (command.get(0)) {
            case "cat", "printenv" -> true;
            case "etcdctl" -> isGet(command);
            default -> false;
        };
    }

    private static boolean isGet(List<String> command) {
        for (int i = 1; i < command.size(); i++) {
            String word = command.get(i);
            if (word.startsWith("--") && !word.contains("=")) {
                i++;
            } else if (!word.startsWith("-")) {
                return word.equals("get");
            }
        }
        return false;
    }
}
