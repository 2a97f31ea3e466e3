package dev.kuar.practice.container;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
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

    static int id(Task task) throws IOException {
        Credentials who = task.who();
        FileTree tree = task.files().tree();
        String user = ContainerFiles.nameOf(tree, "/etc/passwd", who.uid());
        String option = SystemTools.arguments(task).isEmpty()
                ? ""
                : SystemTools.arguments(task).get(0);
        if (option.equals("-u") || option.equals("-g")) {
            return SystemTools.say(task, (option.equals("-u") ? who.uid() : who.gid()) + "\n");
        }
        if (option.equals("-G")) {
            return SystemTools.say(
                    task, groupsInOrder(task).stream().map(String::valueOf).collect(Collectors.joining(" ")) + "\n");
        }
        if (option.equals("-un")) {
            return SystemTools.say(task, name(task) + "\n");
        }
        List<String> groups = new ArrayList<>();
        groupsInOrder(task).forEach(g -> groups.add(group(tree, g)));
        return SystemTools.say(
                task,
                "uid=" + who.uid() + (user.isEmpty() ? "" : "(" + user + ")") + " gid=" + group(tree, who.gid())
                        + " groups=" + String.join(",", groups) + "\n");
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
