package dev.kuar.practice.container;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** What a shell runs in the background: {@code jobs}, {@code wait}, {@code fg}, {@code bg}, and how it tells that one ended. */
final class ShellJobs {
    /** So many that have ended are kept for those who ask how. */
    private static final int KEPT = 64;

    private final Shell shell;
    private final TreeMap<Integer, Job> jobs = new TreeMap<>();
    private final List<Job> told = new ArrayList<>();

    ShellJobs(Shell shell) {
        this.shell = shell;
    }

    private record Job(int number, Task task, String text) {
        boolean isOver() {
            return task.isOver();
        }
    }

    /** Takes one in; a terminal of bash shows its number. */
    void add(Task task, ShellNode node) throws IOException {
        tell();
        if (jobs.size() >= KEPT) {
            jobs.values().removeIf(Job::isOver);
        }
        int number = jobs.isEmpty() ? 1 : jobs.lastKey() + 1;
        jobs.put(number, new Job(number, task, ShellText.of(node, shell.bash)));
        if (shell.bash && shell.interactive) {
            shell.error("[" + number + "] " + task.pid());
        }
    }

    /** At a terminal, before it asks again: which have ended. */
    void tell() throws IOException {
        if (!shell.interactive) {
            return;
        }
        for (Job job : List.copyOf(jobs.values())) {
            if (job.isOver()) {
                shell.error(line(job, "", false).stripTrailing());
                forget(job);
            }
        }
    }

    private void forget(Job job) {
        jobs.remove(job.number());
        told.add(job);
        if (told.size() > KEPT) {
            told.remove(0);
        }
    }

    /** Lets a job go, so that nothing is told of it any more. */
    Optional<Task> release(String name) {
        Optional<Job> job = find(name);
        job.ifPresent(found -> jobs.remove(found.number()));
        return job.map(Job::task);
    }

    void forgetAll() {
        jobs.clear();
    }

    int list(List<String> args) throws IOException {
        List<Job> chosen = new ArrayList<>(jobs.values());
        List<String> names = args.stream().filter(arg -> !arg.startsWith("-")).toList();
        if (!names.isEmpty()) {
            chosen.clear();
            for (String name : names) {
                Optional<Job> job = find(name);
                if (job.isEmpty()) {
                    return noSuchJob("jobs", name);
                }
                chosen.add(job.get());
            }
        }
        if (!shell.bash) {
            java.util.Collections.reverse(chosen); // the latest first
        }
        for (Job job : chosen) {
            if (job.isOver() && shell.bash && !shell.interactive) {
                forget(job);
                continue;
            }
            boolean pids = args.contains("-l");
            shell.print(
                    args.contains("-p")
                            ? job.task().pid() + "\n"
                            : line(job, pids ? job.task().pid() + " " : "", !job.isOver()) + "\n");
            if (job.isOver()) {
                forget(job);
            }
        }
        return 0;
    }

    private String line(Job job, String pid, boolean runs) {
        char mark = job.number() == current() ? '+' : job.number() == previous() ? '-' : ' ';
        // Only a terminal's shell remembers what was typed, but for bash.
        String text = shell.bash || shell.interactive ? job.text() : "";
        String state = state(job);
        return shell.isDash()
                ? "[%d] %c %s%-27s%s".formatted(job.number(), mark, pid, state, text)
                : shell.bash
                        ? "[%d]%c  %s%-24s%s%s".formatted(job.number(), mark, pid, state, text, runs ? " &" : "")
                        : "[%d]%c  %s%-27s%s".formatted(job.number(), mark, pid, state, text);
    }

    private String state(Job job) {
        if (!job.isOver()) {
            return "Running";
        }
        int code = job.task().exit().getNow(0);
        return code == 0
                ? "Done"
                : code > 128 && Signal.name(code - 128).isPresent()
                        ? Signal.words(code - 128)
                        : shell.bash ? "Exit " + code : "Done(" + code + ")";
    }

    private int current() {
        List<Integer> numbers = running();
        return numbers.isEmpty() ? 0 : numbers.get(numbers.size() - 1);
    }

    private int previous() {
        List<Integer> numbers = running();
        return numbers.size() < 2 ? 0 : numbers.get(numbers.size() - 2);
    }

    private List<Integer> running() {
        return new ArrayList<>(jobs.keySet());
    }

    /** Whom {@code %1}, {@code %%}, {@code %-}, {@code %sleep} or {@code %?text} means. */
    Optional<Task> task(String name) {
        return find(name).map(Job::task);
    }

    private Optional<Job> find(String name) {
        String word = name.startsWith("%") ? name.substring(1) : name;
        if (word.isEmpty() || word.equals("%") || word.equals("+")) {
            return Optional.ofNullable(jobs.get(current()));
        }
        if (word.equals("-")) {
            return Optional.ofNullable(jobs.get(previous()));
        }
        if (word.matches("\\d{1,6}")) {
            return Optional.ofNullable(jobs.get(Integer.parseInt(word)));
        }
        return jobs.values().stream()
                .filter(job -> word.startsWith("?")
                        ? job.text().contains(word.substring(1))
                        : job.text().startsWith(word))
                .findFirst();
    }

    int noSuchJob(String builtin, String name) throws IOException {
        shell.error(shell.where(builtin) + (shell.isDash() ? "No such job: " + name : name + ": no such job"));
        return shell.bash ? builtin.equals("wait") ? 127 : 1 : 2;
    }

