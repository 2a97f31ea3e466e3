package dev.kuar.tutor;

import static dev.kuar.tutor.Said.message;

import dev.kuar.check.Judge;
import dev.kuar.error.UserException;
import dev.kuar.kube.CommandRun;
import dev.kuar.kube.ReadException;
import dev.kuar.lesson.Course;
import dev.kuar.lesson.Lesson;
import dev.kuar.lesson.Route;
import dev.kuar.lesson.Step;
import dev.kuar.progress.Entry;
import dev.kuar.progress.ProgressStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Walks a learner through a course: shows the step, judges what was done, and never drags on; {@code next} does.
 *
 * <p>After each line the shell calls {@link #lineRan}; changes of the cluster reach the tutor by a watch, and it says above
 * the prompt when a step became true by another way. Safe for several threads.
 */
public final class Tutor implements AutoCloseable {
    private final Itinerary itinerary;
    private final Judge judge;
    private final ProgressStore progress;
    private final Surroundings around;
    private final LineRunner runner;
    private final Voice voice;
    private final Diary diary;
    private final Following following;
    private String language;
    private @Nullable StepRun run;
    private boolean done;
    private int checksPassed;
    private volatile String label = "";
    private volatile @Nullable Place place;

    public Tutor(
            Course course,
            Judge judge,
            ProgressStore progress,
            Surroundings around,
            LineRunner runner,
            Voice voice,
            String language) {
        this.itinerary = new Itinerary(course);
        this.judge = judge;
        this.progress = progress;
        this.around = around;
        this.runner = runner;
        this.voice = voice;
        this.diary = new Diary(progress, voice);
        this.following = new Following(around);
        this.language = language;
    }

    /** Goes to the step that is named, else to where the learner was, else to the first. */
    public void start(Optional<String> reference) throws InterruptedException {
        progress.takeKeptAside().ifPresent(aside -> voice.say(List.of(message("progress-kept-aside", aside))));
        if (reference.isPresent()) {
            enter(itinerary.find(reference.get(), here(), provider()), false);
            return;
        }
        Optional<Place> last = itinerary.last(progress.state());
        if (last.isPresent()) {
            voice.say(List.of(message("welcome-back")));
        }
        enter(last.orElseGet(() -> itinerary.beginning(provider())), last.isPresent());
    }

    /** What the prompt says of the lesson, {@code first-look 2/3}; empty without one. Waits for nobody. */
    public String promptLabel() {
        return label;
    }

    /** Where the learner is, {@code LESSON/STEP}; empty before the first step. Waits for nobody. */
    public String place() {
        Place now = place;
        return now == null ? "" : now.toString();
    }

    /** Judges after a line; says something only when the step is done, a part of it is, or a wrong turn has a name. */
    public synchronized void lineRan(List<CommandRun> runs) {
        StepRun now = run;
        if (now == null || runs.isEmpty()) {
            return;
        }
        if (done) {
            now.observe(runs);
            return;
        }
        StepVerdict verdict = now.observe(runs);
        if (verdict.passed()) {
            pass(now, true, false);
        } else if (verdict.named()) {
            diary.attempt(now, verdict);
            voice.say(new Phrases(now, language).verdict(verdict));
        } else {
            part(verdict);
            following.start(now.kinds(), () -> changed(now));
        }
    }

    public synchronized void task() {
        StepRun now = current();
        List<Said> words = new ArrayList<>(List.of(milestone(now)));
        words.addAll(new Phrases(now, language).introduction());
        words.add(done ? onward(now) : message("actions"));
        voice.say(words);
    }

    public synchronized void check() {
        StepRun now = current();
        StepVerdict verdict = now.judge();
        if (verdict.passed()) {
            pass(now, true, false);
            return;
        }
        diary.attempt(now, verdict);
        voice.say(new Phrases(now, language).verdict(verdict));
    }

    /** The next hint that hasn't been shown. */
    public synchronized void hint() {
        StepRun now = current();
        int shown = progress.state().hints(now.lesson(), now.step());
        Phrases phrases = new Phrases(now, language);
        List<Said> words = phrases.hint(shown);
        if (words.isEmpty()) {
            voice.say(List.of(message("no-more-hints")));
            return;
        }
        diary.record(Entry.Kind.HINT, now, String.valueOf(shown + 1));
        voice.say(words);
    }

    /** Why the step isn't done: the verdict, and each check by itself. */
    public synchronized void why() {
        StepRun now = current();
        StepVerdict verdict = now.judge();
        Phrases phrases = new Phrases(now, language);
        List<Said> words = new ArrayList<>(phrases.verdict(verdict));
        words.addAll(phrases.checks(verdict));
        voice.say(words);
    }

    public synchronized void solution() {
        StepRun now = current();
        diary.record(Entry.Kind.SOLUTION, now, "");
        List<Said> words = new ArrayList<>();
        words.add(message("solution"));
        for (Route.Action action : now.step().solution().actions()) {
            words.add(new Said.Command(Walk.line(now, action)));
        }
        words.add(message("solution-try"));
        voice.say(words);
    }

    public synchronized void answer(String words) {
        StepRun now = current();
        if (now.step().question() == null) {
            voice.say(List.of(message("no-question")));
            return;
        }
        if (words.isBlank()) {
            voice.say(List.of(new Phrases(now, language).question(), message("answer-usage")));
            return;
        }
        if (done) {
            voice.say(List.of(message(now.isRight(words) ? "answer-right" : "answer-wrong"), onward(now)));
            return;
        }
        StepVerdict verdict = now.answer(words);
        if (verdict.passed()) {
            pass(now, true, false);
        } else {
            diary.attempt(now, verdict);
            voice.say(new Phrases(now, language).verdict(verdict));
        }
    }

    /** Goes on when the step is done; else says what is missing. */
    public synchronized void next() throws InterruptedException {
        StepRun now = current();
        if (!done && !now.judge().passed()) {
            check();
            voice.say(List.of(message("skip-goes-on")));
            return;
        }
        if (!done) {
            pass(now, false, false);
        }
        goOn(now);
    }

    public synchronized void skip() throws InterruptedException {
        StepRun now = current();
        if (!done) {
            diary.record(Entry.Kind.SKIPPED, now, "");
            voice.say(List.of(message("skipped")));
        }
        goOn(now);
    }

    public synchronized void back() throws InterruptedException {
        StepRun now = current();
        Optional<Place> before = itinerary.before(new Place(now.lesson(), now.step()), provider());
        if (before.isEmpty()) {
            voice.say(List.of(message("at-the-beginning")));
            return;
        }
        enter(before.get(), false);
    }

    public synchronized void goTo(String reference) throws InterruptedException {
        enter(itinerary.find(reference, here(), provider()), false);
    }

    /** Brings the step to its beginning: setup and all. */
    public synchronized void reset() throws InterruptedException {
        StepRun now = current();
        diary.record(Entry.Kind.RESET, now, "");
        voice.say(List.of(message("reset")));
        try {
            around.restore().forEach(each -> voice.say(List.of(message("restored", each))));
        } catch (ReadException e) {
            voice.say(List.of(message("setup-failed", String.valueOf(e.getMessage()))));
        }
        enter(new Place(now.lesson(), now.step()), true);
    }

    /** Where {@code goto} can lead, with titles: lessons, and with {@code steps} the steps of each. */
    public Map<String, String> places(boolean steps) {
        return overview().places(steps);
    }

    public synchronized void list() {
        voice.say(overview().lessons(provider(), here(), run));
    }

    public synchronized void language(String code) {
        language = code;
        diary.language(code);
        if (run != null) {
            task();
        }
    }

    @Override
    public synchronized void close() {
        following.stop();
        run = null;
    }

    private void goOn(StepRun now) throws InterruptedException {
        Optional<Place> next = itinerary.after(new Place(now.lesson(), now.step()), provider());
        if (next.isEmpty()) {
            voice.say(overview().closing(now.lesson(), provider()));
            voice.say(overview().open(provider()));
            return;
        }
        if (!next.get().lesson().equals(now.lesson())) {
            voice.say(overview().closing(now.lesson(), provider()));
        }
        enter(next.get(), false);
    }

    /** Goes to a step; {@code again} for who was there before. */
    private synchronized void enter(Place to, boolean again) throws InterruptedException {
        following.stop();
        StepRun now = new StepRun(to.lesson(), to.step(), judge, around, runner);
        run = now;
        List<Place> places = itinerary.places(to.lesson(), provider());
        label = to.lesson().slug() + " " + (places.indexOf(to) + 1) + "/" + places.size();
        place = to;
        done = false;
        checksPassed = 0;
        diary.record(Entry.Kind.AT, now, "");
        if (!again && places.indexOf(to) == 0) {
            voice.say(overview().opening(to.lesson()));
        }
        Optional<Step.CannotShow> hidden = to.step().cannotShowOn(provider());
        if (hidden.isPresent()) {
            cannotShow(now, hidden.get());
            return;
        }
        try {
            if (!now.begin()) {
                voice.say(List.of(message("setup-late")));
            }
        } catch (ReadException e) {
            voice.say(List.of(message("setup-failed", String.valueOf(e.getMessage()))));
        }
        List<Said> words = new ArrayList<>(List.of(milestone(now)));
        words.addAll(new Phrases(now, language).introduction());
        if (to.lesson().provider() == null && around.current().isEmpty()) {
            words.add(message("no-cluster"));
            words.add(new Said.Command("kind create cluster --name my-cluster"));
        }
        words.add(message("actions"));
        voice.say(words);
        checksPassed = now.judge().done();
        following.start(now.kinds(), () -> changed(now));
    }

    private Said milestone(StepRun of) {
        return overview().milestone(new Place(of.lesson(), of.step()), provider());
    }

    private Said onward(StepRun from) {
        return overview().onward(new Place(from.lesson(), from.step()), provider());
    }

    private Overview overview() {
        return new Overview(itinerary, progress.state(), language);
    }

    private void cannotShow(StepRun now, Step.CannotShow hidden) {
        Phrases phrases = new Phrases(now, language);
        List<Said> words = new ArrayList<>();
        words.add(milestone(now));
        words.add(message("cannot-be-shown"));
        phrases.reason(hidden.because()).ifPresent(r -> words.add(phrases.prose(r.what() + "\n\n" + r.tryNext())));
        done = now.holds(hidden.expect());
        if (done) {
            diary.record(Entry.Kind.PASSED, now, "");
            words.add(onward(now));
        }
        voice.say(words);
    }

    private void changed(StepRun judged) {
        synchronized (this) {
            if (!judged.equals(run) || done) {
                return;
            }
        }
        StepVerdict verdict = judged.judge();
        synchronized (this) {
            if (judged.equals(run) && !done && verdict.passed()) {
                pass(judged, true, true);
            }
        }
    }

    private void pass(StepRun now, boolean speak, boolean aside) {
        boolean first = !done;
        done = true;
        if (first) {
            diary.record(Entry.Kind.PASSED, now, "");
        }
        if (!speak) {
            return;
        }
        List<Said> words = new ArrayList<>();
        words.add(message(aside ? "passed-by-another-way" : "passed"));
        if (first) {
            words.addAll(new Phrases(now, language).debrief());
        }
        words.add(onward(now));
        if (aside) {
            voice.notice(words);
        } else {
            voice.say(words);
        }
    }

    private void part(StepVerdict verdict) {
        int passed = verdict.done();
        if (passed > checksPassed) {
            voice.say(List.of(
                    message("part-done", passed, verdict.judgement().verdicts().size())));
        }
        checksPassed = Math.max(checksPassed, passed);
    }

    private StepRun current() {
        StepRun now = run;
        if (now == null) {
            throw UserException.saying(TutorReason.NO_LESSON, "tutor.no-lesson");
        }
        return now;
    }

    private Optional<Lesson> here() {
        return Optional.ofNullable(run).map(StepRun::lesson);
    }

    private String provider() {
        return around.current().map(Surroundings.Current::provider).orElse("");
    }
}
