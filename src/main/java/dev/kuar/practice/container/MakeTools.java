package dev.kuar.practice.container;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** mkdir, touch, ln, link, truncate, mktemp: what makes files, directories and links. */
final class MakeTools {
    private MakeTools() {}

    static void addTo(Map<String, Tool> tools) {
        Map<String, Character> names = Map.of("mode", 'm', "parents", 'p', "verbose", 'v');
        tools.put("mkdir", Options.tool("m:pv", names, 1, MakeTools::mkdir));
        Tool gnu = Options.tool(
                "acd:fhmr:t:",
                Map.of("no-create", 'c', "date", 'd', "no-dereference", 'h', "reference", 'r'),
                1,
                MakeTools::touch);
        Tool small = Options.tool(
                "acd:fhmr:t:", Map.of("no-create", 'c', "date", 'd', "reference", 'r'), 1, MakeTools::touch);
        tools.put("touch", task -> (Options.gnu(task) ? gnu : small).run(task));
        tools.put(
                "ln",
                Options.tool(
                        "sfnbS:vT",
                        "sfniLPrvt:Tb",
                        Map.of(
                                "symbolic",
                                's',
                                "force",
                                'f',
                                "no-dereference",
                                'n',
                                "interactive",
                                'i',
                                "relative",
                                'r',
                                "verbose",
                                'v',
                                "target-directory",
                                't',
                                "no-target-directory",
                                'T'),
                        1,
                        MakeTools::ln));
        tools.put("link", Options.tool("", MakeTools::link));
        tools.put(
                "truncate",
                Options.tool(
                        "cs:",
                        "cor:s:",
                        Map.of("no-create", 'c', "reference", 'r', "size", 's'),
                        1,
                        MakeTools::truncate));
        tools.put(
                "mktemp",
                Options.tool(
                        "dqtp:u",
                        "dqtp:uX:",
                        Map.of("directory", 'd', "quiet", 'q', "dry-run", 'u', "tmpdir", 'p', "suffix", 'X'),
                        1,
                        MakeTools::mktemp));
    }

    private static int mkdir(Task task, Options options) throws IOException {
        boolean gnu = Options.gnu(task);
        if (options.operands().isEmpty()) {
            return Options.tooFew(task, 1, "missing operand", "[-m MODE] [-p] DIRECTORY...");
        }
        String mode = options.value('m', "");
        if (options.has('m') && !ModeTools.isMode(mode)) {
            return task.fail(1, gnu ? "invalid mode '" + mode + "'" : "invalid mode '" + mode + "'");
        }
        int code = 0;
        for (String path : options.operands()) {
            String at = path;
            try {
                if (options.has('p')) {
                    StringBuilder so = new StringBuilder(path.startsWith("/") ? "/" : "");
                    String[] steps = path.replaceFirst("^/+", "").split("/+");
                    for (int i = 0; i < steps.length; i++) {
                        so.append(steps[i]);
                        at = so + (gnu || i == steps.length - 1 ? "" : "/");
                        parent(task, options, so.toString(), at, i == steps.length - 1, mode);
                        so.append('/');
                    }
                } else {
                    make(task, options, path, at, mode);
                }
            } catch (FileError e) {
                code = task.fail(1, (gnu ? "cannot" : "can't") + " create directory '" + at + "': " + e.words());
            }
        }
        return code;
    }

    private static void parent(Task task, Options options, String path, String shown, boolean last, String mode)
            throws IOException {
        if (!task.files().exists(path)) {
            make(task, options, path, shown, last ? mode : "");
        } else if (!task.files().isDirectory(path)) {
            throw new FileError(last ? FileError.Kind.EXISTS : FileError.Kind.NOT_A_DIRECTORY, path);
        }
    }

    private static void make(Task task, Options options, String path, String shown, String mode) throws IOException {
        int bits = 0777 & ~task.files().umask();
        task.files().makeDirectory(path, mode.isEmpty() ? bits : ModeTools.changed(0777, true, mode, 0));
        if (options.has('v')) {
            task.println((Options.gnu(task) ? "mkdir: created directory '" : "created directory: '") + shown + "'");
        }
    }

