package dev.kuar.practice.cel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.practice.object.JsonReader;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.schema.TypeSchema;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Objects whose rules are run, what Kubernetes 1.36.2 says of them and what it counts as the cost if none fails: {@code rules.json}. */
final class CustomRuleCasesTest {
    static Stream<Arguments> cases() throws IOException {
        try (InputStream in = CustomRuleCasesTest.class.getResourceAsStream("/cel/rules.json")) {
            byte[] text = Objects.requireNonNull(in).readAllBytes();
            return ((List<?>) Objects.requireNonNull(JsonReader.read(text)))
                    .stream().map(each -> (Map<?, ?>) each).map(each -> Arguments.of(each.get("name"), each));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void says_and_costs_what_it_does_in_kubernetes(String name, Map<String, Object> test) {
        KubeObject given = KubeObject.of(test);
        RuleRun run = new RuleRun(expression -> CelProgram.compile(expression, Set.of("self", "oldSelf")));
        run.visit(TypeSchema.structural(given.map("schema")), given.map("object"), test.get("old"));
        assertThat(said(run.causes())).as(name).isEqualTo(test.get("errors"));
        assertThat(said(run.forgiven())).as(name).isEqualTo(test.get("warnings"));
        if (said(run.causes()).stream()
                .noneMatch(each -> each.contains(" evaluating rule: ") || each.contains("fixed"))) {
            assertThat(10_000_000 - run.left()).as("cost of: " + name).isEqualTo(test.get("cost"));
        }
    }

    private static List<String> said(List<Map<String, Object>> causes) {
        return causes.stream()
                .map(cause -> cause.get("field") + ": " + cause.get("message"))
                .sorted()
                .toList();
    }
}
