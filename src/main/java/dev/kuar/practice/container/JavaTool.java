package dev.kuar.practice.container;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** java: runs the programs that images of the catalogue have as classes. */
final class JavaTool implements Tool {
    private static final Map<String, Tool> CLASSES = Map.of(
            "org.apache.zookeeper.server.quorum.QuorumPeerMain", new ZooKeeperTool(),
            "org.apache.zookeeper.ZooKeeperMain", new ZkCliTool());

    @Override
    public int run(Task task) throws IOException, InterruptedException {
        List<String> args = task.args();
        for (int i = 1; i < args.size(); i++) {
            String arg = args.get(i);
            if (arg.equals("-version") || arg.equals("--version")) {
                task.printError(
                        "openjdk version \"" + task.env("JAVA_VERSION").replaceFirst("^$", "1.8.0_131") + "\"\n");
                return 0;
            }
            if (arg.equals("-cp") || arg.equals("-classpath") || arg.equals("--class-path")) {
                i++;
            } else if (arg.equals("-jar")) {
                return jar(task, i + 1 < args.size() ? args.get(i + 1) : "");
            } else if (!arg.startsWith("-")) {
                Tool found = CLASSES.get(arg);
                if (found == null) {
                    task.printError("Error: Could not find or load main class " + arg + "\n");
                    return 1;
                }
                return found.run(task);
            }
        }
        task.printError("Usage: java [-options] class [args...]\n           (to execute a class)\n"
                + "   or  java [-options] -jar jarfile [args...]\n           (to execute a jar file)\n");
        return 1;
    }

    private static int jar(Task task, String file) throws IOException {
        task.printError(
                task.files().exists(file)
                        ? "java: the practice cluster has no Java virtual machine: " + file + " is not run\n"
                        : "Error: Unable to access jarfile " + file + "\n");
        return 1;
    }

    /** What follows the class. */
    static List<String> arguments(Task task) {
        List<String> args = task.args();
        for (int i = 1; i < args.size(); i++) {
            if (CLASSES.containsKey(args.get(i))) {
                return args.subList(i + 1, args.size());
            }
        }
        return List.of();
    }
}
