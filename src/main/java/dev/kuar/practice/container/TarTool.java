package dev.kuar.practice.container;

import dev.kuar.practice.container.Inode.DirectoryNode;
import dev.kuar.practice.container.Inode.LinkNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** {@code tar} in the ustar form, with gzip: enough of it for people and for {@code kubectl cp}; {@link TarHeader} reads and writes headers. */
final class TarTool implements Tool {
    private static final int BLOCK = TarHeader.BLOCK;

    @Override
    public int run(Task task) throws IOException, InterruptedException {
        return TarOptions.read(task, (t, options) -> new Run(t, options).run());
    }

    /** One call. */
    private static final class Run {
        private final Task task;
        private final Options options;
        private final boolean gnu;
        private int code;
        private boolean told;

        Run(Task task, Options options) {
            this.task = task;
            this.options = options;
            this.gnu = Options.gnu(task);
        }

        private boolean is(char letter) {
            return options.has(letter);
        }

        private int run() throws IOException {
            if (!is('c') && !is('x') && !is('t') && !is('r')) {
                if (gnu) {
                    return Options.usage(
                            task, 2, "You must specify one of the '-Acdtrux', '--delete' or '--test-label' options");
                }
                return Options.tooFew(task, 1, "", "c|x|t [-ZzJjahmvokO] [-f TARFILE] [-C DIR] [FILE]...");
            }
            if (is('j') || is('J')) {
                return Unmodelled.option(task, gnu ? 2 : 1, "bzip2 and xz");
            }
            return is('c') || is('r') ? pack() : unpack();
        }

        private String file() {
            return options.value('f', "-");
        }

        private String beside(String path) {
            String directory = options.value('C', "");
            return path.startsWith("/") || directory.isEmpty() ? path : directory.replaceFirst("/$", "") + "/" + path;
        }

        private int fatal(String words) throws IOException {
            int failed = task.fail(2, words);
            return task.fail(failed, "Error is not recoverable: exiting now");
        }

        private int ending() throws IOException {
            if (code != 0) {
                task.printError(
                        gnu
                                ? "tar: Exiting with failure status due to previous errors\n"
                                : "tar: error exit delayed from previous errors\n");
            }
            return code;
        }

        private int pack() throws IOException {
            List<String> paths = new ArrayList<>(options.operands());
            try {
                for (String list : options.values('T')) {
                    paths.addAll(Inputs.lines(task, list));
                }
            } catch (FileError e) {
                return gnu
                        ? fatal(e.path() + ": Cannot open: " + e.words())
                        : task.fail(1, e.path() + ": " + e.words());
            }
            if (paths.isEmpty() && !is('T')) {
                if (gnu) {
                    return Options.usage(task, 2, "Cowardly refusing to create an empty archive");
                }
                return task.fail(1, "empty archive");
            }
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try {
                if (is('r') && task.files().exists(file())) {
                    byte[] before = task.files().read(file());
                    out.write(before, 0, end(before));
                }
                if (!file().equals("-")) {
                    var unused = task.files().open(file(), !is('r'));
                }
            } catch (FileError e) {
                return gnu
                        ? fatal(e.path() + ": Cannot open: " + e.words())
                        : task.fail(1, "can't open '" + e.path() + "': " + e.words());
            }
            for (String path : paths) {
                try {
                    if (path.startsWith("/") && !told && !is('P')) {
                        task.printError(
                                gnu
                                        ? "tar: Removing leading `/' from member names\n"
                                        : "tar: removing leading '/' from member names\n");
                        told = true;
                    }
                    add(out, beside(path), is('P') ? path : path.replaceFirst("^/+", ""));
                } catch (FileError e) {
                    code = gnu
                            ? task.fail(2, path + ": Cannot stat: " + e.words())
                            : task.fail(1, path + ": " + e.words());
                }
            }
            out.writeBytes(new byte[2 * BLOCK]);
            byte[] all = Arrays.copyOf(out.toByteArray(), (out.size() + 20 * BLOCK - 1) / (20 * BLOCK) * 20 * BLOCK);
            if (is('z') || is('a') && file().matches(".*\\.t?gz")) {
                ByteArrayOutputStream packed = new ByteArrayOutputStream();
                try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
                    gzip.write(all);
                }
                all = packed.toByteArray();
            }
            if (file().equals("-")) {
                task.out().write(all);
            } else {
                task.save(file(), all);
            }
            return ending();
        }

