package dev.kuar.guard;

import dev.kuar.guard.ReadOnlyRule.Verdict;
import dev.kuar.output.Messages;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The doors that are open now, and the words of who refuses at them. Replaced as a whole; safe for many threads. */
final class Doors {
    private static final String BEARER = "Bearer ";

    private final Supplier<Messages> messages;
    private volatile List<Door> all = List.of();

    /** {@code messages} are asked for each text: the learner may change the language. */
    Doors(Supplier<Messages> messages) {
        this.messages = messages;
    }

    void replace(List<Door> now) {
        all = List.copyOf(now);
    }

    List<Door> all() {
        return all;
    }

    /** The door that the server of a kubeconfig's entry leads to. */
    Optional<Door> at(String server) {
        return all.stream().filter(door -> server.endsWith(door.path())).findFirst();
    }

    /** The door that an Authorization header opens. Each token is compared in full, so that time tells nothing. */
    Optional<Door> opened(String authorization) {
        byte[] shown = authorization.startsWith(BEARER)
                ? authorization.substring(BEARER.length()).getBytes(StandardCharsets.UTF_8)
                : new byte[0];
        Door found = null;
        for (Door door : all) {
            if (MessageDigest.isEqual(door.token().getBytes(StandardCharsets.UTF_8), shown)) {
                found = door;
            }
        }
        return Optional.ofNullable(found);
    }

    String text(String key, Object... arguments) {
        return messages.get().text(key, arguments);
    }

    /** Why a request was not sent, and what to do. */
    String refusal(Standing standing, Verdict verdict, String context, String action) {
        String what = text(verdict == Verdict.ENTERS ? "guard.refused-enters" : "guard.refused-writes", action);
        String why = standing == Standing.ADOPTED ? "guard.why-other-cluster" : "guard.why-read-only";
        return what + " " + text(why, context) + " " + text("guard.how-to-open", context);
    }
}
