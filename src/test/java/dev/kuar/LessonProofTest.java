package dev.kuar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.check.CheckLanguage;
import dev.kuar.check.Judge;
import dev.kuar.cli.CommandContext;
import dev.kuar.cli.CommandTree;
import dev.kuar.lesson.Course;
import dev.kuar.lesson.CourseLoader;
import dev.kuar.lesson.LessonSource;
import dev.kuar.process.Invocation;
import dev.kuar.process.KuarHome;
import dev.kuar.process.TerminalView;
import dev.kuar.tutor.Proof;
import dev.kuar.tutor.Said;
import dev.kuar.tutor.Voice;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Steps of the bundled lessons, proved on practice clusters: a fixed sample of each kind of step, and all where asked for. */
final class LessonProofTest {
    private static final Course COURSE = new CourseLoader(LessonSource.bundled()).load();
    private static final Judge JUDGE = new Judge(new CheckLanguage());

    @TempDir
    Path folder;

    private final List<Said> said = new CopyOnWriteArrayList<>();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gke/who-what-where",
                "aks/resource-group",
                "eks/read-the-help",
                "minikube/stop",
                "docker-desktop/turn-it-on",
                "first-look/client-and-server"
            })
    void a_step_is_proved(String step) throws Exception {
        assertThat(prove(Optional.of(step))).as(said.toString()).isTrue();
    }

    @Test
    @Tag("slow")
    void every_step_is_proved() throws Exception {
        assertThat(prove(Optional.empty())).as(said.toString()).isTrue();
    }

    private boolean prove(Optional<String> only) throws Exception {
        Voice voice = new Voice() {
            @Override
            public void say(List<Said> words) {
                said.addAll(words);
            }

            @Override
            public void notice(List<Said> words) {}
        };
        return new Proof(COURSE, JUDGE, PracticeWorld.stages(context()), voice, Proof.SIDE_BY_SIDE).prove(only);
    }

    private CommandContext context() {
        Map<String, String> environment = new HashMap<>();
        environment.put("PATH", "/usr/bin:/bin");
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        Invocation around = new Invocation(
                "kuar",
                List.of(),
                InputStream.nullInputStream(),
                nowhere,
                nowhere,
                environment,
                folder,
                TerminalView.NONE);
        return CommandTree.context(
                around, new PracticeWorld(new KuarHome(folder.resolve("home")), environment, folder).host());
    }
}
