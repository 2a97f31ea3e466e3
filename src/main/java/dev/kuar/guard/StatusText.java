package dev.kuar.guard;

import dev.kuar.kubectl.data.Json;
import dev.kuar.kubectl.data.Tree;

/** Kubernetes' Status objects with the guard's words. */
final class StatusText {
    private StatusText() {}

    static Tree of(int code, String reason, String message) {
        return new Tree(Tree.mapOf(
                "kind",
                "Status",
                "apiVersion",
                "v1",
                "metadata",
                Tree.mapOf(),
                "status",
                "Failure",
                "message",
                message,
                "reason",
                reason,
                "code",
                (long) code));
    }

    static String json(int code, String reason, String message) {
        return Json.compact(of(code, reason, message).value()) + "\n";
    }
}
