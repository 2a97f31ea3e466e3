package dev.kuar.practice.container;

import dev.kuar.practice.container.ShellNode.Redirect;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Opens what redirections name. */
final class ShellRedirects {
    private final ShellState shell;
    private final ShellExpansion expansion;

    ShellRedirects(ShellState shell, ShellExpansion expansion) {
        this.shell = shell;
        this.expansion = expansion;
    }

    Map<Integer, Fd> apply(Map<Integer, Fd> before, List<Redirect> redirects) throws IOException, InterruptedException {
        Map<Integer, Fd> fds = new TreeMap<>(before);
        for (Redirect redirect : redirects) {
            switch (redirect.operator()) {
                case "<<" -> {
                    String text = redirect.quoted() ? redirect.target() : expansion.here(redirect.target());
                    fds.put(redirect.fd(), Fd.reading(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))));
                }
                case "<<<" -> {
                    String text = expansion.word(redirect.target()) + "\n";
                    fds.put(redirect.fd(), Fd.reading(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))));
                }
                case "<&", ">&" -> {
                    String target = expansion.word(redirect.target());
                    if (target.equals("-")) {
                        fds.remove(redirect.fd());
                    } else if (target.matches("\\d+")) {
                        Fd other = fds.get(Integer.parseInt(target));
                        if (other == null) {
                            throw new Refusal(target + ": Bad file descriptor");
                        }
                        fds.put(redirect.fd(), other);
                    } else {
                        Fd file = write(fds, target, false);
                        fds.put(1, file);
                        fds.put(2, file);
                    }
                }
                case "<", "<>" -> fds.put(redirect.fd(), read(fds, expansion.word(redirect.target())));
                default -> {
                    String target = expansion.word(redirect.target());
                    if (redirect.operator().equals(">") && shell.options().is("noclobber")) {
                        keep(target);
                    }
                    fds.put(
                            redirect.fd(),
                            write(fds, target, redirect.operator().equals(">>")));
                }
            }
        }
        return fds;
    }

    private Fd read(Map<Integer, Fd> fds, String path) throws Refusal {
        try {
            return Opened.read(shell.task(), fds, path);
        } catch (FileError e) {
            throw new Refusal(words(shell, e, true));
        }
    }

    private Fd write(Map<Integer, Fd> fds, String path, boolean append) throws Refusal {
        try {
            return Opened.write(shell.task(), fds, path, append);
        } catch (FileError e) {
            throw new Refusal(words(shell, e, false));
        }
    }

    /** A file that is there stays as it is. */
    private void keep(String target) throws Refusal {
        if (shell.files().exists(target) && shell.files().stat(target) instanceof Inode.FileNode) {
            throw new Refusal(
                    shell.bash
                            ? target + ": cannot overwrite existing file"
                            : (shell.isDash() ? "cannot create " : "can't create ") + target + ": File exists");
        }
    }

    /** A redirection that cannot be, in the shell's words. */
    static final class Refusal extends IOException {
        private static final long serialVersionUID = 1L;

        Refusal(String words) {
            super(words);
        }
    }

    /** How each shell words that a file cannot be opened. */
    private static String words(ShellState shell, FileError error, boolean reads) {
        if (shell.bash) {
            return error.path() + ": " + error.words();
        }
        boolean missing = error.kind() == FileError.Kind.MISSING;
        if (shell.isDash()) {
            String why = missing ? reads ? "No such file" : "Directory nonexistent" : error.words();
            return "cannot " + (reads ? "open " : "create ") + error.path() + ": " + why;
        }
        String why = missing ? reads ? "no such file" : "nonexistent directory" : error.words();
        return "can't " + (reads ? "open " : "create ") + error.path() + ": " + why;
    }

    /** Files and devices as descriptors. */
    static final class Opened {
        private Opened() {}

        static Fd read(Task task, Map<Integer, Fd> fds, String path) {
            if (task.files().stat(path) instanceof Inode.DeviceNode device) {
                return device(fds, device.name());
            }
            return Fd.reading(new ByteArrayInputStream(task.files().read(path)));
        }

        static Fd write(Task task, Map<Integer, Fd> fds, String path, boolean append) {
            Inode node = task.files().open(path, !append);
            if (node instanceof Inode.DeviceNode device) {
                return device(fds, device.name());
            }
            return node instanceof Inode.FileNode file ? Fd.writing(new FileSink(file)) : Fd.NULL;
        }

        private static Fd device(Map<Integer, Fd> fds, String name) {
            return switch (name) {
                case "fd0" -> fds.getOrDefault(0, Fd.NULL);
                case "fd1", "tty" -> fds.getOrDefault(1, Fd.NULL);
                case "fd2" -> fds.getOrDefault(2, Fd.NULL);
                case "zero" -> Fd.reading(new Endless(false));
                case "random", "urandom" -> Fd.reading(new Endless(true));
                default -> Fd.NULL;
            };
        }
    }

    /** {@code /dev/zero} and {@code /dev/urandom}. */
    private static final class Endless extends java.io.InputStream {
        private final boolean random;
        private long state = 88172645463325252L;

        Endless(boolean random) {
            this.random = random;
            state ^= random ? System.nanoTime() : 0;
        }

        @Override
        public int read() throws IOException {
            if (Thread.currentThread().isInterrupted()) {
                throw new java.io.InterruptedIOException();
            }
            if (!random) {
                return 0;
            }
            state ^= state << 13;
            state ^= state >>> 7;
            state ^= state << 17;
            return (int) (state & 0xff);
        }
    }

    /** Appends to a file. */
    private static final class FileSink extends OutputStream {
        private final Inode.FileNode file;

        FileSink(Inode.FileNode file) {
            this.file = file;
        }

        @Override
        public void write(int b) {
            file.append(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int count) {
            file.append(bytes, offset, count);
        }
    }
}
