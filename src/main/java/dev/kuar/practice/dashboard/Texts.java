package dev.kuar.practice.dashboard;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.Properties;

/** What the pages say, in the language that the browser asks for: English or Korean. */
final class Texts {
    private static final Texts ENGLISH = read("en");
    private static final Texts KOREAN = read("ko");

    private final String language;
    private final Properties texts;

    private Texts(String language, Properties texts) {
        this.language = language;
        this.texts = texts;
    }

    /** @param accepted the header {@code Accept-Language}; its first language counts */
    static Texts forVisitor(String accepted) {
        return accepted.strip().toLowerCase(Locale.ROOT).startsWith("ko") ? KOREAN : ENGLISH;
    }

    String language() {
        return language;
    }

    String of(String key, Object... arguments) {
        String text = texts.getProperty(key);
        if (text == null) {
            throw new IllegalArgumentException("no text " + key);
        }
        return arguments.length == 0 ? text : new MessageFormat(text, Locale.ROOT).format(arguments);
    }

    /** The keys, for the comparison of the languages. */
    java.util.Set<String> keys() {
        return texts.stringPropertyNames();
    }

    private static Texts read(String language) {
        Properties texts = new Properties();
        try (Reader in = new InputStreamReader(
                java.util.Objects.requireNonNull(
                        Texts.class.getResourceAsStream("/practice/dashboard/" + language + ".properties")),
                StandardCharsets.UTF_8)) {
            texts.load(in);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return new Texts(language, texts);
    }
}
