package dev.kuar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds docs/verification.md: its table names the suites that exist, each under its package, and no others. */
final class VerificationDocTest {
    private static final Path TESTS = Path.of("src/test/java/dev/kuar");
    private static final Path PAGE = Path.of("docs/verification.md");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(dev\\.kuar[a-z.]*)` \\|([^|]*)\\|");
    private static final Pattern SUITE = Pattern.compile("`(\\w+(?:Test|IT))`");

    @Test
    void the_page_names_every_suite_and_no_other() throws IOException {
        assertThat(named())
                .as("suites in %s; after adding or removing a *Test or *IT, change the row of its package", PAGE)
                .containsExactlyElementsOf(existing());
    }

    /** All *Test and *IT classes as fully qualified names. */
    private static SortedSet<String> existing() throws IOException {
        SortedSet<String> suites = new TreeSet<>();
        try (Stream<Path> files = Files.walk(TESTS)) {
            files.map(file -> Path.of("src/test/java").relativize(file).toString())
                    .filter(name -> name.endsWith("Test.java") || name.endsWith("IT.java"))
                    .map(name -> name.substring(0, name.length() - ".java".length())
                            .replace('\\', '.')
                            .replace('/', '.'))
                    .forEach(suites::add);
        }
        return suites;
    }

    private static SortedSet<String> named() throws IOException {
        SortedSet<String> suites = new TreeSet<>();
        Matcher row = ROW.matcher(Files.readString(PAGE, StandardCharsets.UTF_8));
        while (row.find()) {
            Matcher suite = SUITE.matcher(row.group(2));
            while (suite.find()) {
                suites.add(row.group(1) + "." + suite.group(1));
            }
        }
        return suites;
    }
}
