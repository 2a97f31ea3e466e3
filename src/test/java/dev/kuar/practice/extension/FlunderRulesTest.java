package dev.kuar.practice.extension;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.schema.Catalog;
import dev.kuar.practice.schema.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What flunders may refer to, in either version. */
final class FlunderRulesTest {
    private static final Catalog CATALOG = Catalog.ofExtension("wardle");

    private final FlunderRules rules = new FlunderRules();

    private static Kind kind(String version) {
        return CATALOG.find("wardle.example.com", version, "flunders").orElseThrow();
    }

    private static KubeObject flunder(Map<String, Object> spec) {
        KubeObject flunder = KubeObject.create("wardle.example.com/v1alpha1", "Flunder", "default", "f");
        flunder.set(new LinkedHashMap<>(spec), "spec");
        return flunder;
    }

    @Test
    void serves_the_preferred_version_first_and_keeps_the_other() {
        assertThat(CATALOG.versions("wardle.example.com")).containsExactly("v1beta1", "v1alpha1");
        assertThat(CATALOG.kinds("wardle.example.com", "v1alpha1"))
                .extracting(Kind::resource)
                .containsExactly("fischers", "flunders");
        assertThat(kind("v1beta1").storedAs()).isEqualTo("wardle.example.com/v1alpha1");
    }

    @Test
    void takes_a_reference_without_a_type_for_one_to_a_flunder() {
        KubeObject flunder = flunder(Map.of("reference", "other"));

        rules.settle(kind("v1alpha1"), flunder);

        assertThat(flunder.map("spec")).isEqualTo(Map.of("reference", "other", "referenceType", "Flunder"));
    }

    @Test
    void keeps_nothing_of_a_type_that_the_older_version_does_not_know() {
        KubeObject flunder = flunder(Map.of("reference", "other", "referenceType", "Fish"));

        rules.settle(kind("v1alpha1"), flunder);

        assertThat(flunder.map("spec")).isEmpty();
    }

    @Test
    void what_is_converted_there_and_back_is_the_same() {
        KubeObject flunder = flunder(Map.of("reference", "other", "referenceType", "Fischer"));

        rules.convert(kind("v1beta1"), flunder, "v1alpha1", "v1beta1");
        assertThat(flunder.map("spec")).isEqualTo(Map.of("fischerReference", "other", "referenceType", "Fischer"));

        rules.convert(kind("v1beta1"), flunder, "v1beta1", "v1alpha1");
        assertThat(flunder.map("spec")).isEqualTo(Map.of("reference", "other", "referenceType", "Fischer"));
    }

    @ParameterizedTest
    @CsvSource({
        "a, b, Flunder, spec.fischerReference, cannot be set with flunderReference at the same time",
        "a, '', Fischer, spec.flunderReference, cannot be set if referenceType is not Flunder",
        "'', b, '', spec.fischerReference, cannot be set if referenceType is not Fischer",
        "'', '', Fischer, spec.fischerReference, cannot be empty if referenceType is Fischer",
        "'', '', Flunder, spec.flunderReference, cannot be empty if referenceType is Flunder",
        "'', '', Fish, spec.referenceType, must be Flunder or Fischer"
    })
    void says_what_does_not_fit_together(String flunder, String fischer, String type, String field, String why) {
        List<Map<String, Object>> causes = rules.errors(
                kind("v1beta1"),
                flunder(Map.of("flunderReference", flunder, "fischerReference", fischer, "referenceType", type)));

        assertThat(causes).hasSize(1).first().satisfies(cause -> {
            assertThat(cause).containsEntry("field", field);
            assertThat(cause.get("message").toString()).endsWith(why);
        });
    }

    @Test
    void takes_what_fits_together() {
        assertThat(rules.errors(kind("v1beta1"), flunder(Map.of()))).isEmpty();
        assertThat(rules.errors(kind("v1alpha1"), flunder(Map.of("reference", "a", "referenceType", "Flunder"))))
                .isEmpty();
        assertThat(rules.errors(kind("v1alpha1"), flunder(Map.of("referenceType", "Fischer"))))
                .hasSize(1);
    }
}
