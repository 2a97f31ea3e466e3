package dev.kuar.practice.container;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code install}: copies files with a mode and an owner, or makes directories. */
final class InstallTool {
    private InstallTool() {}

    static void addTo(Map<String, Tool> tools) {
        Map<String, Character> names = Map.of(
                "directory", 'd', "mode", 'm', "owner", 'o', "group", 'g', "target-directory", 't', "verbose", 'v');
        tools.put("install", Options.tool("cdDpsvm:o:g:t:T", names, 1, InstallTool::run));
    }

    private static int run(Task task, Options options) throws IOException {
        boolean gnu = Options.gnu(task);
        List<String> paths = new ArrayList<>(options.operands());
        String mode = options.value('m', "755");
        if (!ModeTools.isMode(mode)) {
            return task.fail(1, "invalid mode '" + mode + "'");
        }
        if (options.has('t')) {
            paths.add(options.value('t', "."));
        }
        if (paths.isEmpty() || paths.size() == 1 && !options.has('d')) {
            return Options.tooFew(
                    task,
                    1,
                    paths.isEmpty()
                            ? "missing file operand"
                            : "missing destination file operand after '" + paths.get(0) + "'",
                    "[-cdDsp] [-o USER] [-g GRP] [-m MODE] [-t DIR] [SOURCE]... DEST");
        }
        int code = 0;
        String target = options.has('d') ? "" : paths.remove(paths.size() - 1);
        for (String path : paths) {
            String to = target;
            try {
                if (options.has('d')) {
                    directories(task, path);
                    to = path;
                } else {
                    if (options.has('D')) {
                        directories(task, options.has('t') ? target : NameTools.directory(target));
                    }
                    to = task.files().isDirectory(target) ? target + "/" + NameTools.last(path) : target;
                    task.files().write(to, task.files().read(path));
                }
                Inode made = task.files().change(to);
                made.setMode(ModeTools.changed(0, options.has('d'), mode, 0));
            } catch (FileError e) {
                boolean source = e.path().equals(path);
                code = task.fail(
                        1,
                        (gnu
                                        ? source ? "cannot stat '" : "cannot create regular file '"
                                        : source ? "can't stat '" : "can't create '")
                                + e.path() + "': " + e.words());
            }
        }
        return code;
    }

    private static void directories(Task task, String path) {
        StringBuilder so = new StringBuilder(path.startsWith("/") ? "/" : "");
        for (String step : path.replaceFirst("^/+", "").split("/+")) {
            so.append(step);
            if (!task.files().exists(so.toString())) {
                task.files().makeDirectory(so.toString(), 0755);
            }
            so.append('/');
        }
    }
}
