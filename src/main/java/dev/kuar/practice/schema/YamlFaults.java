package dev.kuar.practice.schema;

import java.util.LinkedHashMap;
import java.util.Map;
import org.snakeyaml.engine.v2.exceptions.ComposerException;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ScannerException;

/** What go-yaml 2 says of text that is no YAML, and of which line it says it. */
final class YamlFaults {
    /** By how the parser's own words begin. */
    private static final Map<String, String> WORDS = new LinkedHashMap<>();

    static {
        WORDS.put("mapping values are not allowed", "mapping values are not allowed in this context");
        WORDS.put("mapping keys are not allowed", "mapping keys are not allowed in this context");
        WORDS.put("sequence entries are not allowed", "block sequence entries are not allowed in this context");
        WORDS.put("found character", "found character that cannot start any token");
        WORDS.put("found unexpected document separator", "found unexpected document indicator");
        WORDS.put("found unknown escape character", "found unknown escape character");
        WORDS.put("expected escape sequence", "did not find expected hexdecimal number");
        WORDS.put("expected ',' or ']'", "did not find expected ',' or ']'");
        WORDS.put("expected ',' or '}'", "did not find expected ',' or '}'");
        WORDS.put("expected the node content", "did not find expected node content");
        WORDS.put("expected '<document start>'", "did not find expected <document start>");
        WORDS.put("found duplicate anchor", "found duplicate anchor");
    }

    private YamlFaults() {}

    /** {@code line 3: did not find expected key}; lines are counted as go-yaml counts them. */
    static String of(MarkedYamlEngineException fault) {
        String problem = fault.getProblem();
        if (fault instanceof ComposerException && problem.startsWith("found undefined alias")) {
            return "unknown anchor '"
                    + problem.substring("found undefined alias".length()).strip() + "' referenced";
        }
        int line = fault.getProblemMark().map(mark -> mark.getLine()).orElse(0);
        if (line != 0) {
            line += fault instanceof ScannerException ? 1 : 0;
        } else {
            line = fault.getContextMark().map(mark -> mark.getLine()).orElse(0);
        }
        return (line == 0 ? "" : "line " + line + ": ") + words(fault, problem);
    }

    private static String words(MarkedYamlEngineException fault, String problem) {
        if (problem.startsWith("expected <block end>")) {
            boolean mapping = String.valueOf(fault.getContext()).contains("mapping");
            return mapping ? "did not find expected key" : "did not find expected '-' indicator";
        }
        return WORDS.entrySet().stream()
                .filter(each -> problem.startsWith(each.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(problem);
    }
}
