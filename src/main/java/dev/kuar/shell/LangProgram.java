package dev.kuar.shell;

import dev.kuar.output.Language;
import dev.kuar.output.Messages;
import dev.kuar.process.Invocation;
import dev.kuar.shell.language.Session;
import dev.kuar.shell.language.SessionProgram;
import java.util.List;

/** {@code lang [en|ko]}: the language that kuar speaks; the variable KUAR_LANG holds it. */
final class LangProgram implements SessionProgram {
    private static final int USAGE = 2;

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
        return 0;
    }
}
