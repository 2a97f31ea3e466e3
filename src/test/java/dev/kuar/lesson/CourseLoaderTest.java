package dev.kuar.lesson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kuar.error.UserException;
import org.junit.jupiter.api.Test;

final class CourseLoaderTest {
    private final LessonFiles files = new LessonFiles();

    @Test
    void reads_yaml_and_markdown() {
        Lesson lesson = new CourseLoader(files).load().lessons().get(0);
        assertThat(lesson.step("look").orElseThrow().solution().lines()).containsExactly("kubectl get nodes");
        StepText text = lesson.text("ko", lesson.steps().get(0));
        assertThat(text.title()).isEqualTo("Look");
        assertThat(text.hints()).containsExactly("One.", "Two,\nand more.");
        assertThat(text.reasons()).containsEntry("too-few", new ReasonText("Too few.", "Add one."));
    }

    @Test
    void points_at_a_syntax_error() {
        files.put("one/lesson.yaml", "formatVersion: 1\ntitle: {en: [\n");
        assertThatThrownBy(() -> new CourseLoader(files).load())
                .isInstanceOf(UserException.class)
                .hasMessageContaining("one/lesson.yaml:3:1")
                .hasMessageContaining("^");
    }

    @Test
    void points_at_a_key_that_is_not_known() {
        files.replace("one/lesson.yaml", "    row: 11", "    rwo: 11");
        assertThatThrownBy(() -> new CourseLoader(files).load())
                .hasMessageContaining("one/lesson.yaml:9:10: 'rwo' is not known here")
                .hasMessageContaining("    rwo: 11\n             ^");
    }

    @Test
    void knows_where_an_expression_stands() {
        files.replace(
                "one/lesson.yaml",
                "expect: size(nodes) == 2",
                "expect: >-\n            size(nodes)\n              == 2");
        Step step = new CourseLoader(files).load().lessons().get(0).steps().get(0);
        assertThat(step.checks().get(0).expect().line()).isEqualTo(13);
        assertThat(step.checks().get(0).expect().source()).startsWith("size(nodes)");
    }

    @Test
    void headings_inside_code_are_code() {
        files.replace("one/en.md", "Text with", "```\n## not a step\n```\nText with");
        assertThat(new CourseLoader(files).load().lessons().get(0).text("en").steps())
                .containsOnlyKeys("look");
    }

    @Test
    void a_hash_changes_with_what_decides_and_with_nothing_else() {
        String before = hash();
        files.replace("one/lesson.yaml", "size(nodes) == 2", "size(nodes)  ==  2");
        assertThat(hash()).isEqualTo(before);
        files.replace("one/lesson.yaml", "==  2", "== 3");
        assertThat(hash()).isNotEqualTo(before);
    }

    private String hash() {
        return new CourseLoader(files).load().lessons().get(0).steps().get(0).checksHash();
    }
}
