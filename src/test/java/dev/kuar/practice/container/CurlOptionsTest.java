package dev.kuar.practice.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What curl takes on its command line and what it says of the rest. */
final class CurlOptionsTest {
    private static CurlOptions of(String line) {
        FileView files =
                new FileView(new FileTree(new Inode.DirectoryNode(0755, 0), false), Credentials.ROOT, "/", () -> 1);
        return CurlOptions.of(List.of(line.split(" ")), files);
    }

    @Test
    void letters_stand_together_and_values_follow_them() {
        CurlOptions options = of("-q -sS -gkm5 --connect-timeout 2 -HA:b -o /dev/null -- localhost");
        assertThat(options.complaint()).isEmpty();
        assertThat(options.has("silent") && options.has("show-error") && options.has("disable"))
                .isTrue();
        assertThat(options.millis("max-time", 0)).isEqualTo(5000);
        assertThat(options.headers()).containsEntry("A", "b");
        assertThat(options.output(0)).isEqualTo("/dev/null");
        assertThat(options.urls()).containsExactly("localhost");
    }

    @Test
    void long_names_may_be_cut_and_flags_taken_back() {
        CurlOptions options = of("--insec --head localhost --silent --no-silent --no-progress-meter");
        assertThat(options.complaint()).isEmpty();
        assertThat(options.has("insecure") && options.has("head")).isTrue();
        assertThat(options.has("silent")).isFalse();
        assertThat(of("--connect localhost").complaint()).isEqualTo("option --connect: is ambiguous");
    }

    @Test
    void what_is_wrong_is_said_in_its_words() {
        assertThat(of("--nothing").complaint()).isEqualTo("option --nothing: is unknown");
        assertThat(of("--no-output x").complaint()).isEqualTo("option --no-output: is unknown");
        assertThat(of("-W localhost").complaint()).isEqualTo("option -W: is unknown");
        assertThat(of("localhost --output").complaint()).isEqualTo("option --output: requires parameter");
    }
}
