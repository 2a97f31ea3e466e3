package dev.kuar.lesson;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** All that kuar says in Korean is in one register: messages, README and the template of a lesson (lint looks at the lessons). */
final class KoreanRegisterTest {
    @Test
    void messages_are_in_the_polite_register() throws IOException {
        Map<String, List<String>> slips = new TreeMap<>();
        int texts = 0;
        for (Path file : korean()) {
            Properties messages = new Properties();
            try (Reader in = Files.newBufferedReader(file)) {
                messages.load(in);
            }
            for (String key : messages.stringPropertyNames()) {
                texts++;
                List<String> found = KoreanRegister.slips(messages.getProperty(key));
                if (!found.isEmpty()) {
                    slips.put(key, found);
                }
            }
        }
        assertThat(slips).isEmpty();
        assertThat(texts).isGreaterThan(300);
    }

    @Test
    void readme_and_template_are_in_the_polite_register() throws IOException {
        for (String file : List.of("README.ko.md", "src/main/resources/templates/lesson/ko.md")) {
            String text = Files.readString(Path.of(file));
            assertThat(KoreanRegister.slips(text.replace("```", "`"))).as(file).isEmpty();
        }
    }

    @Test
    void one_word_is_used_for_practice_and_one_for_its_tools() throws IOException {
        List<Path> all = new ArrayList<>(korean());
        all.add(Path.of("README.ko.md"));
        try (Stream<Path> lessons = Files.walk(Path.of("lessons"))) {
            lessons.filter(f -> f.endsWith("ko.md")).forEach(all::add);
        }
        for (Path file : all) {
            assertThat(Files.readString(file)).as(file.toString()).doesNotContain("연습", "대역", "당신");
        }
        assertThat(all).hasSizeGreaterThan(30);
    }

    private static List<Path> korean() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/resources"))) {
            return files.filter(f -> f.toString().endsWith("ko.properties")).toList();
        }
    }
}
