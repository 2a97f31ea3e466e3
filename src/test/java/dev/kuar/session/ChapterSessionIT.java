package dev.kuar.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A learner's session from the start of the chapter to its end, mistakes included, typed into the real launcher in a terminal.
 * What the screen showed is docs/session.md; {@code -Dgolden.update} records it anew.
 */
@Timeout(3600)
final class ChapterSessionIT {
    private static final Path SCRIPT = Path.of("src/test/resources/session/chapter.txt");
    private static final Path PAGE = Path.of("docs/session.md");
    private static final String LAST_WORDS = "Your progress is kept.*";
    /** Where the first part ends. */
    private static final String SHORT = "# The short session ends here.";
    /** The prompt at which the session is left, and the last words. */
    private static final int FAREWELL = 2;

    private static final String FENCE = "```";

    /** The first part, up to a remark in the script. */
    @Test
    void a_first_session_is_what_the_documentation_says(@TempDir Path work) throws Exception {
        assumeTrue(Tmux.isInstalled(), "skipped: tmux is not installed");
        List<String> script = Files.readAllLines(SCRIPT, StandardCharsets.UTF_8);
        List<String> shown = play(work, script.subList(0, script.indexOf(SHORT)));
        List<String> typed = masked(shown.subList(0, shown.size() - FAREWELL));
        assertThat(typed).containsExactlyElementsOf(masked(recorded()).subList(0, typed.size()));
    }

    @Test
    @Tag("slow")
    void the_whole_chapter_is_what_the_documentation_says(@TempDir Path work) throws Exception {
        assumeTrue(Tmux.isInstalled(), "skipped: tmux is not installed");
        List<String> shown = play(work, Files.readAllLines(SCRIPT, StandardCharsets.UTF_8));
        if (Boolean.getBoolean("golden.update")) {
            record(shown);
        }
        assertThat(masked(shown)).containsExactlyElementsOf(masked(recorded()));
    }

    /**
     * What is the same whatever the speed of cluster and machine. Which line completes a part of a step isn't, nor whether the
     * tutor sees a step become true while the line still prints or when it has ended: so the lines between two prompts are
     * compared in no order, without what says how much is done.
     */
    private static List<String> masked(List<String> lines) {
        List<String> all = new ArrayList<>();
        List<String> block = new ArrayList<>();
        for (String line : lines) {
            String masked = Masks.apply(line).replace("Passed, by another way.", "Passed.");
            if (masked.isEmpty() || masked.matches("\\d+ of \\d+ done\\.|\\d+개 중 \\d+개 완료\\.")) {
                continue;
            }
            if (masked.matches("(?:[a-z-]+ \\d+/\\d+ )?practice .*\\$.*")) {
                block.stream().sorted().forEach(all::add);
                block.clear();
                all.add(masked);
            } else {
                block.add(masked);
            }
        }
        block.stream().sorted().forEach(all::add);
        return all;
    }

    private static List<String> play(Path work, List<String> script) throws Exception {
        Map<String, String> variables = new TreeMap<>(Map.of(
                "HOME", work.toString(),
                "KUAR_HOME", work.resolve("kuar").toString(),
                "PATH", System.getenv("PATH"),
                "TERM", "screen-256color",
                "LANG", "C.UTF-8"));
        String java = System.getenv("JAVA_HOME");
        if (java != null) {
            variables.put("JAVA_HOME", java);
        }
        String launcher =
                System.getProperty("kuar.launcher", Path.of("scripts/kuar").toAbsolutePath() + "");
        try (Tmux terminal = Tmux.open(work.resolve("tmux"), 80, 24, variables, List.of(launcher))) {
            new Typist(terminal).type(script);
            terminal.press("C-d");
            return terminal
                    .await("the last words", shown -> shown.stream().anyMatch(line -> line.matches(LAST_WORDS)))
                    .stream()
                    .takeWhile(line -> !line.startsWith("Pane is dead"))
                    .map(line -> line.replace(work.toString(), "/home/learner"))
                    .toList();
        }
    }

    private static List<String> recorded() throws IOException {
        List<String> page = Files.readAllLines(PAGE, StandardCharsets.UTF_8);
        return page.subList(page.indexOf(FENCE) + 1, page.lastIndexOf(FENCE));
    }

    private static void record(List<String> shown) throws IOException {
        List<String> page = Files.readAllLines(PAGE, StandardCharsets.UTF_8);
        StringBuilder text = new StringBuilder();
        page.subList(0, page.indexOf(FENCE) + 1)
                .forEach(line -> text.append(line).append('\n'));
        shown.forEach(line -> text.append(line).append('\n'));
        Files.writeString(PAGE, text.append(FENCE).append('\n').toString());
    }
}
