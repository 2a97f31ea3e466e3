package dev.kuar.tool;

import java.util.Map;
import java.util.TreeMap;

/** A synopsis of each helm command that the stand-in has. */
final class HelmHelp {
    private static final Map<String, String> USAGE = new TreeMap<>(Map.ofEntries(
            Map.entry("repo add", "[NAME] [URL]"),
            Map.entry("repo list", ""),
            Map.entry("repo update", "[REPO1 [REPO2 ...]]"),
            Map.entry("repo remove", "[REPO1 [REPO2 ...]]"),
            Map.entry("search repo", "[keyword]"),
            Map.entry("install", "[NAME] [CHART]"),
            Map.entry("upgrade", "[RELEASE] [CHART]"),
            Map.entry("uninstall", "RELEASE_NAME [...]"),
            Map.entry("list", ""),
            Map.entry("status", "RELEASE_NAME"),
            Map.entry("get manifest", "RELEASE_NAME"),
            Map.entry("get notes", "RELEASE_NAME"),
            Map.entry("get values", "RELEASE_NAME"),
            Map.entry("version", "")));

    private HelmHelp() {}

    static String usage(String command) {
        return USAGE.getOrDefault(command, "");
    }

    static String text(String command) {
        if (USAGE.containsKey(command)) {
            return "Usage:\n  helm " + (command + " " + usage(command)).strip() + " [flags]\n";
        }
        StringBuilder text = new StringBuilder(
                "The Kubernetes package manager\n\nUsage:\n  helm [command]\n\n" + "Commands of this stand-in:\n");
        USAGE.forEach((name, words) -> {
            if (command.isEmpty() || command.equals("help") || name.startsWith(command + " ")) {
                text.append("  ").append((name + " " + words).strip()).append('\n');
            }
        });
        return text.toString();
    }
}
