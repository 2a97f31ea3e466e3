package dev.kuar.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ConsentTest {
    @ParameterizedTest
    @ValueSource(strings = {"y\n", "Y\r", " yes \n", "예\n", "네", "ㅛ\n"})
    void takes_a_yes_in_either_language(String typed) throws Exception {
        assertThat(Consent.read(in(typed))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "n\n", "no\n", "아니오\n", "yes please\n", "\ny\n"})
    void takes_all_else_for_a_no(String typed) throws Exception {
        assertThat(Consent.read(in(typed))).isFalse();
    }

    @Test
    void leaves_what_comes_after_the_line() throws IOException {
        ByteArrayInputStream input = in("y\nkubectl get nodes\n");
        Consent.read(input);

        assertThat(input.readAllBytes()).asString(StandardCharsets.UTF_8).isEqualTo("kubectl get nodes\n");
    }

    private static ByteArrayInputStream in(String typed) {
        return new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8));
    }
}
