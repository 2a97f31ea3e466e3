package dev.kuar.practice.container;

import dev.kuar.practice.container.Inode.LinkNode;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/** basename, dirname, readlink, realpath: parts of paths, and where they lead. */
final class NameTools {
    private NameTools() {}

    static void addTo(Map<String, Tool> tools) {
        Map<String, Character> names = Map.of("multiple", 'a', "suffix", 's', "zero", 'z');
        tools.put("basename", Options.tool("+as:", "+as:z", names, 1, NameTools::basename));
        tools.put("dirname", Options.tool("+", "+z", names, 1, NameTools::dirname));
        tools.put(
                "readlink",
                Options.tool(
                        "fnv",
                        "fnvemqsz",
                        Map.of(
                                "canonicalize",
                                'f',
                                "canonicalize-existing",
                                'e',
                                "canonicalize-missing",
                                'm',
                                "no-newline",
                                'n',
                                "verbose",
                                'v'),
                        1,
                        NameTools::readlink));
        Tool gnu = Options.tool(
                "eLmPqsR:z",
                Map.of(
                        "canonicalize-existing",
                        'e',
                        "canonicalize-missing",
                        'm',
                        "strip",
                        's',
                        "no-symlinks",
                        's',
                        "relative-to",
                        'R',
                        "quiet",
                        'q'),
                1,
                NameTools::realpath);
        tools.put("realpath", task -> Options.gnu(task) ? gnu.run(task) : realpaths(task));
    }

    static String last(String path) {
        String bare = path.replaceFirst("/+$", "");
        return bare.isEmpty() ? path.isEmpty() ? "" : "/" : bare.substring(bare.lastIndexOf('/') + 1);
    }

    private static int basename(Task task, Options options) throws IOException {
        List<String> words = options.operands();
        boolean each = options.has('a') || options.has('s');
        if (words.isEmpty() || !each && words.size() > 2) {
            return Options.tooFew(
                    task,
                    1,
                    words.isEmpty() ? "missing operand" : "extra operand '" + words.get(2) + "'",
                    "FILE [SUFFIX] | -a FILE... | -s SUFFIX FILE...");
        }
        String suffix = each ? options.value('s', "") : words.size() > 1 ? words.get(1) : "";
        for (String word : each ? words : words.subList(0, 1)) {
            String name = last(word);
            boolean cut = !suffix.isEmpty() && name.endsWith(suffix) && !name.equals(suffix);
            task.print((cut ? name.substring(0, name.length() - suffix.length()) : name)
                    + (options.has('z') ? "\0" : "\n"));
        }
        return 0;
    }

    static String directory(String path) {
        String bare = path.replaceFirst("/+$", "");
        if (bare.isEmpty()) {
            return path.isEmpty() ? "." : "/";
        }
        int slash = bare.lastIndexOf('/');
        String above = slash < 0 ? "." : bare.substring(0, slash).replaceFirst("/+$", "");
        return above.isEmpty() ? "/" : above;
    }

    private static int dirname(Task task, Options options) throws IOException {
        List<String> words = options.operands();
        if (words.isEmpty() || words.size() > 1 && !Options.gnu(task)) {
            return Options.tooFew(task, 1, "missing operand", "FILENAME");
        }
        for (String word : words) {
            task.print(directory(word) + (options.has('z') ? "\0" : "\n"));
        }
        return 0;
    }

    /** How much of a path must be there. */
    private enum Must {
        ALL,
        ALL_BUT_LAST,
        NOTHING
    }

