package dev.kuar.output;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.PropertyResourceBundle;
import java.util.ResourceBundle;

/**
 * What {@code --help} says in other languages than English, by picocli's keys: {@code kuar.cluster.usage.description}, an option's
 * longest name, a parameter's label and index. English stands in the commands themselves.
 */
public final class UsageTexts {
    private UsageTexts() {}

    /** The texts in {@code language}; empty for English. */
    public static Optional<ResourceBundle> of(Language language) {
        if (language == Language.EN) {
            return Optional.empty();
        }
        String path = "usage/" + language.code() + ".properties";
        try (InputStream in = Bundled.open(path)) {
            return in == null
                    ? Optional.empty()
                    : Optional.of(new PropertyResourceBundle(new InputStreamReader(in, StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + path, e);
        }
    }
}
