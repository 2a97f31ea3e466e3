package dev.kuar.practice.container;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Alpine's {@code apk}: {@code update}, and {@code add} of what {@link Packages} knows. */
final class ApkTool implements Tool {
    private static final String MIRROR = "https://dl-cdn.alpinelinux.org/alpine/v3.22/";
    private static final String DATABASE = "/lib/apk/installed";
    private static final int OWN = 16;

    @Override
    public int run(Task task) throws IOException {
        List<String> words = new ArrayList<>(task.args().subList(1, task.args().size()));
        words.removeIf(word -> word.startsWith("-"));
        if (words.isEmpty()) {
            task.println("apk-tools 2.14.9, compiled for x86_64.");
            return 0;
        }
        String command = words.remove(0);
        String obstacle = Packages.obstacle(task);
        if (obstacle != null && List.of("update", "add", "upgrade", "del").contains(command)) {
            task.printError("ERROR: Unable to lock database: " + obstacle + "\nERROR: Failed to open apk database: "
                    + obstacle + "\n");
            return 99;
        }
        return switch (command) {
            case "update" -> {
                fetch(task);
                task.println("v3.22.1-206-g1a2b3c4d5e6 [" + MIRROR + "main]");
                task.println("v3.22.1-208-g5e6f7a8b9c0 [" + MIRROR + "community]");
                task.println("OK: 26342 distinct packages available");
                yield 0;
            }
            case "add" -> add(task, words);
            case "upgrade" -> {
                fetch(task);
                task.println("OK: 8 MiB in " + OWN + " packages");
                yield 0;
            }
            default -> {
                task.printError("ERROR: '" + command + "' is not an apk command. See 'apk --help'.\n");
                yield 1;
            }
        };
    }

    private static void fetch(Task task) throws IOException {
        task.println("fetch " + MIRROR + "main/x86_64/APKINDEX.tar.gz");
        task.println("fetch " + MIRROR + "community/x86_64/APKINDEX.tar.gz");
    }

    private static int add(Task task, List<String> names) throws IOException {
        fetch(task);
        Packages packages = Packages.of("alpine");
        List<Packages.Entry> fresh = new ArrayList<>();
        StringBuilder unknown = new StringBuilder();
        for (String name : names) {
            packages.find(name)
                    .ifPresentOrElse(
                            each -> {
                                if (!Packages.isIn(each, task.files(), DATABASE)) {
                                    fresh.add(each);
                                }
                            },
                            () -> unknown.append("  ")
                                    .append(name)
                                    .append(" (no such package):\n    required by: world[")
                                    .append(name)
                                    .append("]\n"));
        }
        if (unknown.length() > 0) {
            task.printError("ERROR: unable to select packages:\n" + unknown);
            return 1;
        }
        int number = 0;
        long size = 0;
        for (Packages.Entry each : fresh) {
            task.println(
                    "(" + ++number + "/" + fresh.size() + ") Installing " + each.name() + " (" + each.version() + ")");
            Packages.install(each, task, DATABASE);
            size += each.size();
        }
        if (!fresh.isEmpty()) {
            task.println("Executing busybox-1.37.0-r18.trigger");
        }
        task.println("OK: " + (8 + size / 1024) + " MiB in " + (OWN + fresh.size()) + " packages");
        return 0;
    }
}
