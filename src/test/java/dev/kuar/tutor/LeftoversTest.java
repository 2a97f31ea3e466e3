package dev.kuar.tutor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.check.FakeCluster;
import dev.kuar.lesson.Course;
import dev.kuar.lesson.CourseLoader;
import dev.kuar.lesson.LessonFiles;
import dev.kuar.tutor.Leftovers.Left;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LeftoversTest {
    private final FakeCluster cluster = FakeCluster.of("""
            {apiVersion: v1, kind: Pod, metadata: {namespace: default, name: box, uid: u1}}
            ---
            {apiVersion: v1, kind: Pod, metadata: {namespace: default, name: mine, uid: u2}}
            ---
            {apiVersion: v1, kind: ConfigMap, metadata: {namespace: other, name: set-up, uid: u3, labels: {kuar.dev/lesson: one}}}
            """);
    private final Leftovers leftovers = new Leftovers(new FakeSurroundings(cluster), cluster);

    @Test
    void finds_what_lessons_name_and_what_their_set_up_labelled() {
        assertThat(leftovers.find(course())).extracting(Left::uid).containsExactly("u1", "u3");
    }

    @Test
    void deletes_these_and_nothing_else() throws Exception {
        assertThat(leftovers.delete(leftovers.find(course()))).isEmpty();
        assertThat(leftovers.find(course())).isEmpty();
        assertThat(cluster.list("v1", "Pod", "")).hasSize(1);
    }

    @Test
    void leaves_an_object_of_the_same_name_that_was_made_afterwards() throws Exception {
        List<Left> before = leftovers.find(course());
        cluster.add("{apiVersion: v1, kind: Pod, metadata: {namespace: default, name: box, uid: u9}}");

        leftovers.delete(before);

        assertThat(leftovers.find(course())).extracting(Left::uid).containsExactly("u9");
    }

    private static Course course() {
        return new CourseLoader(new LessonFiles()
                        .replace(
                                "one/lesson.yaml",
                                "minutes: 5\n",
                                "minutes: 5\nmakes: [{apiVersion: v1, kind: Pod, namespace: default, name: box}]\n"))
                .load();
    }
}
