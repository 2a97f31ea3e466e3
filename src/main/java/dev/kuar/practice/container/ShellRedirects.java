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
                    fds.put(0, Fd.reading(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))));
                }
                case "<<<" -> {
                    String text = expansion.word(redirect.target()) + "\n";
                    fds.put(0, Fd.reading(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))));
                }
                case "<&", ">&" -> {
                    String target = expansion.word(redirect.target());
                    if (target.equals("-")) {
                        fds.remove(redirect.fd());
                    } else if (target.matches("\\d")) {
                        fds.put(redirect.fd(), fds.getOrDefault(Integer.parseInt(target), Fd.NULL));
                    } else {
                        Fd file = Opened.write(shell.task(), fds, target, false);
                        fds.put(1, file);
                        fds.put(2, file);
                    }
                }
                case "<", "<>" ->
                    fds.put(redirect.fd(), Opened.read(shell.task(), fds, expansion.word(redirect.target())));
                default ->
                    fds.put(
                            redirect.fd(),
                            Opened.write(
                                    shell.task(),
                                    fds,
                                    expansion.word(redirect.target()),
                                    redirect.operator().equals(">>")));
            }
        }
        return fds;
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
