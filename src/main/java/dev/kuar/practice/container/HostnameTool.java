package dev.kuar.practice.container;

import java.io.IOException;
import java.util.List;

/** {@code hostname}: the host's name, in short, in full, its domain or its address. */
final class HostnameTool implements Tool {
    @Override
    public int run(Task task) throws IOException {
        String option = task.args().size() < 2 ? "" : task.args().get(1);
        String host = task.container().spec().hostname();
        String full = fullName(task, host);
        task.println(
                switch (option) {
                    case "-i", "-I" -> task.container().network().ip();
                    case "-s", "--short" -> host.replaceFirst("\\..*$", "");
                    case "-f", "--fqdn", "--long" -> full;
                    case "-d", "--domain" -> full.contains(".") ? full.substring(full.indexOf('.') + 1) : "";
                    default -> host;
                });
        return 0;
    }

    /** The first name that the hosts file has of the host's address. */
    private static String fullName(Task task, String host) {
        try {
            for (String line : task.files().readText("/etc/hosts").split("\n")) {
                String[] words = line.strip().split("\\s+");
                if (words.length > 1 && List.of(words).subList(1, words.length).contains(host)) {
                    return words[1];
                }
            }
        } catch (FileError none) {
            return host;
        }
        return host;
    }
}