    private static int touch(Task task, Options options) throws IOException {
        boolean gnu = Options.gnu(task);
        List<String> paths = options.operands();
        ZonedDateTime now = task.container().clock().now().atZone(ZoneOffset.UTC);
        Optional<Instant> when = Optional.of(now.toInstant());
        if (options.has('d')) {
            when = DateWords.parse(options.value('d', ""), now, gnu);
        } else if (options.has('t')) {
            when = DateWords.stamp(options.value('t', ""), now, false);
        } else if (options.has('r')) {
            try {
                when = Optional.of(Instant.ofEpochMilli(
                        task.files().stat(options.value('r', "")).modified()));
            } catch (FileError e) {
                return task.fail(
                        1, (gnu ? "failed to get attributes of '" : "can't stat '") + e.path() + "': " + e.words());
            }
        }
        if (when.isEmpty()) {
            String text = options.value(options.has('d') ? 'd' : 't', "");
            return task.fail(1, (gnu ? "invalid date format '" : "invalid date '") + text + "'");
        }
        if (paths.isEmpty()) {
            return Options.tooFew(task, 1, "missing file operand", "[-cham] [-d DATE] [-t DATE] [-r FILE] FILE...");
        }
        int code = 0;
        for (String path : paths) {
            try {
                if (task.files().peek(path, true) == null) {
                    if (options.has('c')) {
                        continue;
                    }
                    task.files().open(path, false);
                }
                if (!(task.files().stat(path) instanceof Inode.DeviceNode)) {
                    task.files().change(path).touch(when.get().toEpochMilli());
                }
            } catch (FileError e) {
                code = task.fail(1, gnu ? "cannot touch '" + path + "': " + e.words() : path + ": " + e.words());
            }
        }
        return code;
    }

    private static int ln(Task task, Options options) throws IOException {
        boolean gnu = Options.gnu(task);
        List<String> paths = new java.util.ArrayList<>(options.operands());
        if (options.has('t')) {
            paths.add(options.value('t', "."));
        }
        if (paths.isEmpty()) {
            return Options.tooFew(task, 1, "missing file operand", "[-sfnbtv] [-S SUF] TARGET... LINK|DIR");
        }
        String place = paths.size() == 1 ? "." : paths.remove(paths.size() - 1);
        boolean link = options.has('n') && task.files().peek(place, false) instanceof Inode.LinkNode;
        boolean into = task.files().isDirectory(place) && !link && !options.has('T');
        if (gnu && !into && paths.size() > 1) {
            String why = task.files().exists(place) ? "Not a directory" : "No such file or directory";
            return task.fail(1, "target '" + place + "': " + why);
        }
        int code = 0;
        for (String target : paths) {
            String path = into
                    ? place.equals(".")
                            ? NameTools.last(target)
                            : place.replaceFirst("/$", "") + "/" + NameTools.last(target)
                    : place;
            code = Math.max(code, one(task, options, target, path));
        }
        return code;
    }

    private static int one(Task task, Options options, String target, String path) throws IOException {
        boolean gnu = Options.gnu(task);
        boolean symbolic = options.has('s');
        try {
            if (!symbolic && task.files().peek(target, true) == null) {
                return task.fail(
                        1, (gnu ? "failed to access '" + target + "'" : target) + ": No such file or directory");
            }
            if (!symbolic && task.files().isDirectory(target)) {
                return task.fail(
                        1, gnu ? target + ": hard link not allowed for directory" : path + ": Operation not permitted");
            }
            if (options.has('f') && task.files().peek(path, false) != null) {
                task.files().remove(path);
            }
            if (symbolic) {
                String to = options.has('r')
                        ? NameTools.relative(
                                task.files().canonical(NameTools.directory(target)) + "/" + NameTools.last(target),
                                task.files().canonical(NameTools.directory(path)))
                        : target;
                task.files().link(to, path);
            } else {
                task.files().hardLink(target, path);
            }
            if (options.has('v')) {
                task.println("'" + path + "' " + (symbolic || !gnu ? "->" : "=>") + " '" + target + "'");
            }
            return 0;
        } catch (FileError e) {
            String what = symbolic ? "failed to create symbolic link '" : "failed to create hard link '";
            return task.fail(1, gnu ? what + path + "': " + e.words() : path + ": " + e.words());
        }
    }

