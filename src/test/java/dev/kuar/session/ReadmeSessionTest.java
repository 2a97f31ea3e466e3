package dev.kuar.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the READMEs show of a session stands in docs/session.md, which ChapterSessionIT compares with the real one. */
final class ReadmeSessionTest {
    private static final Pattern BLOCK = Pattern.compile("<!-- session -->\n```\n(.*?)\n```", Pattern.DOTALL);

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "README.ko.md"})
    void what_it_shows_was_on_the_screen_in_this_order(String readme) throws IOException {
        List<String> session = masked(read("docs/session.md"));
        Matcher block = BLOCK.matcher(read(readme));
        int blocks = 0;
        while (block.find()) {
            int from = 0;
            for (String piece : block.group(1).split("(?m)^\\.\\.\\.\n")) {
                List<String> lines = masked(piece.stripTrailing());
                int at = Collections.indexOfSubList(session.subList(from, session.size()), lines);
                assertThat(at)
                        .as("in docs/session.md, behind line %d: %s", from, piece)
                        .isNotNegative();
                from += at + lines.size();
            }
            blocks++;
        }
        assertThat(blocks).isPositive();
    }

    private static List<String> masked(String text) {
        List<String> lines = new ArrayList<>();
        text.lines().map(Masks::apply).forEach(lines::add);
        return lines;
    }

    private static String read(String file) throws IOException {
        return Files.readString(Path.of(file), StandardCharsets.UTF_8);
    }
}
