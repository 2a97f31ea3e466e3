package dev.kuar.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class MessagesTest {
    private static final Path FOLDER = Path.of("src/main/resources/messages");

    @Test
    void both_languages_have_the_same_keys_and_placeholders() throws IOException {
        for (Path english : files(".en.properties")) {
            String feature = english.getFileName().toString().replace(".en.properties", "");
            Properties en = load(english);
            Properties ko = load(FOLDER.resolve(feature + ".ko.properties"));
            assertThat(ko.stringPropertyNames()).as(feature).isEqualTo(en.stringPropertyNames());
            for (String key : en.stringPropertyNames()) {
                assertThat(key).startsWith(feature + ".");
                assertThat(places(ko.getProperty(key))).as(key).isEqualTo(places(en.getProperty(key)));
            }
        }
        assertThat(files(".ko.properties")).hasSameSizeAs(files(".en.properties"));
    }

    @Test
    void fills_placeholders_and_leaves_unknown_keys_as_they_are() {
        Messages messages = new Messages(Language.EN);
        assertThat(messages.text("cli.see-help", "kuar run")).isEqualTo("See: kuar run --help");
        assertThat(messages.text("nowhere.to-be-found")).isEqualTo("nowhere.to-be-found");
    }

    @Test
    void korean_particles_follow_the_last_syllable() {
        assertThat(Placeholders.fill("{0|을|를} {0|으로|로}", "노드")).isEqualTo("노드를 노드로");
        assertThat(Placeholders.fill("{0|을|를} {0|으로|로}", "파일")).isEqualTo("파일을 파일로");
        assertThat(Placeholders.fill("{0|이|가}", "node-3")).isEqualTo("node-3이");
        assertThat(Placeholders.fill("{0|은|는}", "'kube'")).isEqualTo("'kube'는");
    }

    @Test
    void a_latin_name_takes_the_particle_of_the_word_as_koreans_read_it() {
        for (String closed : List.of(
                "web",
                "helm",
                "kubectl",
                "eksctl",
                "docker-desktop",
                "zone",
                "role",
                "system",
                "name",
                "kubeadm",
                "stack",
                "node-3",
                "R",
                "my-app",
                "ingress-nginx-lon")) {
            assertThat(Placeholders.fill("{0|을|를}", closed)).isEqualTo(closed + "을");
        }
        for (String open : List.of(
                "kind-my-cluster",
                "kuar",
                "kind",
                "minikube",
                "gke",
                "aks",
                "test",
                "config",
                "context",
                "default",
                "worker",
                "node",
                "etcd",
                "service",
                "task",
                "three",
                "node-2",
                "kube-proxy",
                "tag",
                "az")) {
            assertThat(Placeholders.fill("{0|을|를}", open)).isEqualTo(open + "를");
        }
        assertThat(Placeholders.fill("{0|으로|로} {1|으로|로} {2|으로|로}", "kubectl", "helm", "7"))
                .isEqualTo("kubectl로 helm으로 7로");
        assertThat(Placeholders.fill("'{0}'{0!은|는}", "web")).isEqualTo("'web'은");
        assertThat(Placeholders.fill("{0|은|는}", "...")).isEqualTo("...는");
    }

    @Test
    void a_particle_after_a_value_is_chosen_and_not_left_in_brackets() throws IOException {
        for (Path korean : files(".ko.properties")) {
            Properties ko = load(korean);
            for (String key : ko.stringPropertyNames()) {
                assertThat(ko.getProperty(key))
                        .as(key)
                        .doesNotContain("은(는)", "이(가)", "을(를)", "와(과)", "(으)로")
                        .doesNotContainPattern("\\{\\d}['\"]?(은|는|이|가|을|를|와|과|으로|로|이라는|라는)(?![가-힣])");
            }
        }
    }

    private static List<Path> files(String ending) throws IOException {
        try (Stream<Path> all = Files.list(FOLDER)) {
            return all.filter(f -> f.toString().endsWith(ending)).sorted().toList();
        }
    }

    private static Properties load(Path file) throws IOException {
        Properties texts = new Properties();
        try (Reader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            texts.load(in);
        }
        return texts;
    }

    private static java.util.Set<String> places(String pattern) {
        TreeSet<String> places = new TreeSet<>();
        Placeholders.PLACE.matcher(pattern).results().forEach(place -> places.add(place.group(1)));
        return places;
    }
}
