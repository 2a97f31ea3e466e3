package dev.kuar.practice.http;

import java.io.IOException;
import java.util.List;

/** {@code /openapi/v2} and {@code /openapi/v3}. */
final class OpenApiHandler {
    void handle(Call call, List<String> path) throws IOException {
        Reply.pageNotFound(call);
    }
}
