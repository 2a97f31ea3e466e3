package dev.kuar.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Holds that a terminal sees no control sequence that came from a cluster. */
final class SafeOutputTest {
    @Test
    void shows_control_characters_instead_of_sending_them() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = SafeOutput.around(new PrintStream(bytes, true, StandardCharsets.UTF_8));

        out.print("a\u001b[31mred\u0007\tb\n\u009b2J 한글 é\n");
        out.flush();

        assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo("a^[[31mred^G\tb\n\u00b72J 한글 é\n");
    }
}
