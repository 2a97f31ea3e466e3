package dev.kuar.practice.container;

import dev.kuar.awk.Awk;
import dev.kuar.awk.AwkDialect;
import dev.kuar.awk.AwkHost;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** {@code awk}: busybox's, or mawk where the image is Debian's. */
final class AwkTool {
    private AwkTool() {}

    static int awk(Task task) throws IOException, InterruptedException {
        AwkDialect dialect = Options.gnu(task) ? AwkDialect.MAWK : AwkDialect.BUSYBOX;
        return Awk.run(task.args().subList(1, task.args().size()), new TaskHost(task), dialect);
    }

    /** The process that it is: the container's files, and a shell of its own for each command. */
    private static final class TaskHost implements AwkHost {
        private final Task task;
        private final Processor.Circles circles;

        TaskHost(Task task) {
            this.task = task;
            this.circles = task.container().processor().circles();
        }

        @Override
        public InputStream input() {
            return task.in();
        }

        @Override
        public OutputStream output() {
            return task.out();
        }

        @Override
        public OutputStream error() {
            OutputStream error = task.fd(2).out();
            return error == null ? OutputStream.nullOutputStream() : error;
        }

        @Override
        public boolean isWatched() {
            return task.tty(1) != null;
        }

        @Override
        public InputStream open(String path) throws Refused {
            try {
                InputStream in =
                        ShellRedirects.Opened.read(task, task.fds(), path).in();
                return in == null ? InputStream.nullInputStream() : in;
            } catch (FileError e) {
                throw new Refused(e.words());
            }
        }

        @Override
        public OutputStream create(String path, boolean append) throws Refused {
            try {
                OutputStream out = ShellRedirects.Opened.write(task, task.fds(), path, append)
                        .out();
                return out == null ? OutputStream.nullOutputStream() : out;
            } catch (FileError e) {
                throw new Refused(e.words());
            }
        }

        @Override
        public int run(String command, InputStream input, OutputStream output)
                throws IOException, InterruptedException {
            Shell shell = new Shell(task);
            Map<Integer, Fd> fds = new TreeMap<>(task.fds());
            fds.put(0, input == task.in() ? task.fd(0) : Fd.reading(input));
            fds.put(1, output == task.out() ? task.fd(1) : Fd.writing(new Breaking(output)));
            shell.fds = fds;
            return shell.external(List.of("sh", "-c", command), Map.of(), false);
        }

        @Override
        public Map<String, String> environment() {
            return task.env();
        }

        @Override
        public long seconds() {
            return task.container().clock().now().getEpochSecond();
        }

        @Override
        public void turn() throws InterruptedException {
            if (task.isOver()) {
                throw new InterruptedException();
            }
            circles.turn();
        }
    }

    /** Ends a command that writes what awk no longer reads. */
    private static final class Breaking extends FilterOutputStream {
        Breaking(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            try {
                out.write(bytes, offset, length);
            } catch (AwkHost.Gone e) {
                throw new BytePipe.BrokenPipe();
            }
        }
    }
}
