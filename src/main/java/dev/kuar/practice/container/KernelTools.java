package dev.kuar.practice.container;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** mount, umount, sysctl: what asks the kernel, in busybox's words. */
final class KernelTools {
    private KernelTools() {}

    static void addTo(Map<String, Tool> tools) {
        tools.put("mount", KernelTools::mount);
        tools.put("umount", task -> task.fail(1, "can't unmount: Operation not permitted"));
        tools.put("sysctl", KernelTools::sysctl);
        tools.put("nnp", task -> {
            effectiveUser(task, null);
            return 0;
        });
    }

    /** What the program of the image {@code nonewprivs} says. */
    static void effectiveUser(Task task, @Nullable GoFlags unused) throws IOException {
        task.println("Effective uid: " + task.who().uid());
    }

    /** Lists what is mounted, of one type where {@code -t} says so; nothing more can be mounted. */
    private static int mount(Task task) throws IOException {
        List<String> args = SystemTools.arguments(task);
        int type = args.indexOf("-t");
        String wanted = type >= 0 && type + 1 < args.size() ? args.get(type + 1) : "";
        if (args.size() > (type < 0 ? 0 : 2)) {
            return task.fail(1, "permission denied (are you root?)");
        }
        StringBuilder text = new StringBuilder();
        for (String line : ProcFiles.mounts(task.container()).split("\n")) {
            String[] words = line.split(" ");
            if (wanted.isEmpty() || List.of(wanted.split(",")).contains(words[2])) {
                text.append(words[0])
                        .append(" on ")
                        .append(words[1])
                        .append(" type ")
                        .append(words[2])
                        .append(" (")
                        .append(words[3])
                        .append(")\n");
            }
        }
        return SystemTools.say(task, text.toString());
    }

    private static int sysctl(Task task) throws IOException {
        KernelSettings settings = task.container().spec().kernel();
        boolean bare = FileTools.has(task, 'n');
        int code = 0;
        if (FileTools.has(task, 'a')) {
            for (Map.Entry<String, String> each : settings.all().entrySet()) {
                show(task, each.getKey(), each.getValue(), bare);
            }
        }
        for (String word : FileTools.operands(task)) {
            int equals = word.indexOf('=');
            String name = KernelSettings.normal(
                    equals < 0 ? word : word.substring(0, equals).strip());
            if (settings.get(name).isEmpty()) {
                code = FileTools.has(task, 'e') ? code : task.fail(1, "error: '" + name + "' is an unknown key");
            } else if (equals < 0) {
                show(task, name, settings.get(name).orElse(""), bare);
            } else if (!task.container().spec().confinement().privileged()) {
                code = task.fail(1, "error setting key '" + name + "': Read-only file system");
            } else if (task.who().uid() != 0) {
                code = task.fail(1, "error setting key '" + name + "': Permission denied");
            } else {
                settings.set(name, word.substring(equals + 1).strip());
                show(task, name, settings.get(name).orElse(""), bare);
            }
        }
        return code;
    }

    private static void show(Task task, String name, String value, boolean bare) throws IOException {
        task.println(bare ? value : name + " = " + value);
    }
}
