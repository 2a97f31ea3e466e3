package dev.kuar.practice.container;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** {@code apt-get} and {@code apt}: {@code update}, and {@code install} of what {@link Packages} knows. */
final class AptTool implements Tool {
    private static final String LISTS = "/var/lib/apt/lists/deb.debian.org_debian_dists_bookworm_InRelease";
    private static final String DATABASE = "/var/lib/dpkg/status-installed";
    private static final String POOL = "http://deb.debian.org/debian";

    @Override
    public int run(Task task) throws IOException {
        List<String> words = new ArrayList<>(task.args().subList(1, task.args().size()));
        words.removeIf(word -> word.startsWith("-"));
        if (words.isEmpty()) {
            task.println("apt 2.6.1 (amd64)\nUsage: " + task.name() + " [options] command");
            return 0;
        }
        String command = words.remove(0);
        String obstacle = Packages.obstacle(task);
        if (obstacle != null
                && List.of("update", "install", "upgrade", "remove").contains(command)) {
            return locked(task, command, obstacle);
        }
        return switch (command) {
            case "update" -> update(task);
            case "install" -> install(task, words);
            case "clean", "autoclean" -> 0;
            case "upgrade", "dist-upgrade", "autoremove" -> {
                read(task);
                task.println("0 upgraded, 0 newly installed, 0 to remove and 0 not upgraded.");
                yield 0;
            }
            default -> {
                task.printError("E: Invalid operation " + command + "\n");
                yield 100;
            }
        };
    }

    private static int locked(Task task, String command, String why) throws IOException {
        int number = why.startsWith("Perm") ? 13 : 30;
        if (command.equals("update")) {
            task.printError("E: Could not open lock file /var/lib/apt/lists/lock - open (" + number + ": " + why + ")\n"
                    + "E: Unable to lock directory /var/lib/apt/lists/\n");
        } else {
            task.printError(
                    "E: Could not open lock file /var/lib/dpkg/lock-frontend - open (" + number + ": " + why + ")\n"
                            + "E: Unable to acquire the dpkg frontend lock (/var/lib/dpkg/lock-frontend), are you root?\n");
        }
        return 100;
    }

    private static String done(Task task) {
        return task.tty(1) == null ? "" : " Done";
    }

    private static void read(Task task) throws IOException {
        task.println("Reading package lists..." + done(task) + "\nBuilding dependency tree..." + done(task)
                + "\nReading state information..." + done(task));
    }

    private static int update(Task task) throws IOException {
        boolean again = task.files().exists(LISTS);
        String verb = again ? "Hit:" : "Get:";
        task.println(verb + "1 " + POOL + " bookworm InRelease" + (again ? "" : " [151 kB]"));
        task.println(verb + "2 " + POOL + " bookworm-updates InRelease" + (again ? "" : " [55.4 kB]"));
        task.println(verb + "3 " + POOL + "-security bookworm-security InRelease" + (again ? "" : " [48.0 kB]"));
        if (!again) {
            task.println("Get:4 " + POOL + " bookworm/main amd64 Packages [8793 kB]");
            task.println("Fetched 9047 kB in 1s (8012 kB/s)");
            task.files().write(LISTS, new byte[0]);
        }
        task.println("Reading package lists..." + done(task));
        return 0;
    }

    private static int install(Task task, List<String> names) throws IOException {
        read(task);
        Packages packages = Packages.of("debian");
        boolean listed = task.files().exists(LISTS);
        Set<Packages.Entry> wanted = new LinkedHashSet<>();
        List<String> unknown = new ArrayList<>();
        for (String name : names) {
            packages.find(name)
                    .filter(each -> listed || Packages.isIn(each, task.files(), DATABASE))
                    .ifPresentOrElse(wanted::add, () -> unknown.add(name));
        }
        if (!unknown.isEmpty()) {
            for (String name : unknown) {
                task.printError("E: Unable to locate package " + name + "\n");
            }
            return 100;
        }
        List<Packages.Entry> fresh = new ArrayList<>();
        for (Packages.Entry each : wanted) {
            if (Packages.isIn(each, task.files(), DATABASE)) {
                task.println(each.name() + " is already the newest version (" + each.version() + ").");
            } else {
                fresh.add(each);
            }
        }
        if (!fresh.isEmpty()) {
            task.println("The following NEW packages will be installed:\n  "
                    + String.join(" ", fresh.stream().map(Packages.Entry::name).toList()));
        }
        task.println("0 upgraded, " + fresh.size() + " newly installed, 0 to remove and 0 not upgraded.");
        if (!fresh.isEmpty()) {
            unpack(task, fresh);
        }
        return 0;
    }

    private static void unpack(Task task, List<Packages.Entry> fresh) throws IOException {
        long size = fresh.stream().mapToLong(Packages.Entry::size).sum();
        task.println("Need to get " + size + " kB of archives.");
        task.println("After this operation, " + size * 3 + " kB of additional disk space will be used.");
        int number = 0;
        for (Packages.Entry each : fresh) {
            task.println(String.format(
                    Locale.ROOT,
                    "Get:%d %s bookworm/main amd64 %s amd64 %s [%d kB]",
                    ++number,
                    POOL,
                    each.name(),
                    each.version(),
                    each.size()));
        }
        task.println("Fetched " + size + " kB in 0s (" + size * 7 + " kB/s)");
        for (Packages.Entry each : fresh) {
            task.println("Selecting previously unselected package " + each.name() + ".");
            task.println("Preparing to unpack .../" + each.name() + "_"
                    + each.version().replace(":", "%3a") + "_amd64.deb ...");
            task.println("Unpacking " + each.name() + " (" + each.version() + ") ...");
        }
        for (Packages.Entry each : fresh) {
            task.println("Setting up " + each.name() + " (" + each.version() + ") ...");
            Packages.install(each, task, DATABASE);
        }
    }
}