        /** Where the zeros begin that end an archive. */
        private static int end(byte[] all) {
            int at = 0;
            while (at + BLOCK <= all.length && all[at] != 0) {
                at += BLOCK + (TarHeader.of(all, at).size() + BLOCK - 1) / BLOCK * BLOCK;
            }
            return Math.min(at, all.length);
        }

        private boolean excluded(String name) {
            String bare = name.replaceFirst("/$", "");
            String last = NameTools.last(bare);
            return options.values('1').stream()
                    .map(each -> each.replaceFirst("/$", ""))
                    .anyMatch(each -> ShellPattern.matches(each, bare)
                            || ShellPattern.matches(each, last)
                            || bare.endsWith("/" + each));
        }

        private void add(ByteArrayOutputStream out, String path, String name) throws IOException {
            if (excluded(name)) {
                return;
            }
            Inode node = is('h') ? task.files().stat(path) : task.files().lstat(path);
            boolean directory = node instanceof DirectoryNode;
            String own = directory && !name.endsWith("/") ? name + "/" : name;
            if (is('v')) {
                String row = own + "\n";
                if (file().equals("-")) {
                    task.printError(row);
                } else {
                    task.print(row);
                }
            }
            if (directory) {
                out.writeBytes(TarHeader.bytes(task, own, node, '5', 0, ""));
                for (String child : is('5') ? List.<String>of() : task.files().list(path)) {
                    add(out, path + "/" + child, own + child);
                }
            } else if (node instanceof LinkNode link) {
                out.writeBytes(TarHeader.bytes(task, name, node, '2', 0, link.target()));
            } else {
                byte[] data = task.files().read(path);
                out.writeBytes(TarHeader.bytes(task, name, node, '0', data.length, ""));
                out.writeBytes(Arrays.copyOf(data, (data.length + BLOCK - 1) / BLOCK * BLOCK));
            }
        }

