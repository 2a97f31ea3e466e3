package dev.kuar.practice.http;

import dev.kuar.practice.api.WatchStream;
import java.io.IOException;
import java.util.function.Supplier;

/** A watch whose events are text frames of a WebSocket. */
final class WatchOverWebSocket {
    private WatchOverWebSocket() {}

    static Handled start(Call call, Supplier<WatchStream> stream, WatchFrames frames, Metrics metrics)
            throws IOException {
        Reply.pageNotFound(call);
        return Handled.DONE;
    }
}
