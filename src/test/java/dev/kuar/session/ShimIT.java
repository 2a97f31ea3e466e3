package dev.kuar.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The session's kubectl in the system's shell, in a terminal: keys, Ctrl-C, exit codes, and the lesson's word about it. */
@Timeout(1800)
final class ShimIT {
    @Test
    void a_kubectl_of_the_systems_shell_has_the_terminal_and_solves_steps(@TempDir Path work) throws Exception {
        assumeTrue(Tmux.isInstalled(), "skipped: tmux is not installed");
        Map<String, String> variables = new TreeMap<>(Map.of(
                "HOME", work.toString(),
                "KUAR_HOME", work.resolve("kuar").toString(),
                "PATH", System.getenv("PATH"),
                "TERM", "screen-256color",
                "LANG", "C.UTF-8",
                "JAVA_HOME", System.getProperty("java.home")));
        String launcher =
                System.getProperty("kuar.launcher", Path.of("scripts/kuar").toAbsolutePath() + "");
        try (Tmux terminal = Tmux.open(work.resolve("tmux"), 100, 40, variables, List.of(launcher))) {
            terminal.await("a prompt", shown -> shown.stream().anyMatch(each -> each.matches(".* \\$ ?")));
            enter(terminal, "kind create cluster --wait 5m", "Have a nice day");
            enter(terminal, "kubectl run box --image=busybox -- sleep 1d", "pod/box created");
            enter(terminal, "kubectl wait pod/box --for=condition=Ready --timeout=10m", "pod/box condition met");

            enter(terminal, "!sh -c 'kubectl exec -it box -- sh'", "/ #");
            enter(terminal, "stty size", "40 100");
            terminal.type("half a line");
            terminal.press("C-c");
            enter(terminal, "echo got $((6*7))", "got 42");
            enter(terminal, "exit 3", "command terminated with exit code 3");
            enter(terminal, "echo status $?", "status 3");

            enter(terminal, "!kubectl get pods -w", "box +1/1 +Running");
            terminal.press("C-c");
            terminal.await(
                    "a prompt after Ctrl-C", shown -> lastOf(shown).matches("(?:\\^C)?practice kind-kind \\$ ?"));
            // Ctrl-C reaches the program and kuar; where kuar hears of it last, at its prompt, the first key goes with
            // it.
            enter(terminal, " echo status $?", "status 130");

            enter(terminal, "!kubectl exec -i box -- sh -c 'echo on$((1+1)); tr a-z A-Z'", "on2");
            enter(terminal, "hello", "hello");
            terminal.press("C-d");
            terminal.await("HELLO", shown -> shown.contains("HELLO"));

            enter(terminal, "learn first-look/list-nodes", ".*List");
            enter(terminal, "!kubectl get nodes", "Passed\\.");
            enter(terminal, "kind delete cluster", "Deleted nodes:");

            assertThat(terminal.all())
                    .map(String::strip)
                    .contains("40 100", "got 42", "status 3", "status 130", "HELLO");
            terminal.type("exit");
            terminal.press("Enter");
            terminal.await("the end of kuar", shown -> terminal.isOver());
        }
    }

    private static String lastOf(List<String> shown) {
        return shown.stream().filter(each -> !each.isBlank()).reduce("", (before, each) -> each);
    }

    private static void enter(Tmux terminal, String line, String answer) throws InterruptedException {
        Pattern wanted = Pattern.compile("^(?:" + answer + ")");
        int before = terminal.all().size();
        terminal.type(line);
        terminal.press("Enter");
        terminal.await(answer + " after " + line, shown -> shown.stream()
                .skip(Math.max(0, before - 1))
                .anyMatch(each -> wanted.matcher(each).find()));
    }
}
