package dev.kuar.shell;

import dev.kuar.error.UserException;
import dev.kuar.output.Language;
import dev.kuar.output.Messages;
import dev.kuar.process.CompletionSource;
import dev.kuar.process.Invocation;
import dev.kuar.process.ProcessReason;
import dev.kuar.process.Settings;
import dev.kuar.shell.language.Session;
import dev.kuar.shell.language.SessionProgram;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** {@code lang [en|ko]}: the language that kuar speaks, now and the next time; the variable KUAR_LANG holds it. */
final class LangProgram implements SessionProgram, CompletionSource {
    private static final int USAGE = 2;

    private final Settings settings;

    LangProgram(Settings settings) {
        this.settings = settings;
    }

    @Override
    public Map<String, String> complete(List<String> words, String prefix, Map<String, String> environment) {
        return words.isEmpty() ? Map.of("en", "English", "ko", "한국어") : Map.of();
    }

    @Override
    public int run(Session session, Invocation invocation) {
        List<String> words = invocation.arguments();
        Language now = Language.of(session.environment());
        if (words.isEmpty()) {
            invocation.output().print(now.code() + "\n");
            return 0;
        }
        if (!words.get(0).equals("en") && !words.get(0).equals("ko")) {
            invocation.error().print(new Messages(now).text("shell.lang-usage") + "\n");
            return USAGE;
        }
        session.assign("KUAR_LANG", words.get(0));
        session.export("KUAR_LANG");
        invocation.output().print(new Messages(Language.parse(words.get(0))).text("shell.lang-is") + "\n");
        try {
            settings.keep("language", words.get(0));
        } catch (IOException e) {
            throw UserException.saying(ProcessReason.HOME_NOT_WRITABLE, "shell.lang-not-kept")
                    .because(e);
        }
        return 0;
    }
}
