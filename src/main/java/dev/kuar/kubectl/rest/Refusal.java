package dev.kuar.kubectl.rest;

import dev.kuar.kubectl.data.Json;
import dev.kuar.kubectl.data.ParseException;
import dev.kuar.kubectl.data.Tree;
import java.io.UncheckedIOException;
import java.util.Map;

/** Makes failures of answers that are not 2xx, with client-go's words where the server sent no Status. */
final class Refusal {
    private static final Map<Integer, String> REASONS = Map.ofEntries(
            Map.entry(400, "BadRequest"),
            Map.entry(401, "Unauthorized"),
            Map.entry(403, "Forbidden"),
            Map.entry(404, "NotFound"),
            Map.entry(405, "MethodNotAllowed"),
            Map.entry(406, "NotAcceptable"),
            Map.entry(409, "Conflict"),
            Map.entry(410, "Gone"),
            Map.entry(413, "RequestEntityTooLarge"),
            Map.entry(415, "UnsupportedMediaType"),
            Map.entry(422, "Invalid"),
            Map.entry(429, "TooManyRequests"),
            Map.entry(500, "InternalError"),
            Map.entry(503, "ServiceUnavailable"),
            Map.entry(504, "Timeout"));

    private Refusal() {}

    static Failure of(Answer answer) {
        String body;
        try {
            body = answer.text();
        } catch (UncheckedIOException cut) {
            body = "";
        }
        try {
            Tree status = body.startsWith("{") ? new Tree(Json.parse(body)) : Tree.NONE;
            if ("Status".equals(status.kind())) {
                return Failure.ofStatus(status);
            }
        } catch (ParseException notJson) {
            return generic(answer.status(), body);
        }
        return generic(answer.status(), body);
    }

    private static Failure generic(int code, String body) {
        String message =
                switch (code) {
                    case 400 -> body.isBlank() ? "the server rejected our request for an unknown reason" : body.strip();
                    case 401 -> "the server has asked for the client to provide credentials";
                    case 403 -> body.isBlank() ? "unknown" : body.strip();
                    case 404 -> "the server could not find the requested resource";
                    case 405 -> "the server does not allow this method on the requested resource";
                    case 406 -> "the server was unable to respond with a content type that the client supports";
                    case 409 -> "the server reported a conflict";
                    case 415 -> "the body of the request was in an unknown format";
                    case 422 -> "the server rejected our request due to an error in our request";
                    case 429 -> "the server has received too many requests and has asked us to try again later";
                    case 503 -> "the server is currently unable to handle the request";
                    case 504 ->
                        "the server was unable to return a response in the time allotted, but may still be "
                                + "processing the request";
                    default ->
                        code >= 500
                                ? "an error on the server (" + Json.quote(body.isBlank() ? "unknown" : body.strip())
                                        + ") has prevented the request from succeeding"
                                : "the server responded with the status code " + code
                                        + " but did not return more information";
                };
        return Failure.ofStatus(new Tree(Tree.mapOf(
                "kind",
                "Status",
                "status",
                "Failure",
                "code",
                (long) code,
                "reason",
                REASONS.getOrDefault(code, code >= 500 ? "InternalError" : ""),
                "message",
                message)));
    }
}
