package dev.kuar.practice.kubelet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class EnvFileTest {
    static Stream<Arguments> values() {
        return Stream.of(
                Arguments.of("A='one'", "one"),
                Arguments.of("  A='one' # why", "one"),
                Arguments.of("# A='no'\n\nB='two'\nA='one'\n", "one"),
                Arguments.of("A='one\ntwo'", "one\ntwo"),
                Arguments.of("A='it $is \"so\"'", "it $is \"so\""),
                Arguments.of("A= 'one'", ""),
                Arguments.of("A=''", ""),
                Arguments.of("B='two'", ""),
                Arguments.of("A='one'\nB=two", "one"));
    }

    @ParameterizedTest
    @MethodSource("values")
    void values_stand_in_quotes(String text, String value) throws EnvFile.Malformed {
        assertThat(EnvFile.find(text, "A").orElse("")).isEqualTo(value);
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of("A", "at line 1: missing '='"),
                Arguments.of("\n='x'", "at line 2: empty variable name"),
                Arguments.of("A ='x'", "at line 1: whitespace before '=' is not allowed"),
                Arguments.of("A=x", "at line 1: value must be enclosed in single quotes"),
                Arguments.of("A='x' y", "at line 1: unexpected content after closing quote"),
                Arguments.of("A='x\ny", "at line 1: unclosed single quote"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void anything_else_is_refused(String text, String why) {
        assertThatThrownBy(() -> EnvFile.find(text, "A"))
                .isInstanceOf(EnvFile.Malformed.class)
                .hasMessage("invalid environment variable format " + why);
    }
}
