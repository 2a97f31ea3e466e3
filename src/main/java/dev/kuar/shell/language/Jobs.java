package dev.kuar.shell.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** The commands that run in the background. Safe for several threads. */
public final class Jobs {
    private final Map<Integer, Job> running = new TreeMap<>();

    /** One command in the background; its number is the smallest that was free. */
    public static final class Job {
        private final int number;
        private final String text;
        private final Thread thread;
        private final CompletableFuture<Integer> end;

        private Job(int number, String text, Thread thread, CompletableFuture<Integer> end) {
            this.number = number;
            this.text = text;
            this.thread = thread;
            this.end = end;
        }

        public int number() {
            return number;
        }

        /** The line as typed. */
        public String text() {
            return text;
        }

        public boolean ended() {
            return end.isDone();
        }

        /** The exit code; 0 while it runs. */
        public int exit() {
            return end.getNow(0);
        }

        /** Ends it as Ctrl-C would. */
        public void interrupt() {
            thread.interrupt();
        }

        /** Waits for its end; an interruption ends the job too. */
        public int await() throws InterruptedException {
            try {
                return end.get();
            } catch (ExecutionException e) {
                return 1;
            } catch (InterruptedException e) {
                interrupt();
                throw e;
            }
        }
    }

    /** What a job does. */
    interface Work {
        int run();
    }

    synchronized Job start(String text, Work work) {
        int number = 1;
        while (running.containsKey(number)) {
            number++;
        }
        CompletableFuture<Integer> end = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    int exit = 1;
                    try {
                        exit = work.run();
                    } finally {
                        end.complete(exit);
                    }
                },
                "job-" + number);
        thread.setDaemon(true);
        Job job = new Job(number, text, thread, end);
        running.put(number, job);
        thread.start();
        return job;
    }

    /** The jobs, by number: those that run and those that ended and were not reported yet. */
    public synchronized List<Job> all() {
        return List.copyOf(running.values());
    }

    /** The job that {@code %1}, {@code 1}, {@code %%} or nothing (the newest) names. */
    public synchronized Optional<Job> find(String name) {
        String number = name.startsWith("%") ? name.substring(1) : name;
        if (number.isEmpty() || number.equals("%") || number.equals("+")) {
            return running.values().stream().reduce((a, b) -> b);
        }
        return number.chars().allMatch(Character::isDigit) && number.length() < 6
                ? Optional.ofNullable(running.get(Integer.parseInt(number)))
                : Optional.empty();
    }

    /** Takes out the jobs that ended, for the shell to report once. */
    public synchronized List<Job> takeEnded() {
        List<Job> ended = new ArrayList<>();
        running.values().removeIf(job -> job.ended() && ended.add(job));
        return ended;
    }

    /** Ends them all; they get no time to say goodbye. */
    public synchronized void interruptAll() {
        running.values().forEach(Job::interrupt);
    }
}
