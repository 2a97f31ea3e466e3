package dev.kuar.practice.container;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The programs for files, by name, and what they share. */
final class FileTools {
    private FileTools() {}

    static void addTo(Map<String, Tool> tools) {
        MakeTools.addTo(tools);
        RemoveTool.addTo(tools);
        CopyTool.addTo(tools);
        InstallTool.addTo(tools);
        ModeTools.addTo(tools);
        tools.put("find", new FindTool());
        StatTool.addTo(tools);
        DuTool.addTo(tools);
    }

    static List<String> operands(Task task) {
        List<String> paths = new ArrayList<>();
        boolean options = true;
        for (String arg : task.args().subList(1, task.args().size())) {
            if (options && arg.equals("--")) {
                options = false;
            } else if (!options || !arg.startsWith("-") || arg.equals("-")) {
                paths.add(arg);
            }
        }
        return paths;
    }

    static boolean has(Task task, char option) {
        return task.args().stream().skip(1).anyMatch(a -> a.matches("-[A-Za-z0-9]+") && a.indexOf(option) > 0);
    }
}
