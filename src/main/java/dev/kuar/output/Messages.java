package dev.kuar.output;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The texts that kuar says in one language, by key.
 *
 * <p>A key is {@code feature.rest}; the texts of a feature stand in {@code messages/feature.en.properties} and
 * {@code .ko.properties} and are read when the first of them is needed. {@code {0}} stands for the first argument; in
 * Korean {@code {0|을|를}} adds the particle that fits the argument's last syllable. An unknown key is its own text, so
 * that a missing translation shows and never breaks a command. Safe for several threads.
 */
public final class Messages {
    private final Language language;
    private final Map<String, Properties> features = new ConcurrentHashMap<>();

    public Messages(Language language) {
        this.language = language;
    }

    public Language language() {
        return language;
    }

    /** Whether {@code key} has a text. */
    public boolean has(String key) {
        return feature(key).getProperty(key) != null;
    }

    /** The text of {@code key} with {@code arguments} filled in; the arguments are not neutralised. */
    public String text(String key, Object... arguments) {
        String pattern = feature(key).getProperty(key, key);
        return arguments.length == 0 && pattern.indexOf('{') < 0 ? pattern : Placeholders.fill(pattern, arguments);
    }

    private Properties feature(String key) {
        int dot = key.indexOf('.');
        return features.computeIfAbsent(dot < 0 ? key : key.substring(0, dot), this::load);
    }

    private Properties load(String feature) {
        Properties texts = new Properties();
        String path = "messages/" + feature + "." + language.code() + ".properties";
        try (InputStream in = Bundled.open(path)) {
            if (in != null) {
                texts.load(new InputStreamReader(in, StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + path, e);
        }
        return texts;
    }
}
