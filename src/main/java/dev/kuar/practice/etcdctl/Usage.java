package dev.kuar.practice.etcdctl;

import java.util.List;

/** A short help: which commands there are. The real one is longer. */
final class Usage {
    private static final List<String> COMMANDS = List.of(
            "alarm disarm",
            "alarm list",
            "auth status",
            "compaction",
            "defrag",
            "del",
            "endpoint hashkv",
            "endpoint health",
            "endpoint status",
            "get",
            "lease grant",
            "lease keep-alive",
            "lease list",
            "lease revoke",
            "lease timetolive",
            "member list",
            "put",
            "snapshot save",
            "txn",
            "version",
            "watch");

    private Usage() {}

    static String of(String version, String command) {
        List<String> known = COMMANDS.stream()
                .filter(each -> command.isEmpty() || each.equals(command) || each.startsWith(command + " "))
                .toList();
        StringBuilder text = new StringBuilder("NAME:\n  etcdctl" + (command.isEmpty() ? "" : " " + command)
                + "\n\nUSAGE:\n  etcdctl " + (command.isEmpty() ? "<command>" : command) + " [flags]\n\nVERSION:\n  "
                + version + "\n\nCOMMANDS:\n");
        known.forEach(each -> text.append("  ").append(each).append('\n'));
        return text.append(
                        "\nOPTIONS:\n  --endpoints, --cacert, --cert, --key, --command-timeout, --hex, -w (simple, json, table, fields, protobuf)\n")
                .toString();
    }
}
