package dev.kuar.cli;

import dev.kuar.check.CheckLanguage;
import dev.kuar.check.Judge;
import dev.kuar.error.UserException;
import dev.kuar.kube.CommandRun;
import dev.kuar.lesson.Course;
import dev.kuar.lesson.CourseLoader;
import dev.kuar.lesson.LessonSource;
import dev.kuar.output.Console;
import dev.kuar.output.FailureReport;
import dev.kuar.process.KuarHome;
import dev.kuar.process.Program;
import dev.kuar.progress.ProgressStore;
import dev.kuar.tutor.LineRunner;
import dev.kuar.tutor.Surroundings;
import dev.kuar.tutor.Tutor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The tutor's place in a shell: collects what the learner's lines ran, hands it over when the line is done, and offers the
 * tutor's words as programs.
 *
 * <p>The tutor and its lessons are loaded when a lesson is begun; a shell without one pays nothing.
 */
public final class TutorDesk implements AutoCloseable {
    private final KuarHome home;
    private final Supplier<Surroundings> around;
    private final LineRunner runner;
    private final Supplier<Console> console;
    private final DeskVoice voice;
    private final List<CommandRun> pending = Collections.synchronizedList(new ArrayList<>());
    private volatile boolean quiet;
    private volatile boolean aside;
    private volatile @Nullable Thread opening;
    private volatile @Nullable Tutor tutor;
    private String language = "";

    /** {@code above} prints above the prompt, or keeps for before the next; {@code runner} shares the shell's session. */
    public TutorDesk(
            KuarHome home,
            Supplier<Surroundings> around,
            LineRunner runner,
            Supplier<Console> console,
            Consumer<String> above) {
        this.home = home;
        this.around = around;
        this.runner = new QuietLines(runner);
        this.console = console;
        this.voice = new DeskVoice(console, above, () -> aside);
    }

    /** The tutor's words by name. */
    public Map<String, Program> programs() {
        return TutorPrograms.of(this::opened, console);
    }

    /** Begins a lesson, or goes on where the learner was. */
    public void start(Opening lesson) throws InterruptedException {
        Console now = console.get();
        language = now.messages().language().code();
        CheckLanguage checks = new CheckLanguage();
        checks.warm();
        Path folder = home.prepare().root().resolve("work");
        try {
            Files.createDirectories(folder);
            runner.run("cd '" + folder.toString().replace("'", "'\\''") + "'");
        } catch (IOException e) {
            now.note("tutor.work-folder", folder);
        }
        close();
        Tutor made = new Tutor(
                lesson.course(),
                new Judge(checks),
                new ProgressStore(home.progress(), Clock.systemUTC()),
                around.get(),
                runner,
                voice,
                language);
        tutor = made;
        made.start(lesson.reference());
        pending.clear();
    }

    /** Whether nothing is behind the learner yet. */
    public boolean isNew() {
        return !Files.exists(home.progress().resolve(ProgressStore.FILE));
    }

    /** Goes on with the lesson that the learner left, if there is one. */
    public void resume() throws InterruptedException {
        if (isNew()) {
            return;
        }
        try {
            Course course = new CourseLoader(LessonSource.bundled()).load();
            String left = new ProgressStore(home.progress(), Clock.systemUTC())
                    .state()
                    .lesson();
            if (!left.isEmpty() && course.lesson(left).isPresent()) {
                start(new Opening(course, Optional.empty()));
            }
        } catch (UserException e) {
            var unused = new FailureReport(console.get(), false).print(e);
        }
    }

    /** The same in the background, so that the prompt need not wait; speaks above it. */
    public void resumeAside() {
        if (isNew()) {
            return;
        }
        Thread thread = new Thread(this::openAside, "resume");
        thread.setDaemon(true);
        opening = thread;
        thread.start();
    }

    /** Waits until the lesson that is being opened in the background is open. */
    public void awaitOpen() throws InterruptedException {
        Thread now = opening;
        if (now != null && !now.equals(Thread.currentThread())) {
            now.join();
            opening = null;
        }
    }

    /** Hears of a program that ran; what the tutor itself runs isn't the learner's. */
    public void heard(CommandRun run) {
        if (!quiet && tutor != null) {
            pending.add(run);
        }
    }

    /** Judges what the line that just ended ran; returns whether the tutor had something to say. */
    public boolean lineRan() {
        Tutor now = tutor;
        if (now == null) {
            return false;
        }
        int before = voice.spoken();
        List<CommandRun> runs;
        synchronized (pending) {
            runs = List.copyOf(pending);
            pending.clear();
        }
        String spoken = console.get().messages().language().code();
        if (!spoken.equals(language)) {
            language = spoken;
            now.language(spoken);
        }
        now.lineRan(runs);
        return voice.spoken() > before;
    }

    /** Where the learner leaves, {@code LESSON/STEP}; empty outside a lesson. */
    public String place() {
        Tutor now = tutor;
        return now == null ? "" : now.place();
    }

    /** What the prompt says of the lesson; empty without one. */
    public String promptLabel() {
        Tutor now = tutor;
        return now == null ? "" : now.promptLabel();
    }

    @Override
    public void close() {
        Tutor old = tutor;
        tutor = null;
        if (old != null) {
            old.close();
        }
    }

    private void openAside() {
        aside = true;
        try {
            resume();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            aside = false;
        }
    }

    private Tutor opened() {
        Tutor now = tutor;
        if (now == null) {
            throw UserException.saying(dev.kuar.tutor.TutorReason.NO_LESSON, "tutor.no-lesson");
        }
        return now;
    }

    /** The session's lines, which aren't the learner's while the tutor runs them. */
    private final class QuietLines implements LineRunner {
        private final LineRunner lines;

        QuietLines(LineRunner lines) {
            this.lines = lines;
        }

        @Override
        public Result run(String line) throws InterruptedException {
            quiet = true;
            try {
                return lines.run(line);
            } finally {
                quiet = false;
            }
        }

        @Override
        public Result runElsewhere(String line) throws InterruptedException {
            quiet = true;
            try {
                return lines.runElsewhere(line);
            } finally {
                quiet = false;
            }
        }

        @Override
        public Path folder() {
            return lines.folder();
        }

        @Override
        public void close() {
            lines.close();
        }
    }
}
