package dev.kuar.practice.container;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The builtins of the three shells, held against what the real ones answered. */
final class ShellBuiltinsTest {
    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "ash"})
    void answers_as_the_real_one(String shell) throws Exception {
        ShellCases cases = ShellCases.read("builtins.txt");
        assertThat(cases.cases()).hasSizeGreaterThan(100);
        assertThat(cases.unlike(shell)).isEmpty();
    }
}
