package dev.kuar.output;

import java.util.Locale;
import java.util.Map;

/** A language that kuar speaks. */
public enum Language {
    EN("en"),
    KO("ko");

    private final String code;

    Language(String code) {
        this.code = code;
    }

    /** The two letters of ISO 639. */
    public String code() {
        return code;
    }

    /** What the environment asks for: {@code KUAR_LANG}, else {@code LC_ALL}, {@code LC_MESSAGES}, {@code LANG}; else English. */
    public static Language of(Map<String, String> environment) {
        for (String variable : new String[] {"KUAR_LANG", "LC_ALL", "LC_MESSAGES", "LANG"}) {
            String value = environment.getOrDefault(variable, "");
            if (!value.isEmpty()) {
                return parse(value);
            }
        }
        return EN;
    }

    /** Reads a code or a locale such as {@code ko_KR.UTF-8}; anything unknown is English. */
    public static Language parse(String text) {
        return text.toLowerCase(Locale.ROOT).startsWith("ko") ? KO : EN;
    }
}
