package dev.kuar.practice.container;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The language of the three shells, from quotes to faults of syntax, held against what the real ones answered. */
final class ShellLanguageTest {
    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "ash"})
    void answers_as_the_real_one(String shell) throws Exception {
        ShellCases cases = ShellCases.read("language.txt");
        assertThat(cases.cases()).hasSizeGreaterThan(400);
        assertThat(cases.unlike(shell)).isEmpty();
    }
}