    int await(List<String> args) throws IOException, InterruptedException {
        if (args.isEmpty()) {
            for (Job job : List.copyOf(jobs.values())) {
                Outcome status = await(job.task());
                if (status.broken()) {
                    return status.code();
                }
                jobs.remove(job.number());
            }
            return 0;
        }
        if (args.get(0).equals("-n") && shell.bash) {
            return awaitAny();
        }
        int code = 0;
        for (String arg : args) {
            Outcome status = await(arg);
            if (status.broken()) {
                return status.code();
            }
            code = status.code();
        }
        return code;
    }

    private Outcome await(String name) throws IOException, InterruptedException {
        if (name.startsWith("%")) {
            Optional<Job> job = find(name);
            return job.isPresent() ? awaitOne(job.get()) : new Outcome(noSuchJob("wait", name), false);
        }
        if (!name.matches("\\d{1,9}")) {
            shell.error(shell.where("wait")
                    + (shell.bash ? "`" + name + "': not a pid or valid job spec" : "Illegal number: " + name));
            return new Outcome(shell.bash ? 1 : 2, false);
        }
        int pid = Integer.parseInt(name);
        List<Job> all = new ArrayList<>(told);
        all.addAll(jobs.values());
        for (Job job : all) {
            if (job.task().pid() == pid) {
                return awaitOne(job);
            }
        }
        if (shell.bash) {
            shell.error(shell.where("wait") + "pid " + name + " is not a child of this shell");
        }
        return new Outcome(127, false);
    }

    private Outcome awaitOne(Job job) throws IOException, InterruptedException {
        Outcome status = await(job.task());
        int signal = status.code() - 128;
        if (!status.broken() && !shell.interactive && told(signal) && jobs.containsKey(job.number())) {
            String words = Signal.words(signal);
            if (!shell.bash) {
                shell.error(words);
            } else if (signal != Signal.TERM) {
                shell.error("%s%5d %-24s%s".formatted(shell.where(), job.task().pid(), words, job.text()));
            }
        }
        if (!status.broken()) {
            forget(job);
        }
        return status;
    }

    private static boolean told(int signal) {
        return signal > 0
                && signal != Signal.INT
                && signal != Signal.PIPE
                && Signal.name(signal).isPresent();
    }

    /** How a process ended, or that a signal with a trap broke off the waiting. */
    private record Outcome(int code, boolean broken) {}

    private Outcome await(Task task) throws IOException, InterruptedException {
        int signal = shell.signals.handle();
        if (signal != 0) {
            return new Outcome(128 + signal, true);
        }
        shell.signals.await();
        try {
            if (!shell.signals.isQuiet()) {
                throw new InterruptedException();
            }
            return new Outcome(task.await(), false);
        } catch (InterruptedException e) {
            shell.signals.awaited();
            int came = shell.signals.handle();
            if (came != 0) {
                return new Outcome(128 + came, true);
            }
            throw e;
        } finally {
            shell.signals.awaited();
        }
    }

    private int awaitAny() throws InterruptedException {
        List<Job> all = List.copyOf(jobs.values());
        if (all.isEmpty()) {
            return 127;
        }
        try {
            CompletableFuture.anyOf(all.stream().map(job -> job.task().exit()).toArray(CompletableFuture[]::new))
                    .get();
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
        Job ended = all.stream().filter(Job::isOver).findFirst().orElseThrow();
        forget(ended);
        return ended.task().exit().getNow(0);
    }

    /** {@code fg}: waits for a job, which Ctrl-C reaches meanwhile. */
    int foreground(List<String> args) throws IOException, InterruptedException {
        Optional<Job> job = chosen("fg", args);
        if (job.isEmpty()) {
            return shell.bash ? 1 : 2;
        }
        shell.print(job.get().text() + "\n");
        Task task = job.get().task();
        Tty tty = shell.task().tty(0);
        Runnable before = tty == null ? null : tty.onInterrupt(() -> task.signal(Signal.INT));
        try {
            int code = task.await();
            jobs.remove(job.get().number());
            return code;
        } finally {
            if (tty != null) {
                Runnable unused = tty.onInterrupt(before);
            }
        }
    }

    /** {@code bg}: nothing is ever stopped here, so what is in the background goes on. */
    int background(List<String> args) throws IOException {
        Optional<Job> job = chosen("bg", args);
        if (job.isEmpty()) {
            return shell.bash ? 1 : 2;
        }
        if (shell.bash) {
            shell.error("bash: bg: job " + job.get().number() + " already in background");
        } else {
            shell.print("[" + job.get().number() + "] " + job.get().text() + "\n");
        }
        return 0;
    }

    private Optional<Job> chosen(String builtin, List<String> args) throws IOException {
        if (!shell.interactive) {
            shell.error(shell.where(builtin)
                    + (shell.bash ? "no job control" : "job (null) not created under job control"));
            return Optional.empty();
        }
        Optional<Job> job = find(args.isEmpty() ? "%" : args.get(0));
        if (job.isEmpty() && args.isEmpty()) {
            shell.error(shell.where(builtin) + (shell.bash ? "current: no such job" : "No current job"));
        } else if (job.isEmpty()) {
            int unused = noSuchJob(builtin, args.get(0));
        }
        return job;
    }
}
