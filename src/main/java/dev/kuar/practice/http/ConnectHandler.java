package dev.kuar.practice.http;

import dev.kuar.practice.api.ApiRequest;
import java.io.IOException;

/** The subresources that are connections to pods and nodes: log, exec, attach, portforward, proxy. */
final class ConnectHandler {
    Handled handle(Call call, RequestPath path, ApiRequest request) throws IOException {
        Reply.pageNotFound(call);
        return Handled.DONE;
    }
}
