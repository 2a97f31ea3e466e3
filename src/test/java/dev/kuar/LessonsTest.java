package dev.kuar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.check.CheckLanguage;
import dev.kuar.check.Uses;
import dev.kuar.lesson.Course;
import dev.kuar.lesson.CourseLoader;
import dev.kuar.lesson.Lesson;
import dev.kuar.lesson.LessonSource;
import dev.kuar.lesson.Linter;
import dev.kuar.lesson.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds what the bundled lessons promise: lint has nothing to say, and they are as many as the course needs. */
final class LessonsTest {
    private static final CheckLanguage LANGUAGE = new CheckLanguage();
    private static final Course COURSE = new CourseLoader(LessonSource.bundled()).load();

    @Test
    void lint_has_nothing_to_say() {
        assertThat(new Linter(LANGUAGE).lint(COURSE, true)).isEmpty();
    }

    @Test
    void are_as_many_as_the_chapter_needs() {
        assertThat(COURSE.size()).as("steps").isGreaterThanOrEqualTo(60);
        assertThat(total(s -> s.checks().size())).as("checks").isGreaterThanOrEqualTo(120);
        assertThat(total(s -> s.wrong().size())).as("named wrong answers").isGreaterThanOrEqualTo(100);
        assertThat(total(s -> s.accepted().size())).as("accepted ways").isGreaterThanOrEqualTo(60);
        assertThat(total(s -> s.broken().size())).as("broken clusters").isGreaterThanOrEqualTo(40);
    }

    @Test
    void teach_each_row_in_two_steps_or_more() {
        Map<Integer, Long> rows =
                steps().collect(Collectors.groupingBy(Step::row, TreeMap::new, Collectors.counting()));
        assertThat(rows).hasSize(Linter.ROWS);
        assertThat(rows)
                .allSatisfy((row, count) -> assertThat(count).as("row " + row).isGreaterThanOrEqualTo(2));
    }

    @Test
    void ask_few_questions_and_compute_each_answer_from_the_cluster() {
        assertThat(steps().filter(s -> s.question() != null)).hasSizeBetween(1, 12);
        assertThat(steps().map(Step::question).filter(Objects::nonNull)).allSatisfy(question -> {
            Uses uses = LANGUAGE.uses(question);
            assertThat(uses.readsTheCluster()).as(question.source()).isTrue();
            assertThat(uses.looksAtTheLearner()).as(question.source()).isFalse();
        });
    }

    @Test
    void have_a_solution_hints_and_a_reason_for_each_wrong_answer_in_each_language() {
        for (Lesson lesson : COURSE.lessons()) {
            for (String language : Course.LANGUAGES) {
                for (Step step : lesson.steps()) {
                    String place = lesson.slug() + "/" + step.id() + " " + language;
                    assertThat(step.solution().actions()).as(place).isNotEmpty();
                    assertThat(lesson.text(language, step).hints()).as(place).hasSizeGreaterThanOrEqualTo(2);
                    assertThat(step.wrong()).as(place).isNotEmpty();
                    step.wrong().forEach(wrong -> assertThat(
                                    lesson.texts().get(language).reason(step.id(), wrong.reason()))
                            .as(place + " " + wrong.reason())
                            .isPresent());
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "README.ko.md"})
    void are_counted_in_the_readme(String file) throws IOException {
        String text = Files.readString(Path.of(file));
        Matcher totals = Pattern.compile(
                        "(?:(\\d+) lessons, (\\d+) steps, (\\d+) checks|레슨 (\\d+)개, 단계 (\\d+)개, 확인 항목 (\\d+)개)")
                .matcher(text);
        assertThat(totals.find()).as("the sentence with the totals").isTrue();
        assertThat(numbers(totals)).containsExactly(COURSE.lessons().size(), COURSE.size(), total(s -> s.checks()
                .size()));
        Map<String, String> rows = new TreeMap<>();
        Matcher row = Pattern.compile("(?m)^\\| `([a-z-]+)` \\| ([0-9, ]+) \\| (\\d+) \\|$")
                .matcher(text);
        while (row.find()) {
            rows.put(row.group(1), row.group(2) + " | " + row.group(3));
        }
        assertThat(rows)
                .containsExactlyInAnyOrderEntriesOf(
                        COURSE.lessons().stream().collect(Collectors.toMap(Lesson::slug, LessonsTest::rowsAndSteps)));
    }

    private static String rowsAndSteps(Lesson lesson) {
        String rows = lesson.steps().stream()
                .map(Step::row)
                .distinct()
                .sorted()
                .map(String::valueOf)
                .collect(Collectors.joining(", "));
        return rows + " | " + lesson.steps().size();
    }

    private static List<Integer> numbers(Matcher matcher) {
        return Stream.iterate(1, i -> i <= matcher.groupCount(), i -> i + 1)
                .map(matcher::group)
                .filter(Objects::nonNull)
                .map(Integer::valueOf)
                .toList();
    }

    private static Stream<Step> steps() {
        return COURSE.lessons().stream().flatMap(l -> l.steps().stream());
    }

    private static int total(ToIntFunction<Step> count) {
        return steps().mapToInt(count).sum();
    }
}