    private static int link(Task task, Options options) throws IOException {
        List<String> words = options.operands();
        if (words.size() != 2) {
            return Options.tooFew(
                    task,
                    1,
                    words.isEmpty()
                            ? "missing operand"
                            : words.size() == 1
                                    ? "missing operand after '" + words.get(0) + "'"
                                    : "extra operand '" + words.get(2) + "'",
                    "FILE LINK");
        }
        try {
            task.files().hardLink(words.get(0), words.get(1));
            return 0;
        } catch (FileError e) {
            String gnu = "cannot create link '" + words.get(1) + "' to '" + words.get(0) + "': " + e.words();
            return task.fail(
                    1,
                    Options.gnu(task)
                            ? gnu
                            : "can't create link '" + words.get(1) + "' to '" + words.get(0) + "': " + e.words());
        }
    }

    private static int truncate(Task task, Options options) throws IOException {
        boolean gnu = Options.gnu(task);
        List<String> paths = options.operands();
        if (!options.has('s') && !options.has('r')) {
            return Options.tooFew(task, 1, "you must specify either '--size' or '--reference'", "[-c] -s SIZE FILE...");
        }
        if (paths.isEmpty()) {
            return Options.tooFew(task, 1, "missing file operand", "[-c] -s SIZE FILE...");
        }
        String size = options.value('s', "0");
        if (!Sizes.isNumber(size, gnu ? "-+<>/%" : "-")) {
            return task.fail(1, gnu ? "Invalid number: '" + size + "'" : "invalid number '" + size + "'");
        }
        int code = 0;
        for (String path : paths) {
            try {
                if (task.files().peek(path, true) == null && options.has('c')) {
                    continue;
                }
                if (task.files().open(path, false) instanceof Inode.FileNode file) {
                    long now = file.size();
                    long figure = options.has('r')
                            ? task.files().stat(options.value('r', "")).size()
                            : Sizes.number(size.replaceAll("[<>/%]", ""));
                    long wanted =
                            switch (size.charAt(0)) {
                                case '+' -> now + figure;
                                case '-' -> Math.max(0, now - figure);
                                case '<' -> Math.min(now, figure);
                                case '>' -> Math.max(now, figure);
                                case '/' -> now / figure * figure;
                                case '%' -> (now + figure - 1) / figure * figure;
                                default -> figure;
                            };
                    byte[] data = file.data();
                    file.setData(java.util.Arrays.copyOf(data, (int) Math.min(wanted, data.length)));
                    file.setZeros(Math.max(0, wanted - data.length));
                }
            } catch (FileError e) {
                code = task.fail(
                        1,
                        gnu ? "cannot open '" + path + "' for writing: " + e.words() : path + ": open: " + e.words());
            }
        }
        return code;
    }

    private static int mktemp(Task task, Options options) throws IOException {
        boolean gnu = Options.gnu(task);
        List<String> words = options.operands();
        String suffix = options.value('X', "");
        String template = (words.isEmpty() ? "tmp.XXXXXXXXXX" : words.get(0)) + suffix;
        if (!gnu && words.isEmpty()) {
            template = "tmp.XXXXXX";
        }
        String kept = template.substring(0, template.length() - suffix.length());
        if (!kept.endsWith(gnu ? "XXX" : "XXXXXX")) {
            return task.fail(1, gnu ? "too few X's in template '" + template + "'" : "Invalid argument");
        }
        if (words.isEmpty() || options.has('t') || options.has('p')) {
            String given = options.value('p', "");
            String directory = given.isEmpty() ? task.env().getOrDefault("TMPDIR", "/tmp") : given;
            template = directory + "/" + template;
        }
        StringBuilder name = new StringBuilder(template);
        for (int i = template.length() - suffix.length() - 1; i >= 0 && name.charAt(i) == 'X'; i--) {
            int any = ThreadLocalRandom.current().nextInt(62);
            name.setCharAt(i, (char) (any < 10 ? '0' + any : any < 36 ? 'A' + any - 10 : 'a' + any - 36));
        }
        String path = name.toString();
        try {
            if (!options.has('u') && options.has('d')) {
                task.files().makeDirectory(path, 0700);
            } else if (!options.has('u')) {
                task.files().write(path, new byte[0]);
                task.files().change(path).setMode(0600);
            }
        } catch (FileError e) {
            String what = options.has('d') ? "directory" : "file";
            return task.fail(
                    1, gnu ? "failed to create " + what + " via template '" + template + "': " + e.words() : e.words());
        }
        task.println(path);
        return 0;
    }
}
