package dev.kuar.shell.program;

import dev.kuar.process.Invocation;
import dev.kuar.shell.language.Jobs;
import dev.kuar.shell.language.Session;
import dev.kuar.shell.language.SessionProgram;
import java.util.List;
import java.util.Optional;

/** {@code jobs}, {@code fg} and {@code kill}. */
final class JobPrograms {
    private JobPrograms() {}

    static final class ListJobs implements SessionProgram {
        @Override
        public int run(Session session, Invocation invocation) {
            for (Jobs.Job job : session.jobs().all()) {
                String state = job.ended() ? "Done" : "Running";
                invocation.output().print(String.format("[%d]  %-10s %s%n", job.number(), state, job.text()));
            }
            return 0;
        }
    }

    static final class Foreground implements SessionProgram {
        @Override
        public int run(Session session, Invocation invocation) throws InterruptedException {
            String name = invocation.arguments().isEmpty()
                    ? "%"
                    : invocation.arguments().get(0);
            Optional<Jobs.Job> job = session.jobs().find(name);
            if (job.isEmpty()) {
                Filter.complain(invocation, name + ": no such job");
                return Filter.FAILED;
            }
            invocation.output().print(job.get().text() + "\n");
            int exit = job.get().await();
            session.jobs().takeEnded();
            return exit;
        }
    }

    static final class Kill implements SessionProgram {
        @Override
        public int run(Session session, Invocation invocation) {
            List<String> names = invocation.arguments().stream()
                    .filter(word -> !word.startsWith("-"))
                    .toList();
            if (names.isEmpty()) {
                Filter.complain(invocation, "usage: kill %JOB | PID");
                return Filter.USAGE;
            }
            int exit = 0;
            for (String name : names) {
                if (!kill(session, name)) {
                    Filter.complain(invocation, name + ": no such job or process");
                    exit = Filter.FAILED;
                }
            }
            return exit;
        }

        private static boolean kill(Session session, String name) {
            if (name.startsWith("%")) {
                Optional<Jobs.Job> job = session.jobs().find(name);
                job.ifPresent(Jobs.Job::interrupt);
                return job.isPresent();
            }
            return name.matches("\\d{1,9}")
                    && Long.parseLong(name) != ProcessHandle.current().pid()
                    && ProcessHandle.of(Long.parseLong(name))
                            .map(ProcessHandle::destroy)
                            .orElse(false);
        }
    }
}
