package dev.kuar.practice.container;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tools for text and files, held against what the real ones answered. */
final class TextToolsTest {
    @ParameterizedTest
    @ValueSource(strings = {"gnu", "busybox"})
    void answers_as_the_real_ones(String flavour) throws Exception {
        ToolCases cases = ToolCases.read("cases.txt");
        assertThat(cases.cases()).hasSizeGreaterThan(1000);
        assertThat(cases.unlike(flavour)).isEmpty();
    }
}