    /** The path without links. */
    private static String canonical(Task task, String path, Must must) {
        if (must == Must.ALL) {
            return task.files().exists(path) || path.isEmpty() ? task.files().canonical(path) : missing(task, path);
        }
        if (must == Must.ALL_BUT_LAST) {
            try {
                return task.files().canonical(path);
            } catch (FileError e) {
                if (e.kind() != FileError.Kind.MISSING || path.isEmpty()) {
                    throw e;
                }
                if (task.files().peek(path, false) instanceof LinkNode link) {
                    return canonical(task, beside(path, link.target()), must);
                }
                throw e;
            }
        }
        Deque<String> so = new ArrayDeque<>();
        for (String step : task.files().absolute(path).split("/")) {
            if (step.equals("..")) {
                so.pollLast();
            } else if (!step.isEmpty() && !step.equals(".")) {
                so.add(step);
                String here = "/" + String.join("/", so);
                if (task.files().exists(here)) {
                    so.clear();
                    so.addAll(List.of(task.files().canonical(here).substring(1).split("/")));
                }
            }
        }
        return "/" + String.join("/", so);
    }

    private static String missing(Task task, String path) {
        task.files().stat(path);
        return path;
    }

    private static String beside(String path, String target) {
        return target.startsWith("/") ? target : directory(path) + "/" + target;
    }

    private static int readlink(Task task, Options options) throws IOException {
        boolean gnu = Options.gnu(task);
        List<String> words = options.operands();
        if (words.isEmpty() || words.size() > 1 && !gnu) {
            return Options.tooFew(task, 1, "missing operand", "[-fnv] FILE");
        }
        String end = options.has('n') && words.size() == 1 ? "" : options.has('z') ? "\0" : "\n";
        int code = 0;
        for (String path : words) {
            try {
                if (options.has('f') || options.has('e') || options.has('m')) {
                    Must must =
                            options.has('m') ? Must.NOTHING : options.has('e') || !gnu ? Must.ALL : Must.ALL_BUT_LAST;
                    task.print(canonical(task, path, must) + end);
                } else if (task.files().lstat(path) instanceof LinkNode link) {
                    task.print(link.target() + end);
                } else {
                    throw new FileError(FileError.Kind.INVALID, path);
                }
            } catch (FileError e) {
                code = options.has('v') ? task.fail(1, path + ": " + e.words()) : 1;
            }
        }
        return code;
    }

    private static int realpaths(Task task) throws IOException {
        List<String> words = new ArrayList<>(SystemTools.arguments(task));
        if (words.isEmpty()) {
            return Options.tooFew(task, 1, "", "FILE...");
        }
        return Inputs.each(task, words, path -> task.println(canonical(task, path, Must.ALL)));
    }

    private static int realpath(Task task, Options options) throws IOException {
        if (options.operands().isEmpty()) {
            return Options.tooFew(task, 1, "missing operand", "FILE...");
        }
        int code = 0;
        for (String path : options.operands()) {
            try {
                String found;
                if (options.has('s')) {
                    found = plain(task.files().absolute(path));
                } else {
                    Must must = options.has('m') ? Must.NOTHING : options.has('e') ? Must.ALL : Must.ALL_BUT_LAST;
                    found = canonical(task, path, must);
                }
                if (options.has('R')) {
                    found = relative(found, canonical(task, options.value('R', "."), Must.NOTHING));
                }
                task.print(found + (options.has('z') ? "\0" : "\n"));
            } catch (FileError e) {
                code = options.has('q') ? 1 : task.fail(1, path + ": " + e.words());
            }
        }
        return code;
    }

    private static String plain(String absolute) {
        Deque<String> so = new ArrayDeque<>();
        for (String step : absolute.split("/")) {
            if (step.equals("..")) {
                so.pollLast();
            } else if (!step.isEmpty() && !step.equals(".")) {
                so.add(step);
            }
        }
        return "/" + String.join("/", so);
    }

    /** The way from one directory to a path. */
    static String relative(String path, String from) {
        return java.nio.file.Path.of(from)
                        .relativize(java.nio.file.Path.of(path))
                        .toString()
                        .isEmpty()
                ? "."
                : java.nio.file.Path.of(from)
                        .relativize(java.nio.file.Path.of(path))
                        .toString();
    }
}
