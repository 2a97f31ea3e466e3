package dev.kuar.practice.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class MediaRangeTest {
    @Test
    void the_best_comes_first_and_equals_keep_their_order() {
        assertThat(MediaRange.parseAccept("text/html;q=0.5, application/yaml, application/json;as=Table;v=v1"))
                .extracting(MediaRange::name)
                .containsExactly("application/yaml", "application/json", "text/html");
    }

    @Test
    void parameters_are_kept() {
        MediaRange range = MediaRange.parse("application/json;g=meta.k8s.io; v=v1 ;as=\"Table\"");

        assertThat(range.parameter("as")).isEqualTo("Table");
        assertThat(range.parameter("v")).isEqualTo("v1");
        assertThat(range.parameter("none")).isEmpty();
    }

    @Test
    void stars_cover() {
        assertThat(MediaRange.parse("*/*").covers("application/json")).isTrue();
        assertThat(MediaRange.parse("application/*").covers("application/json")).isTrue();
        assertThat(MediaRange.parse("text/*").covers("application/json")).isFalse();
    }

    @Test
    void damaged_headers_are_no_more_than_nothing() {
        assertThat(MediaRange.parseAccept(",;;=,/,q=x;q=y")).allMatch(range -> range.quality() <= 1);
    }
}
