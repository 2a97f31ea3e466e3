package dev.kuar.practice.cel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.types.SimpleType;
import dev.kuar.practice.object.JsonReader;
import dev.kuar.practice.schema.TypeSchema;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/** Costs of rules over one schema, as Kubernetes 1.36.2 estimates them: {@code costs.tsv} has the most that each can cost. */
final class CostEstimatorTest {
    @Test
    void rules_cost_what_kubernetes_estimates() throws IOException {
        SchemaTypes types = new SchemaTypes();
        Declared self = Objects.requireNonNull(
                types.of(TypeSchema.structural(JsonReader.readMap(read("costs-schema.json"))), true));
        SoftAssertions softly = new SoftAssertions();
        List<String> rows = new String(read("costs.tsv"), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.isEmpty())
                .toList();
        List<String> asked = new ArrayList<>();
        for (String row : rows) {
            String[] cells = row.split("\t", 2);
            CelCheck checked =
                    CelCheck.of(cells[1], Map.of("self", self.type(), "oldSelf", self.type()), types.provider());
            CelAbstractSyntaxTree tree = checked.of(SimpleType.BOOL);
            softly.assertThat(checked.complaint()).as(cells[1]).isEmpty();
            if (tree != null) {
                softly.assertThat(Long.toUnsignedString(
                                CostEstimator.estimate(tree, self).max()))
                        .as(cells[1])
                        .isEqualTo(cells[0]);
                asked.add(cells[1]);
            }
        }
        softly.assertAll();
        assertThat(asked).hasSizeGreaterThan(150);
    }

    private static byte[] read(String name) throws IOException {
        try (InputStream in = CostEstimatorTest.class.getResourceAsStream("/cel/" + name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        }
    }
}
