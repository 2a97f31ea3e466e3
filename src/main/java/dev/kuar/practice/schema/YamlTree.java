package dev.kuar.practice.schema;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** Parses the YAML that a client sent into the same trees as JSON; of several documents the first. */
final class YamlTree {
    private YamlTree() {}

    /** The value; null for an empty document. Throws {@link DecodeException} for what is no YAML. */
    static @Nullable Object parse(byte[] yaml) {
        LoadSettings settings = LoadSettings.builder()
                .setAllowDuplicateKeys(true)
                .setSchema(new CoreSchema())
                .build();
        try {
            for (Object document : new Load(settings).loadAllFromString(new String(yaml, StandardCharsets.UTF_8))) {
                return tree(document);
            }
            return null;
        } catch (MarkedYamlEngineException e) {
            String line = e.getProblemMark()
                    .map(mark -> "line " + (mark.getLine() + 1) + ": ")
                    .orElse("");
            throw new DecodeException("error converting YAML to JSON: yaml: " + line + e.getProblem());
        } catch (YamlEngineException e) {
            throw new DecodeException("error converting YAML to JSON: yaml: " + e.getMessage());
        } catch (StackOverflowError tooDeep) {
            // The parser counts no levels.
            throw new DecodeException("error converting YAML to JSON: yaml: exceeded max depth of 10000");
        }
    }

    private static @Nullable Object tree(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> tree = new LinkedHashMap<>();
            map.forEach((name, each) -> tree.put(String.valueOf(name), tree(each)));
            return tree;
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> tree = new ArrayList<>();
            list.forEach(each -> tree.add(tree(each)));
            return tree;
        }
        if (value instanceof BigInteger big) {
            return big.bitLength() < 64 ? (Object) big.longValue() : (Object) big.doubleValue();
        }
        if (value instanceof Integer number) {
            return number.longValue();
        }
        return value;
    }
}
