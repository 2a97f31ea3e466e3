package dev.kuar.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.kube.CommandRun;
import dev.kuar.output.Console;
import dev.kuar.output.Language;
import dev.kuar.output.Messages;
import dev.kuar.output.Palette;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class CoachTest {
    private static final String REFUSED =
            "The connection to the server localhost:8080 was refused - did you specify the right host or port?";

    private List<String> contexts = List.of();
    private final Coach coach = new Coach(() -> contexts);

    @Test
    void names_the_kind_that_was_meant() {
        assertThat(said("error: the server doesn't have a resource type \"nodez\"", "", Map.of()))
                .contains("Did you mean `nodes`?");
    }

    @Test
    void says_where_nothing_was_found() {
        assertThat(said("No resources found in kube-sytem namespace.", "kube-sytem", Map.of("namespace", "kube-sytem")))
                .contains("whether there is a namespace kube-sytem");
        assertThat(said("No resources found in default namespace.", "default", Map.of()))
                .contains("looks into the namespace default only");
        assertThat(said("Error from server (NotFound): pods \"web\" not found", "default", Map.of()))
                .contains("`kubectl get pods -A`");
    }

    @Test
    void says_that_there_is_no_cluster_once() {
        assertThat(said(REFUSED, "", Map.of())).contains("`kind create cluster`");
        assertThat(said(REFUSED, "", Map.of())).isEmpty();
    }

    @Test
    void names_the_contexts_where_none_is_in_use() {
        contexts = List.of("lab", "b", "c", "d", "e", "f");
        assertThat(said(REFUSED, "", Map.of()))
                .contains("in use (lab, b, c, d, e, ...)", "`kubectl config use-context lab`");
    }

    @Test
    void is_silent_about_what_ran_before_the_line_and_about_what_went_well() {
        coach.accept(run("No resources found in default namespace.", "default", Map.of()));
        coach.lineBegins();
        assertThat(ended()).isEmpty();
        assertThat(said("", "default", Map.of())).isEmpty();
    }

    private String said(String error, String namespace, Map<String, String> flags) {
        coach.lineBegins();
        coach.accept(run(error, namespace, flags));
        return ended();
    }

    private String ended() {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(text, true, StandardCharsets.UTF_8);
        coach.lineEnded(new Console(out, out, Palette.PLAIN, new Messages(Language.EN), () -> 100));
        return text.toString(StandardCharsets.UTF_8);
    }

    static CommandRun run(String error, String namespace, Map<String, String> flags) {
        return new CommandRun(
                "",
                "kubectl",
                List.of(),
                "get",
                "v1",
                "Pod",
                namespace,
                List.of(),
                flags,
                "",
                1,
                "",
                error,
                Instant.EPOCH,
                Instant.EPOCH,
                List.of());
    }
}
