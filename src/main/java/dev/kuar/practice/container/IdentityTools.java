package dev.kuar.practice.container;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** {@code whoami}, {@code id} and {@code groups}: who a process is. */
final class IdentityTools {
    private IdentityTools() {}

    static String name(Task task) {
        String name = ContainerFiles.nameOf(
                task.files().tree(), "/etc/passwd", task.who().uid());
        return name.isEmpty() ? Integer.toString(task.who().uid()) : name;
    }

    /** The account of another process, by the names that {@code asking} knows. */
    static String owner(Task each, Task asking) {
        int uid = each.who().uid();
        String name = ContainerFiles.nameOf(asking.files().tree(), "/etc/passwd", uid);
        return name.isEmpty() ? Integer.toString(uid) : name;
    }

    static int whoami(Task task) throws IOException {
        int uid = task.who().uid();
        String name = ContainerFiles.nameOf(task.files().tree(), "/etc/passwd", uid);
        return name.isEmpty()
                ? task.fail(1, isGnu(task) ? "cannot find name for user ID " + uid : "unknown uid " + uid)
                : SystemTools.say(task, name + "\n");
    }

    private static boolean isGnu(Task task) {
        return task.container().spec().image().flavour().equals("gnu");
    }

    /** The groups as the kernel has them, in order; GNU's tools name the primary one first. */
    private static List<Integer> groupsInOrder(Task task) {
        List<Integer> groups = new ArrayList<>(new TreeSet<>(task.who().groups()));
        if (isGnu(task) && groups.remove((Integer) task.who().gid())) {
            groups.add(0, task.who().gid());
        }
        return groups;
    }

    static void addTo(Map<String, Tool> tools) {
        tools.put(
                "id",
                Options.tool(
                        "ugGnr",
                        "ugGnrzaZ",
                        Map.of("user", 'u', "group", 'g', "groups", 'G', "name", 'n', "real", 'r'),
                        1,
                        IdentityTools::id));
        tools.put("whoami", IdentityTools::whoami);
        tools.put("groups", IdentityTools::groups);
    }

    /** What a process, or somebody of {@code /etc/passwd}, is. */
    private record Who(int uid, int gid, List<Integer> groups) {}

    private static Optional<Who> somebody(Task task, String name) throws IOException {
        for (String line : Inputs.lines(task, "/etc/passwd")) {
            String[] row = line.split(":");
            if (row.length > 3 && (row[0].equals(name) || row[2].equals(name))) {
                TreeSet<Integer> groups = new TreeSet<>();
                for (String group : Inputs.lines(task, "/etc/group")) {
                    String[] cells = group.split(":");
                    if (cells.length > 3 && List.of(cells[3].split(",")).contains(row[0])) {
                        groups.add(Integer.parseInt(cells[2]));
                    }
                }
                int gid = Integer.parseInt(row[3]);
                groups.remove(gid);
                List<Integer> all = new ArrayList<>(List.of(gid));
                all.addAll(groups);
                return Optional.of(new Who(Integer.parseInt(row[2]), gid, all));
            }
        }
        return Optional.empty();
    }

    private static int id(Task task, Options options) throws IOException {
        boolean gnu = isGnu(task);
        FileTree tree = task.files().tree();
        Who who = new Who(task.who().uid(), task.who().gid(), groupsInOrder(task));
        if (!options.operands().isEmpty()) {
            String name = options.operands().get(0);
            Optional<Who> known = somebody(task, name);
            if (known.isEmpty()) {
                return task.fail(1, gnu ? "'" + name + "': no such user" : "unknown user " + name);
            }
            who = known.get();
        }
        boolean named = options.has('n');
        if (options.has('u')) {
            String name = named ? ContainerFiles.nameOf(tree, "/etc/passwd", who.uid()) : "";
            return SystemTools.say(task, (name.isEmpty() ? Integer.toString(who.uid()) : name) + "\n");
        }
        if (options.has('g')) {
            return SystemTools.say(task, number(tree, who.gid(), named) + "\n");
        }
        if (options.has('G')) {
            String all = who.groups().stream().map(g -> number(tree, g, named)).collect(Collectors.joining(" "));
            return SystemTools.say(task, all + "\n");
        }
        if (named && gnu) {
            return task.fail(1, "cannot print only names or real IDs in default format");
        }
        String user = ContainerFiles.nameOf(tree, "/etc/passwd", who.uid());
        return SystemTools.say(
                task,
                "uid=" + who.uid() + (user.isEmpty() ? "" : "(" + user + ")") + " gid=" + group(tree, who.gid())
                        + " groups="
                        + who.groups().stream().map(g -> group(tree, g)).collect(Collectors.joining(",")) + "\n");
    }

    private static String number(FileTree tree, int gid, boolean named) {
        String name = named ? ContainerFiles.nameOf(tree, "/etc/group", gid) : "";
        return name.isEmpty() ? Integer.toString(gid) : name;
    }

    static int groups(Task task) throws IOException {
        List<String> names = new ArrayList<>();
        for (int gid : groupsInOrder(task)) {
            String name = ContainerFiles.nameOf(task.files().tree(), "/etc/group", gid);
            names.add(name.isEmpty() ? Integer.toString(gid) : name);
        }
        return SystemTools.say(task, String.join(" ", names) + "\n");
    }

    private static String group(FileTree tree, int gid) {
        String name = ContainerFiles.nameOf(tree, "/etc/group", gid);
        return gid + (name.isEmpty() ? "" : "(" + name + ")");
    }
}