        private int unpack() throws IOException {
            byte[] all;
            try {
                all = Inputs.bytes(task, file());
            } catch (FileError e) {
                if (gnu && is('z')) {
                    // GNU's lets a gzip beside it read the file.
                    task.printError("tar (child): " + e.path() + ": Cannot open: " + e.words()
                            + "\ntar (child): Error is not recoverable: exiting now\n");
                    return fatal("Child returned status 2");
                }
                return gnu
                        ? fatal(e.path() + ": Cannot open: " + e.words())
                        : task.fail(1, "can't open '" + e.path() + "': " + e.words());
            }
            if (is('C') && !task.files().isDirectory(options.value('C', "."))) {
                String directory = options.value('C', ".");
                return gnu
                        ? fatal(directory + ": Cannot open: No such file or directory")
                        : task.fail(1, "can't change directory to '" + directory + "': No such file or directory");
            }
            boolean zipped = all.length > 1 && (all[0] & 0xff) == 0x1f && (all[1] & 0xff) == 0x8b;
            if (is('z') && !zipped) {
                if (!gnu) {
                    int failed = task.fail(1, "invalid magic");
                    return task.fail(failed, "short read");
                }
                task.printError("\ngzip: stdin: not in gzip format\n");
                int failed = task.fail(2, "Child returned status 1");
                return task.fail(failed, "Error is not recoverable: exiting now");
            }
            if (zipped) {
                try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(all))) {
                    all = gzip.readAllBytes();
                }
            }
            if (all.length < BLOCK || all[0] != 0 && !TarHeader.isOne(all)) {
                if (all.length == 0 && !gnu) {
                    return task.fail(1, "short read");
                }
                if (all.length == 0) {
                    return 0;
                }
                if (!gnu) {
                    return task.fail(1, "invalid tar magic");
                }
                code = task.fail(2, "This does not look like a tar archive");
                return ending();
            }
            return members(all);
        }

        private int members(byte[] all) throws IOException {
            List<String> wanted = new ArrayList<>();
            options.operands().forEach(each -> wanted.add(each.replaceFirst("(?<=.)/+$", "")));
            List<String> missing = new ArrayList<>(wanted);
            String longName = "";
            String longLink = "";
            for (int at = 0; at + BLOCK <= all.length && all[at] != 0; ) {
                TarHeader header = TarHeader.of(all, at);
                int from = Math.min(all.length, at + BLOCK);
                byte[] data = Arrays.copyOfRange(all, from, Math.min(all.length, from + header.size()));
                at += BLOCK + (header.size() + BLOCK - 1) / BLOCK * BLOCK;
                if (header.type() == 'L' || header.type() == 'K') {
                    String text = new String(data, java.nio.charset.StandardCharsets.UTF_8).replace("\0", "");
                    longName = header.type() == 'L' ? text : longName;
                    longLink = header.type() == 'K' ? text : longLink;
                    continue;
                }
                if (header.type() == 'x' || header.type() == 'g') {
                    continue;
                }
                TarHeader member = header.named(longName, longLink);
                longName = "";
                longLink = "";
                String name = member.name();
                String bare = name.replaceFirst("/$", "");
                String in = wanted.stream()
                        .filter(each -> bare.equals(each) || bare.startsWith(each + "/"))
                        .findFirst()
                        .orElse("");
                if (!wanted.isEmpty() && in.isEmpty() || excluded(name)) {
                    continue;
                }
                missing.remove(in);
                if (is('t')) {
                    task.println(is('v') ? member.row(gnu) : name);
                } else {
                    extract(member, data);
                }
            }
            for (String each : missing) {
                code = task.fail(gnu ? 2 : 1, each + (gnu ? ": Not found in archive" : ": not found in archive"));
                if (!gnu) {
                    return code;
                }
            }
            return gnu ? ending() : code;
        }

        private void extract(TarHeader member, byte[] data) throws IOException {
            String name = member.name().replaceFirst("^/+", "");
            for (long i = options.number('2', 0); i > 0; i--) {
                int slash = name.indexOf('/');
                name = slash < 0 ? "" : name.substring(slash + 1);
            }
            if (name.isEmpty()) {
                return;
            }
            if (is('v')) {
                task.println(member.name());
            }
            if (is('O')) {
                if (member.type() != '5' && member.type() != '2') {
                    task.out().write(data);
                }
                return;
            }
            String path = beside(name);
            try {
                make(path, member.type() == '5');
                Inode there = task.files().peek(path, false);
                if (is('k') && there != null && member.type() != '5') {
                    throw new FileError(FileError.Kind.EXISTS, path);
                }
                if (member.type() == '2' || member.type() == '1') {
                    if (there != null && !(there instanceof DirectoryNode)) {
                        task.files().remove(path);
                    }
                    if (member.type() == '2') {
                        task.files().link(member.link(), path);
                    } else {
                        task.files().hardLink(beside(member.link()), path);
                    }
                    return;
                }
                if (member.type() != '5') {
                    if (there instanceof LinkNode) {
                        task.files().remove(path);
                    }
                    task.save(path, data);
                }
                Inode made = task.files().stat(path);
                if (made instanceof Inode.DeviceNode
                        || member.type() == '5' && there != null && name.matches("\\.?/?")) {
                    return;
                }
                Inode own = task.files().change(path);
                int mode = member.mode()
                        & (task.who().uid() == 0 || is('p')
                                ? 07777
                                : 07777 & ~task.files().umask());
                own.setMode(mode);
                if (!is('m')) {
                    own.touch(member.time() * 1000);
                }
                if (task.who().uid() == 0 && !is('o')) {
                    own.setOwner(member.uid(), member.gid());
                }
            } catch (FileError e) {
                code = gnu
                        ? task.fail(2, name + ": Cannot open: " + e.words())
                        : task.fail(1, "can't open '" + name + "': " + e.words());
            }
        }

        private void make(String path, boolean whole) {
            String[] steps = path.split("/");
            StringBuilder so = new StringBuilder(path.startsWith("/") ? "" : ".");
            for (int i = 0; i < steps.length - (whole ? 0 : 1); i++) {
                if (steps[i].isEmpty()) {
                    continue;
                }
                so.append('/').append(steps[i]);
                if (!task.files().exists(so.toString())) {
                    task.files()
                            .makeDirectory(so.toString(), 0777 & ~task.files().umask());
                }
            }
        }
    }
}
