package dev.kuar.practice;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Holds the table of {@code docs/practice.md} to the source and to the recordings. */
final class PracticeDocTest {
    private static final Pattern SUITE = Pattern.compile("`(\\w+(?:Test|IT))`");
    private static final Pattern CASE = Pattern.compile("(h |x )?\\b([0-9]{3})\\b");

    @Test
    void every_row_names_suites_that_exist() throws IOException {
        Set<String> suites;
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            suites = files.map(file -> file.getFileName().toString().replace(".java", ""))
                    .collect(Collectors.toSet());
        }
        List<String> rows = rows();
        assertThat(rows).hasSizeGreaterThan(8);
        for (String row : rows) {
            List<String> named = new ArrayList<>();
            Matcher matcher = SUITE.matcher(lastCell(row));
            while (matcher.find()) {
                named.add(matcher.group(1));
            }
            assertThat(named).as(row).isNotEmpty();
            assertThat(suites).as(row).containsAll(named);
        }
    }

    @Test
    void the_recordings_that_rows_name_are_there() throws IOException {
        Path golden = Path.of(System.getProperty("golden", "../shared/golden"));
        Assumptions.assumeTrue(Files.isDirectory(golden), "skipped: the goldens are not beside this tree");
        for (String row : rows()) {
            Matcher matcher = CASE.matcher(lastCell(row));
            while (matcher.find()) {
                boolean http = "h ".equals(matcher.group(1));
                Path folder = golden.resolve(http ? "http" : "cli/1.33");
                try (Stream<Path> cases = Files.list(folder)) {
                    String start = matcher.group(2) + "-";
                    assertThat(cases.map(each -> each.getFileName().toString()))
                            .as(matcher.group() + " in " + row)
                            .anyMatch(name -> name.startsWith(start));
                }
            }
        }
    }

    @Test
    void kinds_are_as_many_as_the_data_has() throws IOException {
        long kinds;
        try (Stream<Path> files = Files.list(Path.of("src/main/resources/practice/kinds"))) {
            kinds = files.filter(file -> file.toString().endsWith(".json")
                            && !file.getFileName().toString().equals("bodies.json"))
                    .count();
        }
        assertThat(Files.readString(Path.of("docs/practice.md"))).contains("| " + kinds + " built-in kinds as data");
    }

    private static List<String> rows() throws IOException {
        return Files.readAllLines(Path.of("docs/practice.md")).stream()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| area"))
                .toList();
    }

    private static String lastCell(String row) {
        String[] cells = row.split("\\|");
        return cells[cells.length - 1];
    }
}
