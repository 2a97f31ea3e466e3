package dev.kuar.practice.container;

import dev.kuar.practice.network.HttpResponse;
import dev.kuar.practice.network.Unreachable;
import dev.kuar.practice.python.PythonHost;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The process of a Python program. */
final class PythonTask implements PythonHost {
    private final Task task;
    private final Processor.Circles circles;
    private final AtomicBoolean struck = new AtomicBoolean();

    PythonTask(Task task) {
        this.task = task;
        this.circles = task.container().processor().circles();
        task.handle(Signal.INT, signal -> strike());
    }

    /** Somebody pressed Ctrl-C. */
    void strike() {
        struck.set(true);
        task.interrupt();
    }

    @Override
    public void write(int descriptor, String text) {
        try {
            if (descriptor == 1) {
                task.print(text);
            } else {
                task.printError(text);
            }
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    @Override
    public boolean isTerminal(int descriptor) {
        return task.tty(descriptor) != null;
    }

    @Override
    public @Nullable String line() {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        InputStream in = task.in();
        try {
            for (int b = in.read(); b >= 0; b = in.read()) {
                line.write(b);
                if (b == '\n') {
                    break;
                }
            }
        } catch (IOException gone) {
            over();
            return null;
        }
        return line.size() == 0 ? null : line.toString(StandardCharsets.UTF_8);
    }

    @Override
    public @Nullable String line(String prompt) {
        Tty tty = task.tty(0);
        write(1, prompt);
        if (tty == null) {
            return line();
        }
        Runnable before = tty.onInterrupt(this::strike);
        tty.setPrompting(true);
        try {
            return line();
        } finally {
            tty.setPrompting(false);
            tty.onInterrupt(before);
        }
    }

    @Override
    public Map<String, String> environment() {
        return task.env();
    }

    @Override
    public void sleep(Duration time) {
        try {
            task.container().clock().sleep(time);
        } catch (InterruptedException woken) {
            over();
        }
    }

    @Override
    public Instant now() {
        return task.container().clock().now();
    }

    @Override
    public void turn() {
        over();
        try {
            circles.turn();
        } catch (InterruptedException woken) {
            over();
        }
    }

    /** Ends the program's thread where its process has ended. */
    private void over() {
        if (task.isOver()) {
            throw new IllegalStateException("the process has ended");
        }
    }

    @Override
    public boolean interrupted() {
        if (struck.getAndSet(false)) {
            Thread.interrupted();
            return true;
        }
        return false;
    }

    @Override
    public int pid() {
        return task.pid();
    }

    @Override
    public int uid() {
        return task.who().uid();
    }

    @Override
    public String hostname() {
        return task.container().spec().hostname();
    }

    @Override
    public String directory() {
        return task.files().directory();
    }

    @Override
    public byte[] read(String path) throws SystemFault {
        return touching(() -> task.files().read(path));
    }

    @Override
    public void save(String path, byte[] data, boolean append) throws SystemFault {
        touching(() -> {
            if (append && task.files().open(path, false) instanceof Inode.FileNode file) {
                file.append(data, 0, data.length);
            } else {
                task.save(path, data);
            }
            return path;
        });
    }

    @Override
    public List<String> list(String path) throws SystemFault {
        return touching(() -> task.files().list(path));
    }

    @Override
    public void makeDirectory(String path) throws SystemFault {
        touching(() -> {
            task.files().makeDirectory(path, 0777 & ~task.files().umask());
            return path;
        });
    }

    @Override
    public void remove(String path) throws SystemFault {
        touching(() -> {
            if (task.files().isDirectory(path)) {
                throw new FileError(FileError.Kind.IS_A_DIRECTORY, path);
            }
            task.files().remove(path);
            return path;
        });
    }

    @Override
    public void changeDirectory(String path) throws SystemFault {
        touching(() -> {
            task.files().changeDirectory(path);
            return path;
        });
    }

    /** Work on files. */
    @FunctionalInterface
    private interface Touching<T> {
        T get() throws IOException;
    }

    private static <T> T touching(Touching<T> work) throws SystemFault {
        try {
            return work.get();
        } catch (FileError e) {
            throw new SystemFault(e.kind().number(), e.words());
        } catch (IOException e) {
            throw new SystemFault(5, "Input/output error");
        }
    }

    @Override
    public String kind(String path) {
        Inode node = task.files().peek(path, true);
        return node == null ? "" : node instanceof Inode.DirectoryNode ? "directory" : "file";
    }

    @Override
    public boolean isLink(String path) {
        return task.files().peek(path, false) instanceof Inode.LinkNode;
    }

    @Override
    public Instant modified(String path) {
        Inode node = task.files().peek(path, true);
        return node == null ? Instant.EPOCH : Instant.ofEpochMilli(node.modified());
    }

    @Override
    public String resolve(String name) {
        return name.equals("localhost") ? "127.0.0.1" : new Resolver(task).address(name);
    }

    @Override
    public Fetched fetch(String method, String url, Map<String, String> headers, byte[] body) throws SystemFault {
        WebClient client = new WebClient(task);
        try {
            HttpResponse answer = client.send(client.target(url), method, headers, body);
            if (answer.status() == 0) {
                throw new SystemFault(104, "Connection reset by peer");
            }
            return new Fetched(answer.status(), answer.reason(), answer.headers(), answer.body());
        } catch (Unreachable e) {
            int number =
                    switch (e.cause()) {
                        case REFUSED -> 111;
                        case TIMED_OUT -> 110;
                        case NO_ROUTE -> 113;
                    };
            if (e.cause() == Unreachable.Cause.TIMED_OUT) {
                sleep(Duration.ofSeconds(5));
            }
            throw new SystemFault(number, e.words());
        }
    }

    @Override
    public Ran run(List<String> arguments, byte @Nullable [] input) {
        Shell shell = new Shell(task);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Map<Integer, Fd> fds = new TreeMap<>(task.fds());
        if (input != null) {
            fds.put(0, Fd.reading(new ByteArrayInputStream(input)));
        }
        fds.put(1, Fd.writing(out));
        fds.put(2, Fd.writing(err));
        shell.fds = fds;
        if (task.container()
                        .runtime()
                        .launcher()
                        .find(task.files(), arguments.get(0), task.env("PATH"))
                        .tool()
                == null) {
            return new Ran(-1, new byte[0], new byte[0]);
        }
        try {
            int code = shell.external(new ArrayList<>(arguments), Map.of(), false);
            return new Ran(code, out.toByteArray(), err.toByteArray());
        } catch (IOException | InterruptedException ended) {
            over();
            return new Ran(130, out.toByteArray(), err.toByteArray());
        }
    }
}
