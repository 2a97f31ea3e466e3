package dev.kuar.practice.http;

import dev.kuar.practice.api.NodeRefusal;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Answers that a kubelet gives to who wants to upgrade a connection. The API server passes them on as they are, without headers of its
 * own.
 */
final class UpgradeReply {
    private UpgradeReply() {}

    /** A refusal in plain text. */
    static void refuse(Call call, NodeRefusal refused) throws IOException {
        text(call, refused.code(), refused.status().message());
    }

    static void text(Call call, int code, String text) throws IOException {
        bare(call);
        Reply.bytes(call, code, Reply.TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Keeps the date, and what says where the priority of a request comes from out. */
    static void bare(Call call) {
        HeaderMap headers = call.exchange().getResponseHeaders();
        for (String own : List.of(
                "Audit-Id", "Cache-Control", "X-Kubernetes-Pf-Flowschema-Uid", "X-Kubernetes-Pf-Prioritylevel-Uid")) {
            headers.remove(own);
        }
    }

    /** An answer of the library of WebSockets, which has no headers, and after which nothing can be asked any more. */
    static void handshake(Call call, int code, String body) throws IOException {
        bare(call);
        call.exchange().getResponseHeaders().remove(Headers.DATE);
        call.exchange().setPersistent(false);
        call.setHeader("Connection", "close");
        Reply.bytes(call, code, "", body.getBytes(StandardCharsets.UTF_8));
    }
}
