package dev.kuar.practice.container;

import dev.kuar.practice.time.ClusterClock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** {@code tail}; {@code -f} follows files without a thread. */
final class TailTool implements Tool.Waiting {
    private static final Map<String, Character> NAMES = Map.ofEntries(
            Map.entry("lines", 'n'),
            Map.entry("bytes", 'c'),
            Map.entry("follow", 'f'),
            Map.entry("quiet", 'q'),
            Map.entry("silent", 'q'),
            Map.entry("verbose", 'v'),
            Map.entry("retry", 'R'),
            Map.entry("pid", 'P'),
            Map.entry("sleep-interval", 's'),
            Map.entry("zero-terminated", 'z'));

    private final Tool read = Options.tool("n:c:fFqvs:#n", "n:c:f;Fqvs:zRP:#n", NAMES, 1, TailTool::body);

    /** What a tail says that is not to end. */
    private static final int GOES_ON = -1;

    @Override
    public void begin(Task task) throws IOException {
        try {
            int code = read.run(task);
            if (code != GOES_ON) {
                task.end(code);
            }
        } catch (InterruptedException e) {
            task.end(1);
        }
    }

    private static int body(Task task, Options options) throws IOException {
        boolean gnu = Options.gnu(task);
        String value = "10";
        boolean bytes = false;
        List<String> files = new ArrayList<>(options.operands());
        if (!files.isEmpty() && files.get(0).matches("\\+\\d+")) {
            value = files.remove(0);
        }
        for (Map.Entry<Character, String> each : options.inOrder()) {
            if (each.getKey() == 'n' || each.getKey() == 'c') {
                value = each.getValue();
                bytes = each.getKey() == 'c';
            }
        }
        if (!Sizes.isNumber(value, "-+")) {
            String what = bytes ? "bytes" : "lines";
            return task.fail(
                    1, gnu ? "invalid number of " + what + ": '" + value + "'" : "invalid number '" + value + "'");
        }
        boolean stream = files.isEmpty();
        if (stream) {
            files.add("-");
        }
        boolean retries = options.has('F') || options.has('R');
        boolean follows = options.has('f') || options.has('F');
        int most = files.size();
        List<Followed> followed = new ArrayList<>();
        Titles titles = new Titles(task, options.has('v'), options.has('q'));
        titles.several(most > 1);
        int code = 0;
        for (String file : files) {
            try {
                boolean directory = !file.equals("-") && task.files().stat(file) instanceof Inode.DirectoryNode;
                byte[] all = directory ? new byte[0] : Inputs.bytes(task, file);
                if (!gnu && followed.isEmpty() && code != 0 && most <= 2) {
                    titles.several(false);
                }
                titles.show(file);
                if (directory) {
                    code = task.fail(
                            1, gnu ? "error reading '" + file + "': Is a directory" : "read error: Is a directory");
                    continue;
                }
                int from = start(all, Sizes.number(value), value.startsWith("+"), bytes, options.has('z') ? 0 : '\n');
                task.out().write(Arrays.copyOfRange(all, from, all.length));
                followed.add(new Followed(file, all.length));
            } catch (FileError e) {
                code = task.fail(
                        1,
                        gnu
                                ? "cannot open '" + e.path() + "' for reading: " + e.words()
                                : "can't open '" + e.path() + "': " + e.words());
                if (retries) {
                    followed.add(new Followed(file, 0));
                }
            }
        }
        if (followed.isEmpty() && code != 0) {
            boolean missing = files.stream().noneMatch(file -> task.files().exists(file));
            return missing && (!gnu || follows) ? task.fail(1, gnu ? "no files remaining" : "no files") : code;
        }
        followed.removeIf(each -> each.file.equals("-") && !task.fd(0).equals(Fd.NULL));
        if (!follows || followed.isEmpty()) {
            return code;
        }
        followed.removeIf(each -> each.file.equals("-") || isDevice(task, each.file));
        if (!followed.isEmpty()) {
            look(task, followed, titles, retries);
        }
        return GOES_ON;
    }

    /** Nothing ever comes from one. */
    private static boolean isDevice(Task task, String file) {
        return task.files().peek(file, true) instanceof Inode.DeviceNode;
    }

    private static int start(byte[] all, long count, boolean fromStart, boolean bytes, int mark) {
        if (bytes) {
            return (int) (fromStart ? Math.min(all.length, Math.max(0, count - 1)) : Math.max(0, all.length - count));
        }
        if (fromStart) {
            int at = 0;
            for (long left = count; left > 1 && at < all.length; left--) {
                while (at < all.length && all[at] != mark) {
                    at++;
                }
                at = Math.min(all.length, at + 1);
            }
            return at;
        }
        int at = all.length;
        for (long left = count; left > 0 && at > 0; left--) {
            at--;
            while (at > 0 && all[at - 1] != mark) {
                at--;
            }
        }
        return at;
    }

    /** A file and how much of it was seen. */
    private static final class Followed {
        private final String file;
        private int seen;

        Followed(String file, int seen) {
            this.file = file;
            this.seen = seen;
        }
    }

    /** {@code ==> FILE <==} where another file speaks than before. */
    private static final class Titles {
        private final Task task;
        private final boolean always;
        private final boolean never;
        private boolean several;
        private String last = "";

        Titles(Task task, boolean always, boolean never) {
            this.task = task;
            this.always = always;
            this.never = never;
        }

        void several(boolean now) {
            several = now;
        }

        void show(String file) throws IOException {
            if ((always || several && !never) && !file.equals(last)) {
                task.println(
                        (last.isEmpty() ? "" : "\n") + "==> " + (file.equals("-") ? "standard input" : file) + " <==");
                last = file;
            }
        }
    }

    private static void look(Task task, List<Followed> files, Titles titles, boolean retries) {
        ClusterClock.Timeout next = task.container().clock().after(java.time.Duration.ofSeconds(1), () -> {
            if (task.isOver()) {
                return;
            }
            try {
                for (Followed each : files) {
                    more(task, each, titles, retries);
                }
            } catch (IOException e) {
                task.end(1);
                return;
            }
            look(task, files, titles, retries);
        });
        task.atEnd(next::cancel);
    }

    private static void more(Task task, Followed each, Titles titles, boolean retries) throws IOException {
        try {
            byte[] all = task.files().read(each.file);
            int from = all.length < each.seen ? 0 : each.seen;
            if (all.length > from) {
                titles.show(each.file);
                task.out().write(Arrays.copyOfRange(all, from, all.length));
            }
            each.seen = all.length;
        } catch (FileError gone) {
            // It may come (again): -F waits for the name, -f keeps what it had open.
            each.seen = retries ? 0 : each.seen;
        }
    }
}
