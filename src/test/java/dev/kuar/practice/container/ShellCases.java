package dev.kuar.practice.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.practice.time.SystemClusterClock;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Scripts with what each shell answers, as the real ones answered: lines of the script behind {@code $}, then for shells by name
 * their output, {@code !} and their complaints, {@code =} and the exit code where it is not 0.
 */
record ShellCases(List<Case> cases) {
    private static final Map<String, List<String>> SHELLS = Map.of(
            "dash",
            List.of("debian:12", "sh"),
            "bash",
            List.of("bash:5", "bash"),
            "ash",
            List.of("busybox:1.36", "sh"));

    record Case(String script, Map<String, String> answers) {}

    static ShellCases read(String resource) throws IOException {
        List<Case> cases = new ArrayList<>();
        StringBuilder script = new StringBuilder();
        Map<String, StringBuilder> answers = new LinkedHashMap<>();
        List<StringBuilder> open = List.of();
        try (InputStream in = ShellCases.class.getResourceAsStream("/shell/" + resource)) {
            assertThat(in).as(resource).isNotNull();
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8).stripTrailing() + "\n";
            for (String line : text.split("\n", -1)) {
                if (line.startsWith("$ ")) {
                    if (!answers.isEmpty()) {
                        cases.add(made(script, answers));
                        script = new StringBuilder();
                        answers = new LinkedHashMap<>();
                        open = List.of();
                    }
                    script.append(script.isEmpty() ? "" : "\n").append(line.substring(2));
                } else if (line.matches("\\[(dash|bash|ash)( (dash|bash|ash))*]")) {
                    open = new ArrayList<>();
                    StringBuilder answer = new StringBuilder();
                    for (String shell : line.substring(1, line.length() - 1).split(" ")) {
                        answers.put(shell, answer);
                    }
                    open.add(answer);
                } else {
                    open.forEach(answer -> answer.append(line).append('\n'));
                }
            }
        }
        cases.add(made(script, answers));
        return new ShellCases(cases);
    }

    private static Case made(StringBuilder script, Map<String, StringBuilder> answers) {
        Map<String, String> texts = new LinkedHashMap<>();
        String last = answers.keySet().stream().reduce((one, next) -> next).orElseThrow();
        StringBuilder end = answers.get(last);
        answers.forEach((shell, answer) -> {
            String text = answer.toString();
            // An empty line stands between cases.
            String whole = answer == end && text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
            texts.put(shell, whole.matches("(?s)(.*\n)?=\\d+\n") ? whole.substring(0, whole.length() - 1) : whole);
        });
        return new Case(script.toString(), texts);
    }

    /** Runs all of them in one shell; those that answered otherwise. */
    List<String> unlike(String shell) throws Exception {
        List<String> unlike = new ArrayList<>();
        SystemClusterClock clock = SystemClusterClock.realTime();
        ContainerRuntime runtime = new ContainerRuntime(clock, null, ContainerRuntime.ClusterServices.NONE);
        try {
            List<String> place = SHELLS.getOrDefault(shell, List.of());
            Container box = Box.container(runtime, place.get(0), "", List.of(), "sleep", "infinity");
            for (Case each : cases) {
                String script = "rm -rf /tmp/w; mkdir -p /tmp/w; cd /tmp/w; " + each.script();
                String answer = Box.run(box, place.get(1), "-c", script);
                String wanted = each.answers().getOrDefault(shell, answer);
                if (!answer.equals(wanted)) {
                    unlike.add(each.script() + "\nwanted:\n" + wanted + "\nwas:\n" + answer);
                }
            }
        } finally {
            runtime.close();
            clock.close();
        }
        return unlike;
    }
}
